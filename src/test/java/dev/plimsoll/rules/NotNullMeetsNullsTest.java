package dev.plimsoll.rules;

import static dev.plimsoll.rules.Shop.shop;
import static dev.plimsoll.testing.Facts.columns;
import static dev.plimsoll.testing.Facts.idle;
import static dev.plimsoll.testing.Facts.nulls;
import static dev.plimsoll.testing.Facts.rows;
import static dev.plimsoll.testing.Facts.size;
import static dev.plimsoll.testing.Given.given;

import org.junit.jupiter.api.Test;

class NotNullMeetsNullsTest {

  @Test
  void saysWhatItsReaderNeeds() {
    given(shop()).migration("""
            ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
            """).says("not-null-meets-nulls", """
            BLOCKING not-null-meets-nulls [orders:HUGE]
            This statement fails in production: `note` has nulls.
            By production's statistics about 40% of the rows of `orders` have no value in `note`. PostgreSQL refuses the statement with 23502: column `note` contains null values.
            Why: A constraint is refused when a row that exists breaks it. Development data often lacks the old rows that do.
            Instead: Give every row a value first:
            - A version that writes `note` in every new row is live.
            - Fill the rows that have none, in batches (outside of a transaction)
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
                    UPDATE orders SET note = value_for_note
                      WHERE orders.id BETWEEN batch_start AND batch_end AND (note IS NULL);
                    COMMIT;
                    SELECT id INTO batch_start FROM orders WHERE id > batch_end ORDER BY id LIMIT 1;
                  END LOOP;
                END
                $$;
            - Require a value in new rows
                ALTER TABLE orders ADD CONSTRAINT orders_note_not_null CHECK (note IS NOT NULL) NOT VALID;
            - Check the rows that exist; reads and writes go on
                ALTER TABLE orders VALIDATE CONSTRAINT orders_note_not_null;
            - Make the column NOT NULL: the valid CHECK spares the scan
                ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
                ALTER TABLE orders DROP CONSTRAINT orders_note_not_null;
            """);
  }

  @Test
  void findsNullsByTheStatistics() {
    given(shop()).migration("""
            ALTER TABLE orders ALTER COLUMN note SET NOT NULL; -- FIND not-null-meets-nulls
            """).finds();
  }

  @Test
  void findsThemOnASmallTableToo() {
    given(shop().table("countries", nulls("name", 0.02))).migration("""
            ALTER TABLE countries ALTER COLUMN name SET NOT NULL; -- FIND not-null-meets-nulls
            """).finds();
  }

  @Test
  void findsAColumnThatThisDeploymentAddsEmpty() {
    given(shop()).migration("""
            ALTER TABLE orders ADD COLUMN status text;
            ALTER TABLE orders ALTER COLUMN status SET NOT NULL; -- FIND not-null-meets-nulls
            """).finds();
  }

  @Test
  void isQuietAfterAnUpdateOfTheColumn() {
    given(shop()).migration("""
            ALTER TABLE countries ADD COLUMN zone text;
            UPDATE countries SET zone = 'EU' WHERE zone IS NULL;
            ALTER TABLE countries ALTER COLUMN zone SET NOT NULL;
            """).isQuiet();
  }

  @Test
  void isQuietWithoutNulls() {
    given(shop()).migration("""
            ALTER TABLE countries ALTER COLUMN name SET NOT NULL;
            """).isQuiet();
  }

  @Test
  void isQuietOnAnEmptyTable() {
    given(shop().table("drafts", rows(0), size("0 MB"), idle(), columns("id int")))
        .migration("""
            ALTER TABLE drafts ADD COLUMN author text;
            ALTER TABLE drafts ALTER COLUMN author SET NOT NULL;
            """)
        .isQuiet();
  }
}
