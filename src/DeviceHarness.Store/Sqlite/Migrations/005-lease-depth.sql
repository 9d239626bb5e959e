-- A rig may hold several leases, which it runs one after the other; how many is the policy of the writer.
DROP INDEX attempt_live;

CREATE INDEX attempt_live ON attempt (rig, ends) WHERE state IN (0, 1);
