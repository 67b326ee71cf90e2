-- Copies of what other services own; each row may begin as a stub that its own stream completes.
CREATE TABLE worker (
    id {id} NOT NULL PRIMARY KEY,
    recorded {flag} NOT NULL,
    erased {flag} NOT NULL,
    home_division {text:12} NULL,
    station {id} NULL,
    sex {text:6} NULL,
    birth_year {int} NULL,
    statuses {text} NULL
);
CREATE INDEX worker_home ON worker (home_division);

CREATE TABLE employer (
    id {id} NOT NULL PRIMARY KEY,
    name {text:200} NOT NULL,
    state {text:20} NOT NULL,
    site_division {text:12} NOT NULL,
    site_kind {text:30} NOT NULL,
    fujian_invested {flag} NOT NULL
);

CREATE TABLE posting (
    id {id} NOT NULL PRIMARY KEY,
    employer_id {id} NOT NULL,
    title {text:200} NOT NULL,
    site_division {text:12} NOT NULL,
    site_text {text:400} NOT NULL,
    trade {text:60} NOT NULL,
    contract_form {text:20} NOT NULL,
    contract_months {int} NOT NULL
);

CREATE TABLE training (
    id {id} NOT NULL PRIMARY KEY
);

-- Where each placement stands now; how it came there is in the ledger.
CREATE TABLE placement (
    id {id} NOT NULL PRIMARY KEY,
    worker_id {id} NOT NULL,
    source {text:20} NOT NULL,
    employer_id {id} NULL,
    employer_name {text:200} NULL,
    posting_id {id} NULL,
    trade {text:60} NOT NULL,
    workplace_division {text:12} NOT NULL,
    workplace_text {text:400} NULL,
    channel {text:30} NOT NULL,
    farm {flag} NOT NULL,
    contract_form {text:20} NULL,
    contract_ends {date} NULL,
    state {text:20} NOT NULL,
    running {flag} NOT NULL,
    opened_on {date} NOT NULL,
    last_step_on {date} NOT NULL,
    first_day {date} NULL,
    last_day {date} NULL,
    leave_until {date} NULL,
    reason {text:30} NULL,
    monthly_pay_fen {long} NULL,
    evidenced {long} NOT NULL,
    trip_id {id} NULL,
    version {long} NOT NULL
);
CREATE INDEX placement_worker ON placement (worker_id);
CREATE INDEX placement_employer ON placement (employer_id);
CREATE INDEX placement_workplace ON placement (workplace_division);
CREATE INDEX placement_first_day ON placement (running, first_day);

CREATE TABLE trip (
    id {id} NOT NULL PRIMARY KEY,
    mode {text:10} NOT NULL,
    capacity {int} NOT NULL,
    booked {int} NOT NULL,
    state {text:10} NOT NULL,
    legs {text} NOT NULL,
    departs_at {instant} NOT NULL,
    departs_on {date} NOT NULL,
    meeting {text:400} NULL,
    leader {text:100} NULL,
    owner_division {text:12} NOT NULL,
    issue {int} NOT NULL,
    version {long} NOT NULL
);
CREATE INDEX trip_departs ON trip (departs_on);

CREATE TABLE passenger (
    trip_id {id} NOT NULL,
    placement_id {id} NOT NULL,
    worker_id {id} NOT NULL,
    kind {text:10} NOT NULL,
    state {text:12} NOT NULL,
    reason {text:200} NULL,
    PRIMARY KEY (trip_id, placement_id)
);
CREATE INDEX passenger_placement ON passenger (placement_id);

-- Append-only: what happened, when, and since when it is known. The canonical bytes hold the entry and the hash of the one before.
CREATE TABLE ledger (
    position {long} NOT NULL PRIMARY KEY,
    kind {text:20} NOT NULL,
    on_day {date} NOT NULL,
    known {instant} NOT NULL,
    worker_id {id} NULL,
    placement_id {id} NULL,
    canonical {bytes} NOT NULL,
    hash {text:64} NOT NULL
);
CREATE INDEX ledger_placement ON ledger (placement_id, position);
CREATE INDEX ledger_known ON ledger (known);

CREATE TABLE ledger_head (
    id {int} NOT NULL PRIMARY KEY,
    position {long} NOT NULL,
    known {instant} NOT NULL,
    hash {text:64} NOT NULL,
    sealed_position {long} NOT NULL,
    sealed_known {instant} NOT NULL
);
INSERT INTO ledger_head (id, position, known, hash, sealed_position, sealed_known) VALUES (1, 0, 0, '0000000000000000000000000000000000000000000000000000000000000000', 0, 0);

CREATE TABLE outflow_target (
    division {text:12} NOT NULL,
    year {int} NOT NULL,
    indicator {text:40} NOT NULL,
    value {double} NOT NULL,
    due_on {date} NOT NULL,
    source {text:200} NOT NULL,
    version {long} NOT NULL,
    PRIMARY KEY (division, year, indicator)
);
