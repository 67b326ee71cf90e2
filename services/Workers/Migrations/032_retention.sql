-- What retention let go, by day and kind; a day with nothing is there too, so that one sees that it ran.
CREATE TABLE retention_days (
    day {date} NOT NULL,
    what {text:20} NOT NULL,
    gone {long} NOT NULL,
    ran_at {instant} NOT NULL,
    PRIMARY KEY (day, what)
);
