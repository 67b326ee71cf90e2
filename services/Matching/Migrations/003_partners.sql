-- Who travels together, of those who are willing, and where somebody works: a partner's place draws the others.
ALTER TABLE match_workers ADD with_id {id} NULL;
ALTER TABLE match_workers ADD workplace {text:12} NULL;
CREATE INDEX match_workers_with ON match_workers (with_id);
