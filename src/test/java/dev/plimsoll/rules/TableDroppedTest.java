package dev.plimsoll.rules;

import static dev.plimsoll.rules.Shop.shop;
import static dev.plimsoll.testing.Given.given;

import org.junit.jupiter.api.Test;

class TableDroppedTest {

  @Test
  void saysWhatItsReaderNeeds() {
    given(shop()).migration("""
            DROP TABLE orders;
            """).says("table-dropped", """
            BLOCKING table-dropped [orders:HUGE]
            The rows of `orders` are gone for good, and code that uses it fails.
            `orders` has about 200 million rows (84 GB) and takes about 1,200 writes and 3,400 reads a second.
            Why: No migration brings the rows back. A rollback can only make an empty table of the same shape.
            Instead: Drop it in a deployment of its own, after its last user is gone and a backup or export of the rows is at hand:
            - No version that uses it is live any more.
            - Drop it
                DROP TABLE orders;
            """);
  }

  @Test
  void findsADroppedTable() {
    given(shop()).migration("""
            DROP TABLE archived_orders; -- FIND table-dropped
            """).finds();
  }

  @Test
  void isOnlyAdviceOnASmallIdleTable() {
    given(shop()).migration("""
            DROP TABLE countries; -- FIND advice:table-dropped
            """).finds();
  }

  @Test
  void namesWhatCascadeTakesAlong() {
    given(shop().sql("ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers"))
        .migration("""
            DROP TABLE customers CASCADE;
            """)
        .mentions(
            "table-dropped",
            "With CASCADE go, without being named: foreign keys of orders to customers");
  }

  @Test
  void takesAnUnknownTableForALargeOne() {
    given(shop()).migration("""
            DROP TABLE IF EXISTS parcels; -- FIND table-dropped
            """).finds();
  }

  @Test
  void isQuietOnATableThatThisDeploymentMakes() {
    given(shop()).migration("""
            CREATE TABLE parcels (code text);
            DROP TABLE parcels;
            """).isQuiet();
  }
}
