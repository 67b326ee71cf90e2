-- The service's own stream: one row that every writer of events locks last, and the log, kept for good.
CREATE TABLE stream_head (
    id {int} NOT NULL PRIMARY KEY,
    position {long} NOT NULL,
    incarnation {id} NOT NULL
);
CREATE TABLE stream_log (
    position {long} NOT NULL PRIMARY KEY,
    kind {text:100} NOT NULL,
    body {text} NOT NULL,
    subject {id} NOT NULL,
    at {instant} NOT NULL,
    ignorable {flag} NOT NULL
);
CREATE INDEX stream_log_subject ON stream_log (subject, position);
-- Who ships the log to the broker, until when, and how far it is.
CREATE TABLE stream_relay (
    id {int} NOT NULL PRIMARY KEY,
    owner {text:100} NULL,
    lease_until {instant} NOT NULL,
    shipped_position {long} NOT NULL
);
-- How far the events of another stream are applied here; moved in the transaction that applies them.
CREATE TABLE stream_checkpoint (
    stream {text:100} NOT NULL PRIMARY KEY,
    incarnation {id} NULL,
    position {long} NOT NULL,
    head {long} NOT NULL,
    stuck_position {long} NULL,
    stuck_kind {text:100} NULL,
    stuck_reason {text:2000} NULL,
    tries {int} NOT NULL,
    next_try {instant} NULL
);
-- Events that an operator passed over, and why.
CREATE TABLE stream_skips (
    stream {text:100} NOT NULL,
    incarnation {id} NOT NULL,
    position {long} NOT NULL,
    kind {text:100} NOT NULL,
    failure {text:2000} NOT NULL,
    reason {text:2000} NOT NULL,
    who {text:200} NOT NULL,
    skipped_at {instant} NOT NULL,
    PRIMARY KEY (stream, incarnation, position)
);
