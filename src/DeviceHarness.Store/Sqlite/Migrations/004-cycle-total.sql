-- How many executions of a cycle stand where, as the pass rate counts them.
-- The rows of cycles that are there already are filled by the step's code.
CREATE TABLE cycle_total (
  cycle_seq    INTEGER PRIMARY KEY REFERENCES cycle (seq),
  passed       INTEGER NOT NULL,
  failed       INTEGER NOT NULL,
  inconclusive INTEGER NOT NULL,
  error        INTEGER NOT NULL,
  blocked      INTEGER NOT NULL,
  not_run      INTEGER NOT NULL,
  skipped      INTEGER NOT NULL,
  descoped     INTEGER NOT NULL
) STRICT;
