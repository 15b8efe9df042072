package dev.plimsoll.rules;

import static dev.plimsoll.rules.Shop.shop;
import static dev.plimsoll.testing.Given.given;

import org.junit.jupiter.api.Test;

class LockKeptThroughDataChangeTest {

  @Test
  void saysWhatItsReaderNeeds() {
    given(shop()).flyway("""
            ALTER TABLE orders ADD COLUMN status text;
            UPDATE orders SET status = 'open';
            """).says("lock-kept-through-data-change", """
            BLOCKING lock-kept-through-data-change [orders:HUGE]
            This runs while an earlier statement's lock blocks reads and writes on `orders` for 27 min to 1.5 h.
            The statement in line 1 changes the schema in the same transaction. By itself that takes a moment, but its lock is held until the transaction ends, and so through this statement.
            `orders` has about 200 million rows (84 GB) and takes about 1,200 writes and 3,400 reads a second.
            ACCESS EXCLUSIVE on `orders` makes reads and writes wait. That lasts 27 min to 1.5 h: update of 200 million rows at 8-30 µs each. About 1,200 writes and 3,400 reads a second would wait.
            Why: Locks are held until the transaction ends. The schema change takes a moment, but its lock stays while the rows are changed.
            Instead: Let the schema change commit first, and move the data change to a migration of its own:
            - Change the rows in batches, in the next migration (outside of a transaction)
                DO $$
                DECLARE
                  batch_start orders.id%TYPE;
                  batch_end orders.id%TYPE;
                BEGIN
                  SELECT id INTO batch_start FROM orders ORDER BY id LIMIT 1;
                  WHILE batch_start IS NOT NULL LOOP
                    SELECT batch.id INTO batch_end
                      FROM (SELECT id FROM orders WHERE id >= batch_start ORDER BY id LIMIT 10000) batch
                      ORDER BY batch.id DESC LIMIT 1;
                    UPDATE orders SET status = 'open'
                      WHERE orders.id BETWEEN batch_start AND batch_end;
                    COMMIT;
                    SELECT id INTO batch_start FROM orders WHERE id > batch_end ORDER BY id LIMIT 1;
                  END LOOP;
                END
                $$;
            """);
  }

  @Test
  void findsABackfillBehindAColumn() {
    given(shop()).flyway("""
            ALTER TABLE orders ADD COLUMN status text;
            UPDATE orders SET status = 'open'; -- FIND lock-kept-through-data-change
            """).finds();
  }

  @Test
  void findsALongCopyBehindALockOnAnotherTable() {
    given(shop()).migration("""
            BEGIN;
            ALTER TABLE customers ADD COLUMN spent bigint;
            INSERT INTO archived_orders SELECT id, number, total FROM orders; -- FIND lock-kept-through-data-change
            COMMIT;
            """).finds();
  }

  @Test
  void findsItOnAnUnknownTable() {
    given(shop()).migration("""
            BEGIN;
            ALTER TABLE parcels ADD COLUMN status text;
            UPDATE parcels SET status = 'open'; -- FIND lock-kept-through-data-change
            COMMIT;
            """).finds();
  }

  @Test
  void leavesTheBackfillItselfToItsOwnRule() {
    given(shop()).migration("""
            ALTER TABLE orders ADD COLUMN status text;
            UPDATE orders SET status = 'open'; -- FIND unbounded-data-change
            """).finds();
  }

  @Test
  void isQuietAboutAFewRows() {
    given(shop()).flyway("""
            ALTER TABLE orders ADD COLUMN status text;
            UPDATE orders SET status = 'open' WHERE id = 1;
            """).isQuiet();
  }

  @Test
  void isQuietOnASmallIdleTable() {
    given(shop()).flyway("""
            ALTER TABLE countries ADD COLUMN zone text;
            UPDATE countries SET zone = 'EU';
            """).isQuiet();
  }

  @Test
  void isQuietWhenOnlyNewTablesAreLocked() {
    given(shop()).flyway("""
            CREATE TABLE order_years (year int);
            INSERT INTO order_years SELECT DISTINCT 2026 FROM countries;
            """).isQuiet();
  }
}
