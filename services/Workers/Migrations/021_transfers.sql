-- A worker's move to another station. state: open, granted, refused, withdrawn.
CREATE TABLE transfers (
    id {id} NOT NULL PRIMARY KEY,
    version {long} NOT NULL,
    state {text:10} NOT NULL,
    worker_id {id} NOT NULL,
    from_division {text:12} NOT NULL,
    to_hukou {text:12} NOT NULL,
    to_address {text:12} NULL,
    to_division {text:12} NOT NULL,
    reason {text:200} NOT NULL,
    station_id {id} NULL,
    requested_by {text:100} NOT NULL,
    requester_name {text:100} NOT NULL,
    requested_at {instant} NOT NULL,
    refusal {text:200} NULL,
    decided_by {text:100} NULL,
    decided_at {instant} NULL
);
CREATE INDEX transfers_worker ON transfers (worker_id, state);
CREATE INDEX transfers_state ON transfers (state, id);
-- kind: county, town, village, in-fujian. parent_id: the station that this one belongs to.
ALTER TABLE stations ADD kind {text:20} NULL;
ALTER TABLE stations ADD parent_id {id} NULL;
CREATE INDEX workers_station ON workers (station_id, entered_by);
