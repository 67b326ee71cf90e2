-- Whom a row is about, stored or not, so that erasing the person blanks it. forget_file: the upload goes as soon as nobody works on it.
ALTER TABLE roster_rows ADD about_id {id} NULL;
UPDATE roster_rows SET about_id = worker_id;
CREATE INDEX roster_rows_about ON roster_rows (about_id);
ALTER TABLE rosters ADD forget_file {flag} NOT NULL DEFAULT 0;
