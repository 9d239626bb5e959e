-- The rigs that take over when a cycle's rig is lost, each with the devices that were frozen with the cycle.
ALTER TABLE cycle ADD COLUMN spares TEXT NOT NULL DEFAULT '[]';

-- The rigs of a cycle that has spares, its own among them, and which of them is lost to it until it connects again.
CREATE TABLE cycle_rig (
  cycle_seq INTEGER NOT NULL REFERENCES cycle (seq),
  rig       TEXT    NOT NULL,
  is_lost   INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (cycle_seq, rig)
) STRICT, WITHOUT ROWID;

CREATE INDEX cycle_rig_lost ON cycle_rig (rig, cycle_seq) WHERE is_lost = 1;

-- The rigs of a cycle with spares that have a device for each role of a case, its own among them.
CREATE TABLE execution_rig (
  execution_id TEXT NOT NULL REFERENCES execution (id),
  rig          TEXT NOT NULL,
  PRIMARY KEY (execution_id, rig)
) STRICT, WITHOUT ROWID;
