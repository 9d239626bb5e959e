-- Test campaigns as people stated them: rows are added and never changed, the last row of a name holds. Days: yyyy-MM-dd. Dmcs: JSON.
CREATE TABLE campaign (
  seq           INTEGER PRIMARY KEY AUTOINCREMENT,
  name          TEXT    NOT NULL,
  go_live       TEXT    NOT NULL,
  stable_months INTEGER NOT NULL,
  dmcs          TEXT    NOT NULL,
  who           TEXT    NOT NULL,
  time          INTEGER NOT NULL,
  reason        TEXT    NOT NULL
) STRICT;
