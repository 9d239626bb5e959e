CREATE TABLE inventory (
  rig         TEXT    NOT NULL,
  eui64       TEXT    NOT NULL,
  device_type TEXT    NOT NULL,
  status      TEXT    NOT NULL,
  firmware    TEXT    NOT NULL,
  smets1      INTEGER NOT NULL,
  PRIMARY KEY (rig, eui64)
) STRICT, WITHOUT ROWID;

CREATE TABLE rig (
  name          TEXT    PRIMARY KEY,
  last_seen     INTEGER NOT NULL,
  boot_id       TEXT    NOT NULL,
  agent_version TEXT    NOT NULL,
  host          TEXT    NOT NULL,
  devices       TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
