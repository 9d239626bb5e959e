-- Testing Issues: what failed attempts raise, by what it is known again, where it was seen, and every change of it.
CREATE TABLE issue (
  seq          INTEGER PRIMARY KEY AUTOINCREMENT,
  id           TEXT    NOT NULL UNIQUE,
  title        TEXT    NOT NULL,
  description  TEXT    NOT NULL,
  state        INTEGER NOT NULL,
  severity     INTEGER CHECK (severity BETWEEN 1 AND 5),
  facts        TEXT    NOT NULL,
  known        INTEGER NOT NULL,
  duplicate_of TEXT    NOT NULL DEFAULT '',
  raised       INTEGER NOT NULL,
  last_seen    INTEGER NOT NULL,
  sightings    INTEGER NOT NULL DEFAULT 0
) STRICT;

-- A fingerprint belongs to one issue; it moves when its issue turns out to be another's duplicate.
CREATE TABLE issue_fingerprint (
  key          TEXT    PRIMARY KEY,
  issue_seq    INTEGER NOT NULL REFERENCES issue (seq),
  case_id      TEXT    NOT NULL,
  srv          TEXT    NOT NULL,
  step         TEXT    NOT NULL,
  symptom      TEXT    NOT NULL,
  device_model TEXT    NOT NULL,
  firmware     TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX issue_fingerprint_symptom ON issue_fingerprint (srv, symptom);

CREATE TABLE issue_sighting (
  execution_id TEXT    NOT NULL,
  attempt      INTEGER NOT NULL,
  issue_seq    INTEGER NOT NULL REFERENCES issue (seq),
  fingerprint  TEXT    NOT NULL REFERENCES issue_fingerprint (key),
  step         INTEGER NOT NULL,
  is_first     INTEGER NOT NULL,
  linked_by    TEXT    NOT NULL,
  time         INTEGER NOT NULL,
  PRIMARY KEY (execution_id, attempt, issue_seq),
  FOREIGN KEY (execution_id, attempt) REFERENCES attempt (execution_id, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX issue_sighting_issue ON issue_sighting (issue_seq, time);

-- Rows are added and never changed.
CREATE TABLE issue_change (
  seq       INTEGER PRIMARY KEY AUTOINCREMENT,
  issue_seq INTEGER NOT NULL REFERENCES issue (seq),
  field     TEXT    NOT NULL,
  old       TEXT    NOT NULL,
  new       TEXT    NOT NULL,
  who       TEXT    NOT NULL,
  time      INTEGER NOT NULL,
  forum     TEXT    NOT NULL,
  reason    TEXT    NOT NULL
) STRICT;

CREATE INDEX issue_change_issue ON issue_change (issue_seq);

CREATE INDEX execution_case ON execution (case_id);
