-- Copies, kept from events. Running, open_offers, accepted, waiting are this service's own and survive a rebuild of the copies.
CREATE TABLE match_workers (
    worker_id {id} NOT NULL PRIMARY KEY,
    change_no {long} NOT NULL,
    home_division {text:12} NULL,
    willing {flag} NOT NULL,
    entry {text} NULL,
    running_placement {id} NULL,
    open_offers {int} NOT NULL
);
CREATE INDEX match_workers_change ON match_workers (change_no);

CREATE TABLE match_postings (
    posting_id {id} NOT NULL PRIMARY KEY,
    change_no {long} NOT NULL,
    employer_id {id} NULL,
    site_division {text:12} NULL,
    live {flag} NOT NULL,
    closed {text:20} NULL,
    entry {text} NULL,
    headcount {int} NOT NULL,
    accepted {int} NOT NULL,
    open_offers {int} NOT NULL,
    waiting {int} NOT NULL
);
CREATE INDEX match_postings_change ON match_postings (change_no);

CREATE TABLE book_change (
    id {int} NOT NULL PRIMARY KEY,
    change_no {long} NOT NULL
);
INSERT INTO book_change (id, change_no) VALUES (1, 0);

CREATE TABLE offers (
    id {id} NOT NULL PRIMARY KEY,
    version {long} NOT NULL,
    worker_id {id} NOT NULL,
    posting_id {id} NOT NULL,
    employer_id {id} NOT NULL,
    home_division {text:12} NOT NULL,
    site_division {text:12} NOT NULL,
    state {text:20} NOT NULL,
    waiting {flag} NOT NULL,
    seat_freed {flag} NOT NULL,
    worker_answer {text:20} NULL,
    employer_answer {text:20} NULL,
    closed_by {text:20} NULL,
    reason {text:400} NULL,
    round_id {id} NULL,
    made_by {text:100} NOT NULL,
    made_at {instant} NOT NULL,
    expires_at {instant} NOT NULL
);
CREATE INDEX offers_worker ON offers (worker_id, state);
CREATE INDEX offers_posting ON offers (posting_id, state, id);
CREATE INDEX offers_expiry ON offers (state, expires_at);

CREATE TABLE rounds (
    id {id} NOT NULL PRIMARY KEY,
    version {long} NOT NULL,
    name {text:200} NOT NULL,
    state {text:20} NOT NULL,
    request {text} NOT NULL,
    progress {double} NOT NULL,
    result {text} NULL,
    failure {text} NULL,
    divisions {text} NOT NULL,
    frozen {flag} NOT NULL,
    as_of {date} NULL,
    owner {text:60} NULL,
    lease_until {instant} NOT NULL,
    created_by {text:100} NOT NULL,
    created_at {instant} NOT NULL
);
CREATE INDEX rounds_state ON rounds (state, id);

-- A round's input (entry, kept as the engine saw it) and what came of it.
CREATE TABLE round_workers (
    round_id {id} NOT NULL,
    worker_id {id} NOT NULL,
    entry {text} NULL,
    posting_id {id} NULL,
    employer_id {id} NULL,
    worker_score {int} NOT NULL,
    firm_score {int} NOT NULL,
    code {text:60} NULL,
    zh {text:400} NULL,
    en {text:400} NULL,
    offer_id {id} NULL,
    refused {text:60} NULL,
    PRIMARY KEY (round_id, worker_id)
);
CREATE INDEX round_workers_worker ON round_workers (worker_id, round_id);

CREATE TABLE round_postings (
    round_id {id} NOT NULL,
    posting_id {id} NOT NULL,
    entry {text} NOT NULL,
    taken {int} NOT NULL,
    cutoff {int} NULL,
    lot {text:20} NULL,
    PRIMARY KEY (round_id, posting_id)
);
