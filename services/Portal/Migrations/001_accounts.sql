CREATE TABLE accounts (
    id {id} NOT NULL PRIMARY KEY,
    user_name {text:60} NOT NULL,
    display_name {text:100} NOT NULL,
    role {text:20} NOT NULL,
    station {id} NULL,
    employer {id} NULL,
    divisions {text:60} NOT NULL,
    password_hash {text:200} NOT NULL,
    totp_secret {bytes} NULL,
    totp_proposed {bytes} NULL,
    totp_step {long} NOT NULL,
    failures {int} NOT NULL,
    locked_until {instant} NULL,
    disabled {flag} NOT NULL,
    version {long} NOT NULL,
    created_at {instant} NOT NULL
);
CREATE UNIQUE INDEX accounts_user_name ON accounts (user_name);
CREATE TABLE signing_keys (
    id {id} NOT NULL PRIMARY KEY,
    number {int} NOT NULL,
    private_key {bytes} NOT NULL,
    sign_from {instant} NOT NULL
);
CREATE UNIQUE INDEX signing_keys_number ON signing_keys (number);
CREATE TABLE first_administrator (
    id {int} NOT NULL PRIMARY KEY,
    code_hash {text:64} NOT NULL,
    expires_at {instant} NOT NULL
);
CREATE TABLE protection_keys (
    id {id} NOT NULL PRIMARY KEY,
    xml {bytes} NOT NULL
);
