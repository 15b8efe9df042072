package dev.plimsoll.rules;

import static dev.plimsoll.rules.Shop.shop;
import static dev.plimsoll.testing.Facts.idle;
import static dev.plimsoll.testing.Facts.rows;
import static dev.plimsoll.testing.Facts.size;
import static dev.plimsoll.testing.Given.given;
import static dev.plimsoll.testing.Given.givenNoCatalog;

import org.junit.jupiter.api.Test;

class RequiredColumnWithoutDefaultTest {

  @Test
  void saysWhatItsReaderNeeds() {
    given(shop()).migration("""
            ALTER TABLE orders ADD COLUMN status text NOT NULL;
            """).says("required-column-without-default", """
            BLOCKING required-column-without-default [orders:HUGE]
            This statement fails in production.
            `orders` has about 200 million rows (84 GB) and takes about 1,200 writes and 3,400 reads a second. PostgreSQL refuses the statement at once with 23502: column `status` contains null values. Nothing is rewritten, and the deployment stops here.
            Why: The rows that exist would have no value in the new column. In development the table is empty, so it passes there.
            Instead: If one constant is right for all rows that exist, `ADD COLUMN status text NOT NULL DEFAULT ...` with a constant default is enough: it changes only the catalog. Otherwise in steps that block nobody:
            - Add the column without NOT NULL
                ALTER TABLE orders ADD COLUMN status text;
            - A version that writes `status` in every new row is live.
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
                    UPDATE orders SET status = value_for_status
                      WHERE orders.id BETWEEN batch_start AND batch_end AND (status IS NULL);
                    COMMIT;
                    SELECT id INTO batch_start FROM orders WHERE id > batch_end ORDER BY id LIMIT 1;
                  END LOOP;
                END
                $$;
            - Require a value in new rows
                ALTER TABLE orders ADD CONSTRAINT orders_status_not_null CHECK (status IS NOT NULL) NOT VALID;
            - Check the rows that exist; reads and writes go on
                ALTER TABLE orders VALIDATE CONSTRAINT orders_status_not_null;
            - Make the column NOT NULL: the valid CHECK spares the scan
                ALTER TABLE orders ALTER COLUMN status SET NOT NULL;
                ALTER TABLE orders DROP CONSTRAINT orders_status_not_null;
            """);
  }

  @Test
  void failsOnATableWithRows() {
    given(shop()).migration("""
            ALTER TABLE orders ADD COLUMN status text NOT NULL; -- FIND required-column-without-default
            """).finds();
  }

  @Test
  void failsWithADefaultOfNullAsWell() {
    given(shop()).migration("""
            ALTER TABLE orders ADD COLUMN status text NOT NULL DEFAULT NULL; -- FIND required-column-without-default
            """).finds();
  }

  @Test
  void failsOnATableWithOneRow() {
    given(shop().table("flags", rows(1), size("8 kB"), idle())).migration("""
            ALTER TABLE flags ADD COLUMN owner text NOT NULL; -- FIND required-column-without-default
            """).finds();
  }

  @Test
  void standsOnTheCommandAmongSeveral() {
    given(shop()).migration("""
            ALTER TABLE orders
              ADD COLUMN remark text,
              ADD COLUMN status text NOT NULL; -- FIND required-column-without-default
            """).finds();
  }

  @Test
  void offersOneSmallMigrationForASmallTable() {
    given(shop())
        .migration("""
            ALTER TABLE countries ADD COLUMN zone text NOT NULL;
            """)
        .mentions(
            "required-column-without-default",
            "Add the column, fill it, then require it",
            "UPDATE countries SET zone = value_for_zone WHERE zone IS NULL;");
  }

  @Test
  void usesTheNotValidFormOfPostgres18() {
    given(shop().version(18))
        .migration("""
            ALTER TABLE orders ADD COLUMN status text NOT NULL;
            """)
        .mentions(
            "required-column-without-default",
            "ADD CONSTRAINT orders_status_not_null NOT NULL status NOT VALID");
  }

  @Test
  void limitsTheWaitForLocksWhereTheServerDoesNot() {
    given(shop().setting("lock_timeout", "0"))
        .migration("""
            ALTER TABLE orders ADD COLUMN status text NOT NULL;
            """)
        .mentions(
            "required-column-without-default",
            "SET LOCAL lock_timeout = '5s';\n    ALTER TABLE orders ADD COLUMN status text;");
  }

  @Test
  void saysThatItCannotKnowWhenTheCatalogLacksTheTable() {
    given(shop())
        .migration("""
            ALTER TABLE parcels ADD COLUMN weight int NOT NULL;
            """)
        .mentions(
            "required-column-without-default",
            "The catalog says nothing of the size of `parcels`: it is unknown.");
  }

  @Test
  void failsForSureOnAnUnknownTable() {
    givenNoCatalog().migration("""
            ALTER TABLE parcels ADD COLUMN weight int NOT NULL; -- FIND required-column-without-default
            """).finds();
  }

  @Test
  void knowsThatThisDeploymentFilledTheTable() {
    given(shop()).migration("""
            CREATE TABLE sizes (code text);
            INSERT INTO sizes VALUES ('S');
            ALTER TABLE sizes ADD COLUMN rank int NOT NULL; -- FIND required-column-without-default
            """).finds();
  }

  @Test
  void isQuietOnATableThatThisDeploymentMakes() {
    given(shop()).migration("""
            CREATE TABLE parcels (id bigint PRIMARY KEY);
            ALTER TABLE parcels ADD COLUMN weight int NOT NULL;
            """).isQuiet();
  }

  @Test
  void isQuietOnAnEmptyTable() {
    given(shop().table("drafts", rows(0), size("0 MB"), idle())).migration("""
            ALTER TABLE drafts ADD COLUMN author text NOT NULL;
            """).isQuiet();
  }

  @Test
  void isQuietWithADefault() {
    given(shop()).migration("""
            ALTER TABLE orders ADD COLUMN status text NOT NULL DEFAULT 'open';
            """).isQuiet();
  }

  @Test
  void isQuietWithoutNotNull() {
    given(shop()).migration("""
            ALTER TABLE orders ADD COLUMN status text;
            """).isQuiet();
  }

  @Test
  void isQuietWhenTheColumnIsThereAlready() {
    given(shop()).migration("""
            ALTER TABLE orders ADD COLUMN IF NOT EXISTS number varchar(20) NOT NULL;
            """).isQuiet();
  }
}
