CREATE TABLE notes (
    id {id} NOT NULL PRIMARY KEY,
    title {text:200} NOT NULL,
    kind {text:40} NOT NULL,
    division {text:12} NULL,
    version {long} NOT NULL
);
CREATE UNIQUE INDEX notes_title ON notes (title);
