CREATE TABLE event (
  execution_id TEXT    NOT NULL,
  attempt      INTEGER NOT NULL,
  sequence     INTEGER NOT NULL CHECK (sequence > 0),
  kind         TEXT    NOT NULL,
  body         TEXT    NOT NULL,
  superseded   INTEGER NOT NULL,
  received     INTEGER NOT NULL,
  PRIMARY KEY (execution_id, attempt, sequence),
  FOREIGN KEY (execution_id, attempt) REFERENCES attempt (execution_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE step (
  execution_id     TEXT    NOT NULL,
  attempt          INTEGER NOT NULL,
  sequence         INTEGER NOT NULL,
  idx              INTEGER NOT NULL,
  name             TEXT    NOT NULL,
  verdict          INTEGER NOT NULL,
  reason           TEXT    NOT NULL,
  srv              TEXT    NOT NULL,
  device           TEXT    NOT NULL,
  acknowledgement  TEXT    NOT NULL,
  response         TEXT    NOT NULL,
  elapsed          INTEGER NOT NULL,
  lat_queue        INTEGER,
  lat_host         INTEGER,
  lat_line         INTEGER,
  lat_device       INTEGER,
  lat_connect      INTEGER,
  lat_exchanges    INTEGER,
  lat_open         INTEGER,
  lat_adapter      INTEGER,
  PRIMARY KEY (execution_id, attempt, sequence),
  FOREIGN KEY (execution_id, attempt, sequence) REFERENCES event (execution_id, attempt, sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence_blob (
  sha256     TEXT PRIMARY KEY,
  media_type TEXT NOT NULL,
  content    BLOB NOT NULL
) STRICT;

CREATE TABLE evidence (
  execution_id TEXT    NOT NULL,
  attempt      INTEGER NOT NULL,
  sequence     INTEGER NOT NULL,
  name         TEXT    NOT NULL,
  media_type   TEXT    NOT NULL,
  sha256       TEXT    NOT NULL REFERENCES evidence_blob (sha256),
  octets       INTEGER NOT NULL,
  PRIMARY KEY (execution_id, attempt, sequence),
  FOREIGN KEY (execution_id, attempt, sequence) REFERENCES event (execution_id, attempt, sequence)
) STRICT, WITHOUT ROWID;
