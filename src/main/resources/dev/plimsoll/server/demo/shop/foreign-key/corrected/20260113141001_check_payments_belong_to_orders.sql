-- migrate:up
ALTER TABLE payments VALIDATE CONSTRAINT payments_order_id_fkey;

-- migrate:down
