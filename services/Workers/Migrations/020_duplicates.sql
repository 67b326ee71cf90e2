-- Pairs of records that look like one person. first_id is the older one. state: open, different, merged.
-- likeness: which of birth date, town and phone agree beside the name. merged: absorbed_id was merged into kept_id, filled holds what that added.
CREATE TABLE duplicates (
    id {id} NOT NULL PRIMARY KEY,
    first_id {id} NOT NULL,
    second_id {id} NOT NULL,
    version {long} NOT NULL,
    state {text:10} NOT NULL,
    likeness {text:60} NOT NULL,
    found_at {instant} NOT NULL,
    kept_id {id} NULL,
    absorbed_id {id} NULL,
    filled {text} NULL,
    decided_by {text:100} NULL,
    decided_at {instant} NULL
);
CREATE UNIQUE INDEX duplicates_pair ON duplicates (first_id, second_id);
CREATE INDEX duplicates_second ON duplicates (second_id);
CREATE INDEX duplicates_state ON duplicates (state, id);
CREATE INDEX duplicates_kept ON duplicates (kept_id);
CREATE INDEX duplicates_absorbed ON duplicates (absorbed_id);
-- Up to which position of the own log the records were compared.
CREATE TABLE duplicate_search (
    id {int} NOT NULL PRIMARY KEY,
    position {long} NOT NULL
);
INSERT INTO duplicate_search (id, position) VALUES (1, 0);
