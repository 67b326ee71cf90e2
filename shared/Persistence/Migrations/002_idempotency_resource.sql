-- What an answer is about, so that it can be blanked when that is erased.
ALTER TABLE idempotency ADD resource {text:400} NULL;
