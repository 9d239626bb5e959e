-- What a cycle was run for: the kind of its pack, whether some cases were chosen, and the set, combination and kind of installation that a
-- person stated, the last word of which holds.
ALTER TABLE cycle ADD COLUMN pack_kind TEXT NOT NULL DEFAULT '';
ALTER TABLE cycle ADD COLUMN is_selection INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cycle ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cycle ADD COLUMN dmc TEXT NOT NULL DEFAULT '';
ALTER TABLE cycle ADD COLUMN installation INTEGER NOT NULL DEFAULT 0;

CREATE INDEX cycle_marked ON cycle (seq) WHERE kind <> 0 OR dmc <> '';

-- Rows of these tables are added and never changed.
CREATE TABLE cycle_mark (
  seq          INTEGER PRIMARY KEY AUTOINCREMENT,
  cycle_seq    INTEGER NOT NULL REFERENCES cycle (seq),
  kind         INTEGER NOT NULL,
  dmc          TEXT    NOT NULL,
  installation INTEGER NOT NULL,
  who          TEXT    NOT NULL,
  time         INTEGER NOT NULL,
  reason       TEXT    NOT NULL
) STRICT;

-- The last row of an id holds. Components: JSON.
CREATE TABLE dmc (
  seq        INTEGER PRIMARY KEY AUTOINCREMENT,
  id         TEXT    NOT NULL,
  cohort     TEXT    NOT NULL,
  components TEXT    NOT NULL,
  who        TEXT    NOT NULL,
  time       INTEGER NOT NULL,
  reason     TEXT    NOT NULL
) STRICT;

CREATE TABLE component_release (
  seq          INTEGER PRIMARY KEY AUTOINCREMENT,
  component    TEXT    NOT NULL,
  version      TEXT    NOT NULL,
  changes_code INTEGER NOT NULL,
  issue_id     TEXT    NOT NULL,
  who          TEXT    NOT NULL,
  time         INTEGER NOT NULL,
  reason       TEXT    NOT NULL
) STRICT;

CREATE TABLE regression_credit (
  seq      INTEGER PRIMARY KEY AUTOINCREMENT,
  dmc      TEXT    NOT NULL,
  campaign TEXT    NOT NULL,
  scope    TEXT    NOT NULL,
  run_on   TEXT    NOT NULL,
  who      TEXT    NOT NULL,
  time     INTEGER NOT NULL,
  reason   TEXT    NOT NULL
) STRICT;
