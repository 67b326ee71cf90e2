CREATE TABLE idempotency (
    owner {text:100} NOT NULL,
    idempotency_key {id} NOT NULL,
    request_hash {text:64} NOT NULL,
    status {int} NOT NULL,
    location {text:400} NULL,
    etag {text:40} NULL,
    position {long} NULL,
    body {bytes} NULL,
    stored_at {instant} NOT NULL,
    PRIMARY KEY (owner, idempotency_key)
);
CREATE INDEX idempotency_age ON idempotency (stored_at);
