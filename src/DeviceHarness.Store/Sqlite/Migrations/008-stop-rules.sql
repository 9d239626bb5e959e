-- What ends a submission before its cycles are through, such as 'failed=1 inconclusive=3', and the first cycle of the submission, with
-- which the others are counted and end.
ALTER TABLE cycle ADD COLUMN stop_rules TEXT NOT NULL DEFAULT '';
ALTER TABLE cycle ADD COLUMN submission TEXT NOT NULL DEFAULT '';

CREATE INDEX cycle_stop ON cycle (submission) WHERE stop_rules <> '';
