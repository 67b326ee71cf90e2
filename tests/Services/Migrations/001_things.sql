CREATE TABLE things (
    id {id} NOT NULL PRIMARY KEY,
    name {text:100} NULL,
    on_day {date} NULL,
    at {instant} NOT NULL,
    flag {flag} NOT NULL,
    fen {long} NOT NULL,
    data {bytes} NULL
);
