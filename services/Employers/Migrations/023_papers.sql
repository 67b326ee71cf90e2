-- What proves a firm: scans of its licence, leases, photographs. decisions counts the decisions that name the paper; one that is named stays.
-- file_hash is the SHA-256 of the content, sealed: whoever owns the database cannot cut a file short.
CREATE TABLE papers (
    id {id} NOT NULL PRIMARY KEY,
    version {long} NOT NULL,
    employer_id {id} NOT NULL,
    site_id {id} NULL,
    format {text:10} NOT NULL,
    file_name {bytes} NOT NULL,
    file_key {bytes} NOT NULL,
    file_hash {bytes} NOT NULL,
    file_size {long} NOT NULL,
    decisions {int} NOT NULL,
    uploaded_by {text:100} NOT NULL,
    uploader_role {text:20} NOT NULL,
    uploaded_at {instant} NOT NULL
);
CREATE INDEX papers_employer ON papers (employer_id, id);
-- The files in encrypted parts, so that any replica serves them and no plain file exists anywhere.
CREATE TABLE paper_parts (
    paper_id {id} NOT NULL,
    part {int} NOT NULL,
    content {bytes} NOT NULL,
    PRIMARY KEY (paper_id, part)
);
