-- Spells that are over, in months: experience. Those of a record that was merged into another count as the kept one's.
CREATE TABLE match_spells (
    placement_id {id} NOT NULL PRIMARY KEY,
    worker_id {id} NOT NULL,
    months {int} NOT NULL
);
CREATE INDEX match_spells_worker ON match_spells (worker_id);

CREATE TABLE match_merged (
    worker_id {id} NOT NULL PRIMARY KEY,
    into_id {id} NOT NULL
);
CREATE INDEX match_merged_into ON match_merged (into_id);
