CREATE TABLE minimum_wages (
    id {id} NOT NULL PRIMARY KEY,
    version {long} NOT NULL,
    division {text:12} NOT NULL,
    from_day {date} NOT NULL,
    monthly_fen {long} NOT NULL,
    hourly_fen {long} NULL,
    source {text:400} NOT NULL,
    saved_by {text:100} NOT NULL,
    saved_at {instant} NOT NULL
);
CREATE UNIQUE INDEX minimum_wages_division ON minimum_wages (division, from_day);
