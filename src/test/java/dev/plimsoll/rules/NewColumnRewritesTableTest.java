package dev.plimsoll.rules;

import static dev.plimsoll.rules.Shop.shop;
import static dev.plimsoll.testing.Given.given;
import static dev.plimsoll.testing.Given.givenNoCatalog;

import org.junit.jupiter.api.Test;

class NewColumnRewritesTableTest {

  @Test
  void saysWhatItsReaderNeeds() {
    given(shop()).migration("""
            ALTER TABLE orders ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid();
            """).says("new-column-rewrites-table", """
            BLOCKING new-column-rewrites-table [orders:HUGE]
            Writing `orders` anew blocks reads and writes for 14 to 39 min.
            PostgreSQL writes every row and every index of `orders` anew: the default is computed anew for each row.
            `orders` has about 200 million rows (84 GB) and takes about 1,200 writes and 3,400 reads a second.
            ACCESS EXCLUSIVE on `orders` makes reads and writes wait. That lasts 14 to 39 min: rewrite of 84 GB at 60-160 MB/s and 2 indexes built again. About 1,200 writes and 3,400 reads a second would wait.
            Why: A constant default is kept once in the catalog. A value that differs from row to row must be written into every row, and nobody may read the table meanwhile.
            Instead: Add the column empty, then fill it while reads and writes go on:
            - Add the column, then its default: it holds for new rows only
                ALTER TABLE orders ADD COLUMN token uuid;
                ALTER TABLE orders ALTER COLUMN token SET DEFAULT gen_random_uuid();
            - Fill the rows that exist, in batches (outside of a transaction)
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
                    UPDATE orders SET token = gen_random_uuid()
                      WHERE orders.id BETWEEN batch_start AND batch_end AND (token IS NULL);
                    COMMIT;
                    SELECT id INTO batch_start FROM orders WHERE id > batch_end ORDER BY id LIMIT 1;
                  END LOOP;
                END
                $$;
            - Require a value in new rows
                ALTER TABLE orders ADD CONSTRAINT orders_token_not_null CHECK (token IS NOT NULL) NOT VALID;
            - Check the rows that exist; reads and writes go on
                ALTER TABLE orders VALIDATE CONSTRAINT orders_token_not_null;
            - Make the column NOT NULL: the valid CHECK spares the scan
                ALTER TABLE orders ALTER COLUMN token SET NOT NULL;
                ALTER TABLE orders DROP CONSTRAINT orders_token_not_null;
            """);
  }

  @Test
  void findsAVolatileDefault() {
    given(shop()).migration("""
            ALTER TABLE orders ADD COLUMN seen_at timestamptz DEFAULT clock_timestamp(); -- FIND new-column-rewrites-table
            """).finds();
  }

  @Test
  void findsASerial() {
    given(shop()).migration("""
            ALTER TABLE orders ADD COLUMN position bigserial; -- FIND new-column-rewrites-table
            """).finds();
  }

  @Test
  void findsAnIdentity() {
    given(shop()).migration("""
            ALTER TABLE orders ADD COLUMN position int GENERATED ALWAYS AS IDENTITY; -- FIND new-column-rewrites-table
            """).finds();
  }

  @Test
  void findsAStoredGeneratedColumn() {
    given(shop()).migration("""
            ALTER TABLE orders ADD COLUMN cents int GENERATED ALWAYS AS (total * 100) STORED; -- FIND new-column-rewrites-table
            """).finds();
  }

  @Test
  void offersAVirtualColumnOnPostgres18() {
    given(shop().version(18))
        .migration("""
            ALTER TABLE orders ADD COLUMN cents int GENERATED ALWAYS AS (total * 100) STORED;
            """)
        .mentions(
            "new-column-rewrites-table",
            "ADD COLUMN cents integer GENERATED ALWAYS AS (total * 100) VIRTUAL;");
  }

  @Test
  void findsAFunctionThatItDoesNotKnow() {
    given(shop()).migration("""
            ALTER TABLE orders ADD COLUMN code text DEFAULT make_code(); -- FIND new-column-rewrites-table
            """).finds();
  }

  @Test
  void saysWhatItTookForGranted() {
    given(shop())
        .migration("""
            ALTER TABLE orders ADD COLUMN code text DEFAULT make_code();
            """)
        .mentions(
            "new-column-rewrites-table",
            "Taken for granted: whether make_code() is volatile is not known");
  }

  @Test
  void saysThatTheSizeIsUnknown() {
    given(shop())
        .migration("""
            ALTER TABLE parcels ADD COLUMN token uuid DEFAULT gen_random_uuid();
            """)
        .mentions(
            "new-column-rewrites-table",
            "its size is unknown",
            "How long that lasts cannot be said.");
  }

  @Test
  void findsItOnAnUnknownTable() {
    givenNoCatalog().migration("""
            ALTER TABLE parcels ADD COLUMN token uuid DEFAULT gen_random_uuid(); -- FIND new-column-rewrites-table advice:no-lock-timeout
            """).finds();
  }

  @Test
  void isOnlyAdviceWhereNobodyWaits() {
    given(shop()).migration("""
            ALTER TABLE archived_orders ADD COLUMN token uuid DEFAULT gen_random_uuid(); -- FIND advice:new-column-rewrites-table
            """).finds();
  }

  @Test
  void isQuietAboutAConstantDefault() {
    given(shop()).migration("""
            ALTER TABLE orders ADD COLUMN status text NOT NULL DEFAULT 'open';
            """).isQuiet();
  }

  @Test
  void isQuietAboutNowWhichIsTheSameForAllRows() {
    given(shop()).migration("""
            ALTER TABLE orders ADD COLUMN imported_at timestamptz DEFAULT now();
            """).isQuiet();
  }

  @Test
  void isQuietOnASmallIdleTable() {
    given(shop()).migration("""
            ALTER TABLE countries ADD COLUMN token uuid DEFAULT gen_random_uuid();
            """).isQuiet();
  }

  @Test
  void isQuietOnATableThatThisDeploymentMakes() {
    given(shop()).migration("""
            CREATE TABLE parcels (id bigint);
            ALTER TABLE parcels ADD COLUMN token uuid DEFAULT gen_random_uuid();
            """).isQuiet();
  }
}
