-- migrate:up
SET LOCAL lock_timeout = '5s';
ALTER TABLE payments
  ADD CONSTRAINT payments_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders (id) NOT VALID;

-- migrate:down
SET LOCAL lock_timeout = '5s';
ALTER TABLE payments DROP CONSTRAINT payments_order_id_fkey;
