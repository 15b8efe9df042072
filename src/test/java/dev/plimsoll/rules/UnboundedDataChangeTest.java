package dev.plimsoll.rules;

import static dev.plimsoll.rules.Shop.shop;
import static dev.plimsoll.testing.Given.given;

import org.junit.jupiter.api.Test;

class UnboundedDataChangeTest {

  @Test
  void saysWhatItsReaderNeeds() {
    given(shop()).migration("""
            UPDATE orders SET total = total * 100;
            """).says("unbounded-data-change", """
            BLOCKING unbounded-data-change [orders:HUGE]
            This changes every row of `orders` in one transaction.
            `orders` has about 200 million rows (84 GB) and takes about 1,200 writes and 3,400 reads a second. It lasts 27 min to 1.5 h: update of 200 million rows at 8-30 µs each.
            Who writes to one of these rows meanwhile waits until the transaction has ended.
            Why: Every changed row stays locked until the statement's transaction ends, no vacuum can clean up behind it, and replicas have it all to replay at once. In batches each row is locked for a moment, and the work can be stopped and taken up again.
            Instead: In batches that commit one by one, beside the traffic. It cannot run in a transaction.
            - Go through the rows in batches (outside of a transaction)
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
                    UPDATE orders SET total = total * 100
                      WHERE orders.id BETWEEN batch_start AND batch_end;
                    COMMIT;
                    SELECT id INTO batch_start FROM orders WHERE id > batch_end ORDER BY id LIMIT 1;
                  END LOOP;
                END
                $$;
            """);
  }

  @Test
  void findsAnUpdateOfAllRows() {
    given(shop()).migration("""
            UPDATE orders SET note = ''; -- FIND unbounded-data-change
            """).finds();
  }

  @Test
  void findsADeleteOfAllRows() {
    given(shop()).migration("""
            DELETE FROM orders; -- FIND unbounded-data-change
            """).finds();
  }

  @Test
  void findsAConditionThatNoIndexServes() {
    given(shop()).migration("""
            UPDATE orders SET note = '' WHERE note IS NULL; -- FIND unbounded-data-change
            """).finds();
  }

  @Test
  void isOnlyAdviceWhereAnIndexMayNarrowItDown() {
    given(shop()).migration("""
            DELETE FROM orders WHERE placed_at < '2015-01-01'; -- FIND advice:unbounded-data-change
            """).finds();
  }

  @Test
  void isNotTakenInByAnOpenRangeOfKeys() {
    given(shop()).migration("""
            UPDATE orders SET note = '' WHERE id > 0; -- FIND advice:unbounded-data-change
            """).finds();
  }

  @Test
  void keepsTheAuthorsStatementInTheBatches() {
    given(shop())
        .migration("""
            UPDATE orders AS o SET total = o.total * 100, note = 'cents' WHERE o.note IS NULL;
            """)
        .mentions(
            "unbounded-data-change",
            "UPDATE orders AS o SET total = o.total * 100, note = 'cents'",
            "WHERE o.id BETWEEN batch_start AND batch_end AND (o.note IS NULL);");
  }

  @Test
  void offersNoBatchesForWhatItCannotDivide() {
    given(shop())
        .migration("""
            UPDATE events SET at = now();
            """)
        .mentions("unbounded-data-change", "This changes every row of `events`");
  }

  @Test
  void isQuietAboutOneRow() {
    given(shop()).migration("""
            UPDATE orders SET note = '' WHERE id = 5;
            """).isQuiet();
  }

  @Test
  void isQuietAboutABatch() {
    given(shop()).migration("""
            UPDATE orders SET note = '' WHERE id BETWEEN 1 AND 10000 AND note IS NULL;
            """).isQuiet();
  }

  @Test
  void isQuietAboutABatchWithALimit() {
    given(shop()).migration("""
            DELETE FROM orders WHERE id IN (SELECT id FROM orders WHERE total = 0 LIMIT 1000);
            """).isQuiet();
  }

  @Test
  void isQuietOnASmallTable() {
    given(shop()).migration("""
            UPDATE countries SET name = upper(name);
            """).isQuiet();
  }

  @Test
  void isQuietOnATableThatThisDeploymentMakes() {
    given(shop()).migration("""
            CREATE TABLE parcels (code text);
            INSERT INTO parcels VALUES ('a');
            UPDATE parcels SET code = 'b';
            """).isQuiet();
  }

  @Test
  void takesAnUnknownTableForALargeOne() {
    given(shop()).migration("""
            UPDATE parcels SET code = 'b'; -- FIND unbounded-data-change
            """).finds();
  }
}
