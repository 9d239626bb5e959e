-- What people say of an issue beside its severity: what it is limited to, whether it counts, where it was known before. JSON, as the facts are.
ALTER TABLE issue ADD COLUMN standing TEXT NOT NULL DEFAULT '{}';

-- The threshold sets that people took into use, oldest first; rows are added and never changed. Maxima: JSON, severity 1 to 5, null for none.
CREATE TABLE threshold_set (
  seq     INTEGER PRIMARY KEY AUTOINCREMENT,
  name    TEXT    NOT NULL,
  origin  TEXT    NOT NULL,
  version TEXT    NOT NULL,
  maxima  TEXT    NOT NULL,
  who     TEXT    NOT NULL,
  time    INTEGER NOT NULL,
  reason  TEXT    NOT NULL
) STRICT;
