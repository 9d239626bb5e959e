-- Why the pass rates of two cycles differ, as people said; rows are added and never changed.
CREATE TABLE difference_explanation (
  seq        INTEGER PRIMARY KEY AUTOINCREMENT,
  first_seq  INTEGER NOT NULL REFERENCES cycle (seq),
  second_seq INTEGER NOT NULL REFERENCES cycle (seq),
  text       TEXT    NOT NULL,
  who        TEXT    NOT NULL,
  time       INTEGER NOT NULL
) STRICT;

CREATE INDEX difference_explanation_pair ON difference_explanation (first_seq, second_seq);
