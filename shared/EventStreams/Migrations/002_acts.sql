-- What operators did about streams, who, and why: replays, rebuilds, and events passed over.
CREATE TABLE stream_acts (
    stream {text:100} NOT NULL,
    done_at {instant} NOT NULL,
    act {text:20} NOT NULL,
    incarnation {id} NULL,
    position {long} NOT NULL,
    kind {text:100} NULL,
    failure {text:2000} NULL,
    reason {text:2000} NOT NULL,
    who {text:200} NOT NULL,
    PRIMARY KEY (stream, done_at, act)
);
INSERT INTO stream_acts (stream, done_at, act, incarnation, position, kind, failure, reason, who)
SELECT stream, skipped_at, 'skip', incarnation, position, kind, failure, reason, who FROM stream_skips;
DROP TABLE stream_skips;
