-- A phone is one term now, its last four digits in front. Who is registered already gets it at the next start, as other hashes (IndexWorkers).
DELETE FROM worker_terms WHERE kind = 'phone' OR kind = 'phone4';
UPDATE workers SET start_hash = '';
