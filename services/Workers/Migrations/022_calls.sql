-- How often and when last somebody tried to reach a worker whom nobody has asked yet; each attempt is a step of the timeline too.
CREATE TABLE call_attempts (
    worker_id {id} NOT NULL PRIMARY KEY,
    attempts {int} NOT NULL,
    tried_at {instant} NOT NULL,
    outcome {text:20} NOT NULL
);
