-- An upload and its job. state: receiving, queued, running, done, failed; phase: check (dry run), store (commit), undo.
-- lease_until is in database time. last_line is the file's line (undo: the row) up to which the phase is committed.
CREATE TABLE rosters (
    id {id} NOT NULL PRIMARY KEY,
    state {text:10} NOT NULL,
    phase {text:10} NOT NULL,
    sheet {text:10} NOT NULL,
    mode {text:10} NOT NULL,
    file_name {bytes} NOT NULL,
    file_key {bytes} NOT NULL,
    file_hash {text:64} NULL,
    file_size {long} NOT NULL,
    format {text:10} NULL,
    encoding {text:20} NULL,
    column_report {text} NULL,
    lines {int} NOT NULL,
    rows_done {int} NOT NULL,
    last_line {int} NOT NULL,
    count_new {int} NOT NULL,
    count_updated {int} NOT NULL,
    count_unchanged {int} NOT NULL,
    count_duplicate {int} NOT NULL,
    count_non_labour {int} NOT NULL,
    count_error {int} NOT NULL,
    count_warning {int} NOT NULL,
    count_undone {int} NOT NULL,
    count_kept {int} NOT NULL,
    uploaded_by {text:100} NOT NULL,
    uploader_name {text:100} NOT NULL,
    uploader_role {text:20} NOT NULL,
    station_id {id} NULL,
    divisions {text} NOT NULL,
    uploaded_at {instant} NOT NULL,
    started_at {instant} NULL,
    finished_at {instant} NULL,
    failure {text:60} NULL,
    owner {text:60} NULL,
    lease_until {long} NOT NULL
);
CREATE INDEX rosters_state ON rosters (state, id);
CREATE INDEX rosters_uploader ON rosters (uploaded_by, id);
CREATE INDEX rosters_station ON rosters (station_id, id);
CREATE INDEX rosters_age ON rosters (uploaded_at);
-- The uploaded file in encrypted parts: any replica can go on with the job, and no plain file exists anywhere.
CREATE TABLE roster_parts (
    roster_id {id} NOT NULL,
    part {int} NOT NULL,
    content {bytes} NOT NULL,
    PRIMARY KEY (roster_id, part)
);
-- A verdict per row. name is masked. A row with a worker_id was stored; undo holds what it replaced.
CREATE TABLE roster_rows (
    roster_id {id} NOT NULL,
    row_number {int} NOT NULL,
    verdict {text:12} NOT NULL,
    warned {flag} NOT NULL,
    name {text:60} NULL,
    findings {text} NULL,
    worker_id {id} NULL,
    worker_version {long} NULL,
    undo {text} NULL,
    undone {text:10} NULL,
    PRIMARY KEY (roster_id, row_number)
) {clustered};
CREATE INDEX roster_rows_verdict ON roster_rows (roster_id, verdict, row_number);
-- Spells of work that rosters told of, as last reported.
CREATE TABLE roster_spells (
    spell_id {id} NOT NULL PRIMARY KEY,
    worker_id {id} NOT NULL,
    year {int} NOT NULL,
    workplace_division {text:12} NOT NULL,
    workplace_text {text:500} NULL,
    employer_name {text:500} NULL,
    industry {text:500} NULL,
    channel {text:40} NOT NULL,
    started_on {date} NOT NULL,
    months {int} NOT NULL,
    ended_on {date} NULL,
    roster_id {id} NOT NULL
);
CREATE INDEX roster_spells_worker ON roster_spells (worker_id);
