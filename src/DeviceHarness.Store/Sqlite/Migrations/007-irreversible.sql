-- Who allowed steps that nothing undoes to run on the real devices of a cycle; empty when nobody did.
ALTER TABLE cycle ADD COLUMN irreversible_allowed_by TEXT NOT NULL DEFAULT '';
