-- migrate:up
SET LOCAL lock_timeout = '5s';
ALTER TABLE orders ADD COLUMN total_cents_new bigint;
CREATE FUNCTION orders_total_cents_succession() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.total_cents_new := NEW.total_cents::bigint;
  RETURN NEW;
END
$$;
CREATE TRIGGER orders_total_cents_succession BEFORE INSERT OR UPDATE ON orders
  FOR EACH ROW EXECUTE FUNCTION orders_total_cents_succession();

-- migrate:down
SET LOCAL lock_timeout = '5s';
DROP TRIGGER orders_total_cents_succession ON orders;
DROP FUNCTION orders_total_cents_succession();
ALTER TABLE orders DROP COLUMN total_cents_new;
