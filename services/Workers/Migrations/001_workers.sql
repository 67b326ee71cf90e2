CREATE TABLE stations (
    id {id} NOT NULL PRIMARY KEY,
    name {text:100} NOT NULL,
    side {text:10} NOT NULL,
    division {text:12} NOT NULL,
    version {long} NOT NULL,
    added_by {text:100} NOT NULL,
    added_at {instant} NOT NULL
);
-- Dated statuses belong to the household; current_status is the one that is open, for look-up.
CREATE TABLE households (
    household_number {text:40} NOT NULL PRIMARY KEY,
    division {text:12} NOT NULL,
    statuses {text} NOT NULL,
    current_status {text:40} NULL
);
-- Encrypted: name, resident_id, phones, address_text, health, ethnic_group. Keyed hashes: id_hash, name_hash, tail_hash.
CREATE TABLE workers (
    id {id} NOT NULL PRIMARY KEY,
    version {long} NOT NULL,
    id_hash {text:64} NOT NULL,
    name_hash {text:64} NOT NULL,
    tail_hash {text:64} NOT NULL,
    name {bytes} NULL,
    resident_id {bytes} NULL,
    phones {bytes} NULL,
    address_text {bytes} NULL,
    health {bytes} NULL,
    ethnic_group {bytes} NULL,
    sex {text:10} NOT NULL,
    birth_year {int} NOT NULL,
    hukou {text:12} NOT NULL,
    address_division {text:12} NULL,
    home_division {text:12} NOT NULL,
    station_id {id} NULL,
    household_number {text:40} NULL,
    person_number {text:40} NULL,
    relation_to_head {text:40} NULL,
    education {text:40} NULL,
    labour_capacity {text:40} NULL,
    skills {text} NOT NULL,
    certificates {text} NOT NULL,
    self_groups {text} NOT NULL,
    wishes {text} NULL,
    consented {flag} NOT NULL,
    proposed {flag} NOT NULL,
    out_reason {text:40} NULL,
    resting_status {text:20} NOT NULL,
    status {text:20} NOT NULL,
    workplace_division {text:12} NULL,
    entered_by {text:100} NOT NULL,
    entered_at {instant} NOT NULL,
    changed_at {instant} NOT NULL
);
CREATE UNIQUE INDEX workers_id_hash ON workers (id_hash);
CREATE INDEX workers_tail_hash ON workers (tail_hash);
CREATE INDEX workers_home ON workers (home_division, id);
CREATE INDEX workers_workplace ON workers (workplace_division, id) WHERE workplace_division IS NOT NULL;
CREATE INDEX workers_household ON workers (household_number);
CREATE INDEX workers_entered_by ON workers (entered_by, id);
-- What is searched and has several values: 'phone' (keyed hashes), 'with' (a companion's id).
CREATE TABLE worker_terms (
    worker_id {id} NOT NULL,
    kind {text:10} NOT NULL,
    term {text:64} NOT NULL,
    PRIMARY KEY (worker_id, kind, term)
) {clustered};
CREATE INDEX worker_terms_term ON worker_terms (term, kind, worker_id);
CREATE TABLE consents (
    id {id} NOT NULL PRIMARY KEY,
    worker_id {id} NOT NULL,
    purpose {text:20} NOT NULL,
    receiver {id} NULL,
    form {text:20} NOT NULL,
    given_on {date} NOT NULL,
    recorded_by {text:100} NOT NULL,
    recorded_at {instant} NOT NULL,
    version {long} NOT NULL,
    withdrawn_at {instant} NULL
);
CREATE INDEX consents_worker ON consents (worker_id, purpose);
CREATE INDEX consents_receiver ON consents (receiver, worker_id);
CREATE TABLE trainings (
    id {id} NOT NULL PRIMARY KEY,
    worker_id {id} NOT NULL,
    trade {text:60} NOT NULL,
    title {text:200} NOT NULL,
    provider {text:200} NULL,
    hours {int} NULL,
    finished_on {date} NOT NULL,
    recorded_by {text:100} NOT NULL,
    recorded_at {instant} NOT NULL
);
CREATE INDEX trainings_worker ON trainings (worker_id);
-- What happened to a worker, without personal data. source: 'workers', or the stream that told it.
CREATE TABLE worker_steps (
    id {id} NOT NULL PRIMARY KEY,
    worker_id {id} NOT NULL,
    kind {text:40} NOT NULL,
    happened_on {date} NOT NULL,
    known_at {instant} NOT NULL,
    ordinal {long} NOT NULL,
    actor {text:200} NULL,
    detail {text:400} NULL,
    source {text:20} NOT NULL
);
CREATE INDEX worker_steps_worker ON worker_steps (worker_id, known_at);
-- Copy of the placements' course, kept from events; rows of workers unknown here do no harm.
CREATE TABLE worker_placements (
    placement_id {id} NOT NULL PRIMARY KEY,
    worker_id {id} NOT NULL,
    employer_id {id} NULL,
    workplace_division {text:12} NULL,
    state {text:20} NOT NULL,
    running {flag} NOT NULL
);
CREATE INDEX worker_placements_worker ON worker_placements (worker_id, running);
-- Who saw personal data in clear: each row holds the SHA-256 of the row before it.
CREATE TABLE access_log (
    entry {long} NOT NULL PRIMARY KEY,
    worker_id {id} NOT NULL,
    actor {text:100} NOT NULL,
    actor_role {text:20} NOT NULL,
    purpose {text:200} NOT NULL,
    seen_at {instant} NOT NULL,
    previous_hash {text:64} NOT NULL,
    hash {text:64} NOT NULL
);
CREATE INDEX access_log_worker ON access_log (worker_id, entry);
-- One row, locked by who appends.
CREATE TABLE access_log_head (
    id {int} NOT NULL PRIMARY KEY,
    entries {long} NOT NULL,
    hash {text:64} NOT NULL
);
INSERT INTO access_log_head (id, entries, hash) VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
