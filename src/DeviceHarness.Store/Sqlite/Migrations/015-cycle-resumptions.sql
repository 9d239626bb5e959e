-- Cut cycles that a person let go on; rows are added and never changed. Cases: JSON.
CREATE TABLE cycle_resumption (
  seq       INTEGER PRIMARY KEY AUTOINCREMENT,
  cycle_seq INTEGER NOT NULL REFERENCES cycle (seq),
  who       TEXT    NOT NULL,
  reason    TEXT    NOT NULL,
  was       TEXT    NOT NULL,
  cases     TEXT    NOT NULL,
  time      INTEGER NOT NULL
) STRICT;

CREATE INDEX cycle_resumption_cycle ON cycle_resumption (cycle_seq);
