-- migrate:up
ALTER TABLE orders ADD COLUMN status text NOT NULL;

-- migrate:down
ALTER TABLE orders DROP COLUMN status;
