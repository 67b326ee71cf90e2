-- What lists are driven by: the counties of home and workplace, the day from which somebody is free, the keyed hash of a name's first two characters.
ALTER TABLE workers ADD county {text:6} NOT NULL DEFAULT '';
ALTER TABLE workers ADD workplace_county {text:6} NULL;
ALTER TABLE workers ADD available_from {date} NULL;
ALTER TABLE workers ADD start_hash {text:16} NOT NULL DEFAULT '';
UPDATE workers SET county = SUBSTRING(home_division, 1, 6), workplace_county = SUBSTRING(workplace_division, 1, 6);
CREATE INDEX workers_county ON workers (county, id);
CREATE INDEX workers_county_status ON workers (county, status, id);
CREATE INDEX workers_workplace_county ON workers (workplace_county, id) WHERE workplace_county IS NOT NULL;
CREATE INDEX workers_workplace_status ON workers (workplace_county, status, id) WHERE workplace_county IS NOT NULL;
CREATE INDEX workers_name ON workers (start_hash, name_hash, birth_year, id);
-- Trades apart from the hashes in worker_terms, in the order in which a county's list is read.
CREATE TABLE worker_trades (
    county {text:6} NOT NULL,
    trade {text:60} NOT NULL,
    worker_id {id} NOT NULL,
    PRIMARY KEY (county, trade, worker_id)
) {clustered};
CREATE INDEX worker_trades_worker ON worker_trades (worker_id);
INSERT INTO worker_trades (county, trade, worker_id) SELECT w.county, t.term, t.worker_id FROM worker_terms t JOIN workers w ON w.id = t.worker_id WHERE t.kind = 'trade';
DELETE FROM worker_terms WHERE kind = 'trade';
