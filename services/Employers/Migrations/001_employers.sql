CREATE TABLE employers (
    id {id} NOT NULL PRIMARY KEY,
    version {long} NOT NULL,
    name {text:200} NOT NULL,
    social_credit_code {text:18} NULL,
    code_warning {flag} NOT NULL,
    site_division {text:12} NOT NULL,
    site_text {text:400} NOT NULL,
    site_kind {text:40} NOT NULL,
    fujian_invested {flag} NOT NULL,
    contact_name {bytes} NULL,
    contact_phone {bytes} NULL,
    state {text:20} NOT NULL,
    decision_reason {text:400} NULL,
    decided_by {text:100} NULL,
    decided_at {instant} NULL,
    registered_at {instant} NOT NULL
);
CREATE UNIQUE INDEX employers_code ON employers (social_credit_code) WHERE social_credit_code IS NOT NULL;
CREATE INDEX employers_site ON employers (site_division, id);

CREATE TABLE postings (
    id {id} NOT NULL PRIMARY KEY,
    employer_id {id} NOT NULL,
    version {long} NOT NULL,
    state {text:20} NOT NULL,
    title {text:200} NOT NULL,
    trade {text:60} NOT NULL,
    site_division {text:12} NOT NULL,
    monthly_guaranteed_fen {long} NOT NULL,
    lodging {text:20} NOT NULL,
    headcount {int} NOT NULL,
    accepted {int} NOT NULL,
    valid_from {date} NULL,
    valid_to {date} NULL,
    search_text {text} NOT NULL,
    terms {text} NOT NULL,
    findings {text} NOT NULL,
    confirmations {text} NOT NULL,
    closed_reason {text:40} NULL,
    created_at {instant} NOT NULL,
    published_at {instant} NULL
);
CREATE INDEX postings_board ON postings (state, id);
CREATE INDEX postings_employer ON postings (employer_id, id);
CREATE INDEX postings_validity ON postings (state, valid_to);

CREATE TABLE posting_versions (
    posting_id {id} NOT NULL,
    version {long} NOT NULL,
    terms {text} NOT NULL,
    saved_by {text:100} NOT NULL,
    saved_at {instant} NOT NULL,
    PRIMARY KEY (posting_id, version)
);

CREATE TABLE seat_counts (
    posting_id {id} NOT NULL PRIMARY KEY,
    accepted {int} NOT NULL,
    open_offers {int} NOT NULL
);
