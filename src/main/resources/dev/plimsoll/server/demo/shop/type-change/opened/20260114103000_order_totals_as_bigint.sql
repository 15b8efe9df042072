-- migrate:up
ALTER TABLE orders ALTER COLUMN total_cents TYPE bigint;

-- migrate:down
ALTER TABLE orders ALTER COLUMN total_cents TYPE integer;
