-- How many attempts in a row were Inconclusive on a rig, and the devices that they were on, one a line; '*' for a case that may touch all.
ALTER TABLE rig ADD COLUMN inconclusive INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rig ADD COLUMN inconclusive_on TEXT NOT NULL DEFAULT '';

-- Benches that were taken out, by a person or by themselves; rows are ended and never removed.
CREATE TABLE bench_quarantine (
  seq          INTEGER PRIMARY KEY AUTOINCREMENT,
  rig          TEXT    NOT NULL,
  since        INTEGER NOT NULL,
  who          TEXT    NOT NULL,
  reason       TEXT    NOT NULL,
  devices      TEXT    NOT NULL,
  is_checked   INTEGER NOT NULL,
  ended        INTEGER,
  ended_by     TEXT    NOT NULL DEFAULT '',
  ended_reason TEXT    NOT NULL DEFAULT ''
) STRICT;

CREATE UNIQUE INDEX bench_quarantine_open ON bench_quarantine (rig) WHERE ended IS NULL;
CREATE INDEX bench_quarantine_rig ON bench_quarantine (rig, since);
