-- The record that a worker's was merged into: whoever asks for the placements of that one gets these too.
ALTER TABLE worker ADD merged_into {id} NULL;
CREATE INDEX worker_merged_into ON worker (merged_into);
