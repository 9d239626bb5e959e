-- What the devices of a cycle are to be put through after their firmware changed: JSON; empty when nothing is proposed.
ALTER TABLE cycle ADD COLUMN proposal TEXT NOT NULL DEFAULT '';

-- The firmware with which a combination is on the Eligible Product Combinations List: JSON.
ALTER TABLE dmc ADD COLUMN eligible TEXT NOT NULL DEFAULT '[]';
