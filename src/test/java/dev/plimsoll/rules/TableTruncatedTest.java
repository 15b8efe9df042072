package dev.plimsoll.rules;

import static dev.plimsoll.rules.Shop.shop;
import static dev.plimsoll.testing.Given.given;

import org.junit.jupiter.api.Test;

class TableTruncatedTest {

  @Test
  void saysWhatItsReaderNeeds() {
    given(shop()).migration("""
            TRUNCATE orders;
            """).says("table-truncated", """
            BLOCKING table-truncated [orders:HUGE]
            All rows of `orders` are gone for good.
            `orders` has about 200 million rows (84 GB) and takes about 1,200 writes and 3,400 reads a second.
            Readers wait for a moment and then find no rows.
            Why: TRUNCATE throws the table's files away. It fires no DELETE trigger, and once it is committed nothing brings the rows back.
            """);
  }

  @Test
  void findsATruncatedTable() {
    given(shop()).migration("""
            TRUNCATE archived_orders; -- FIND table-truncated
            """).finds();
  }

  @Test
  void namesTheTablesThatCascadeEmpties() {
    given(shop().sql("ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers"))
        .migration("""
            TRUNCATE customers CASCADE;
            """)
        .mentions(
            "table-truncated",
            "All rows of `orders` and `customers` are gone for good.",
            "CASCADE empties");
  }

  @Test
  void isOnlyAdviceOnASmallIdleTable() {
    given(shop()).migration("""
            TRUNCATE countries; -- FIND advice:table-truncated
            """).finds();
  }

  @Test
  void isQuietOnATableThatThisDeploymentMakes() {
    given(shop()).migration("""
            CREATE TABLE parcels (code text);
            TRUNCATE parcels;
            """).isQuiet();
  }
}
