CREATE TABLE employer_sites (
    id {id} NOT NULL PRIMARY KEY,
    version {long} NOT NULL,
    employer_id {id} NOT NULL,
    division {text:12} NOT NULL,
    text {text:400} NOT NULL,
    kind {text:40} NOT NULL,
    state {text:20} NOT NULL,
    decision_reason {text:400} NULL,
    added_at {instant} NOT NULL
);
CREATE INDEX employer_sites_employer ON employer_sites (employer_id, id);
CREATE INDEX employer_sites_queue ON employer_sites (state, division);

CREATE TABLE verifications (
    id {id} NOT NULL PRIMARY KEY,
    employer_id {id} NOT NULL,
    site_id {id} NULL,
    decision {text:20} NOT NULL,
    reason {text:400} NULL,
    evidence {text} NOT NULL,
    decided_by {text:100} NOT NULL,
    decided_at {instant} NOT NULL
);
CREATE INDEX verifications_employer ON verifications (employer_id, id);

CREATE TABLE projects (
    id {id} NOT NULL PRIMARY KEY,
    version {long} NOT NULL,
    employer_id {id} NOT NULL,
    name {text:100} NOT NULL,
    site_division {text:12} NOT NULL,
    site_text {text:400} NOT NULL,
    planned {text} NOT NULL,
    created_at {instant} NOT NULL
);
CREATE UNIQUE INDEX projects_name ON projects (employer_id, name);

ALTER TABLE postings ADD project {text:100} NULL;
