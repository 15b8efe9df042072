package dev.plimsoll.rules;

import static dev.plimsoll.rules.Shop.shop;
import static dev.plimsoll.testing.Given.given;

import org.junit.jupiter.api.Test;

class DefaultForNewRowsOnlyTest {

  @Test
  void saysWhatItsReaderNeeds() {
    given(shop()).migration("""
            ALTER TABLE orders ALTER COLUMN note SET DEFAULT '';
            """).says("default-for-new-rows-only", """
            ADVICE default-for-new-rows-only [orders:HUGE]
            The rows that `orders` has today keep NULL in `note`.
            `orders` has about 200 million rows (84 GB) and takes about 1,200 writes and 3,400 reads a second. About 40% of them have no value in `note`, and this default is for new rows only. If it is meant for the old ones too, they must be filled.
            Why: A default is used when a row is inserted without a value. Rows that are there already keep what they have.
            Instead: If the old rows mean the same, in a migration after this one:
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
                    UPDATE orders SET note = ''
                      WHERE orders.id BETWEEN batch_start AND batch_end AND (note IS NULL);
                    COMMIT;
                    SELECT id INTO batch_start FROM orders WHERE id > batch_end ORDER BY id LIMIT 1;
                  END LOOP;
                END
                $$;
            """);
  }

  @Test
  void findsAColumnThatThisDeploymentAddsEmpty() {
    given(shop()).migration("""
            ALTER TABLE orders ADD COLUMN status text;
            ALTER TABLE orders ALTER COLUMN status SET DEFAULT 'open'; -- FIND advice:default-for-new-rows-only
            """).finds();
  }

  @Test
  void isQuietWhenTheOldRowsAreFilled() {
    given(shop()).migration("""
            ALTER TABLE orders ADD COLUMN status text;
            ALTER TABLE orders ALTER COLUMN status SET DEFAULT 'open';
            UPDATE orders SET status = 'open' WHERE id BETWEEN 1 AND 10000;
            """).isQuiet();
  }

  @Test
  void isQuietWhenNoRowLacksAValue() {
    given(shop()).migration("""
            ALTER TABLE orders ALTER COLUMN number SET DEFAULT 'none';
            """).isQuiet();
  }

  @Test
  void isQuietAboutADefaultOfNull() {
    given(shop()).migration("""
            ALTER TABLE orders ALTER COLUMN note SET DEFAULT NULL;
            """).isQuiet();
  }

  @Test
  void isQuietOnATableThatThisDeploymentMakes() {
    given(shop()).migration("""
            CREATE TABLE parcels (code text);
            ALTER TABLE parcels ALTER COLUMN code SET DEFAULT '';
            """).isQuiet();
  }
}
