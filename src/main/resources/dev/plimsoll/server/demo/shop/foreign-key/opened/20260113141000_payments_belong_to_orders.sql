-- migrate:up
ALTER TABLE payments
  ADD CONSTRAINT payments_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders (id);

-- migrate:down
ALTER TABLE payments DROP CONSTRAINT payments_order_id_fkey;
