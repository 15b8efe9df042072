-- migrate:up
SET LOCAL lock_timeout = '5s';
-- The orders that exist were shipped; PostgreSQL keeps this value beside the table and writes no row.
ALTER TABLE orders ADD COLUMN status text NOT NULL DEFAULT 'shipped';
-- New orders begin as pending.
ALTER TABLE orders ALTER COLUMN status SET DEFAULT 'pending';

-- migrate:down
SET LOCAL lock_timeout = '5s';
ALTER TABLE orders DROP COLUMN status;
