-- The devices of a case, by their names on the cycle's own rig, one a line: a rig that runs cases beside each other is handed work for each of
-- them. Empty: the case may touch all devices of its rig.
ALTER TABLE execution ADD COLUMN devices TEXT NOT NULL DEFAULT '';
