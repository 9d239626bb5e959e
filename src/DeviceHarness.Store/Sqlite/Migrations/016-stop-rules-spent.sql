-- What the stop rules of a cycle had counted when it was resumed, such as 'failed=2': it counts no more. Empty: it never was.
ALTER TABLE cycle ADD COLUMN stop_spent TEXT NOT NULL DEFAULT '';
