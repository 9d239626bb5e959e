-- Moments are UTC ticks of 100 ns since 0001-01-01, durations are ticks of 100 ns. Enumerations hold the numbers of the C# enumerations of that name.
CREATE TABLE cycle (
  seq             INTEGER PRIMARY KEY AUTOINCREMENT,
  id              TEXT    NOT NULL UNIQUE,
  pack_name       TEXT    NOT NULL,
  pack_version    TEXT    NOT NULL,
  pack_hash       TEXT    NOT NULL,
  pack_text       TEXT    NOT NULL,
  rig             TEXT    NOT NULL,
  harness_version TEXT    NOT NULL,
  devices         TEXT    NOT NULL,
  seed            INTEGER NOT NULL,
  state           INTEGER NOT NULL,
  state_reason    TEXT    NOT NULL DEFAULT '',
  cancelled       INTEGER NOT NULL DEFAULT 0,
  created         INTEGER NOT NULL,
  ended           INTEGER
) STRICT;

CREATE TABLE execution (
  seq             INTEGER PRIMARY KEY AUTOINCREMENT,
  id              TEXT    NOT NULL UNIQUE,
  cycle_seq       INTEGER NOT NULL REFERENCES cycle (seq),
  rig             TEXT    NOT NULL,
  case_id         TEXT    NOT NULL,
  title           TEXT    NOT NULL,
  ordinal         INTEGER NOT NULL,
  repeat_safety   INTEGER NOT NULL,
  time_budget     INTEGER NOT NULL CHECK (time_budget > 0),
  descoped_reason TEXT    NOT NULL,
  state           INTEGER NOT NULL,
  verdict         INTEGER NOT NULL DEFAULT 0,
  UNIQUE (cycle_seq, ordinal)
) STRICT;

CREATE INDEX execution_queue ON execution (rig, cycle_seq, ordinal) WHERE state = 0;

CREATE TABLE attempt (
  execution_id TEXT    NOT NULL REFERENCES execution (id),
  number       INTEGER NOT NULL CHECK (number > 0),
  lease_number INTEGER NOT NULL UNIQUE,
  rig          TEXT    NOT NULL,
  state        INTEGER NOT NULL,
  superseded   INTEGER NOT NULL DEFAULT 0,
  verdict      INTEGER NOT NULL DEFAULT 0,
  reason       TEXT    NOT NULL DEFAULT '',
  ends         INTEGER NOT NULL,
  started      INTEGER,
  elapsed      INTEGER NOT NULL DEFAULT 0,
  octets_to    INTEGER NOT NULL DEFAULT 0,
  octets_from  INTEGER NOT NULL DEFAULT 0,
  route        INTEGER,
  origin       INTEGER,
  high_water   INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (execution_id, number)
) STRICT, WITHOUT ROWID;

-- A rig holds one live lease: the database says so, whatever the code does.
CREATE UNIQUE INDEX attempt_live ON attempt (rig) WHERE state IN (0, 1);

CREATE TABLE fence (
  id   INTEGER PRIMARY KEY CHECK (id = 1),
  last INTEGER NOT NULL
) STRICT;

INSERT INTO fence (id, last) VALUES (1, 0);
