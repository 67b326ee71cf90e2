-- Why a round brought nobody to a posting.
ALTER TABLE round_postings ADD code {text:60} NULL;
ALTER TABLE round_postings ADD zh {text:400} NULL;
ALTER TABLE round_postings ADD en {text:400} NULL;
