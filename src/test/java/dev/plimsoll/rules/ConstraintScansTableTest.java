package dev.plimsoll.rules;

import static dev.plimsoll.rules.Shop.shop;
import static dev.plimsoll.testing.Given.given;

import org.junit.jupiter.api.Test;

class ConstraintScansTableTest {

  @Test
  void saysWhatItsReaderNeeds() {
    given(shop()).migration("""
            ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers (id);
            """).says("constraint-scans-table", """
            BLOCKING constraint-scans-table [orders:HUGE, customers:LARGE]
            Checking the foreign key blocks writes to `orders` and `customers` for 80 s to 5 min.
            PostgreSQL looks up the key of every row of `orders` before it lets go of its locks, which are on both tables.
            `orders` has about 200 million rows (84 GB) and takes about 1,200 writes and 3,400 reads a second. `customers` has about 2 million rows (900 MB) and takes about 25 writes and 900 reads a second.
            SHARE ROW EXCLUSIVE on `orders` and `customers` makes writes wait; reads go on. That lasts 80 s to 5 min: look-up of 200 million keys at 0.4-1.6 µs each. About 1,200 writes a second would wait.
            Why: A constraint that is added without NOT VALID is checked on every row at once. VALIDATE CONSTRAINT does the same check later under a lock that blocks neither reads nor writes.
            Instead: In two steps, each in a transaction of its own:
            - Add it for new and changed rows only
                ALTER TABLE orders ADD CONSTRAINT orders_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;
            - Check the rows that exist; reads and writes go on
                ALTER TABLE orders VALIDATE CONSTRAINT orders_customer_id_fkey;
            """);
  }

  @Test
  void findsACheck() {
    given(shop()).migration("""
            ALTER TABLE orders ADD CONSTRAINT positive CHECK (total >= 0); -- FIND constraint-scans-table
            """).finds();
  }

  @Test
  void blocksReadsToBecauseOfACheck() {
    given(shop())
        .migration("""
            ALTER TABLE orders ADD CONSTRAINT positive CHECK (total >= 0);
            """)
        .mentions(
            "constraint-scans-table",
            "ACCESS EXCLUSIVE on `orders` makes reads and writes wait.",
            "CHECK (total >= 0) NOT VALID;");
  }

  @Test
  void findsAForeignKey() {
    given(shop()).migration("""
            ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers; -- FIND constraint-scans-table
            """).finds();
  }

  @Test
  void findsACheckOnANewColumn() {
    given(shop()).migration("""
            ALTER TABLE orders ADD COLUMN weight int NOT NULL DEFAULT 1 CHECK (weight > 0); -- FIND constraint-scans-table
            """).finds();
  }

  @Test
  void findsAReferenceWithADefault() {
    given(shop()).migration("""
            ALTER TABLE orders ADD COLUMN buyer bigint DEFAULT 1 REFERENCES customers (id); -- FIND constraint-scans-table
            """).finds();
  }

  @Test
  void goesPartitionByPartitionBeforePostgres18() {
    given(shop())
        .migration("""
            ALTER TABLE visits ADD CONSTRAINT visits_customer FOREIGN KEY (id) REFERENCES customers (id);
            """)
        .mentions(
            "constraint-scans-table",
            "ALTER TABLE visits_1 ADD CONSTRAINT visits_customer FOREIGN KEY (id) REFERENCES customers (id) NOT VALID;",
            "ALTER TABLE visits ADD CONSTRAINT visits_customer FOREIGN KEY (id) REFERENCES customers (id);");
  }

  @Test
  void isQuietWithNotValid() {
    given(shop()).migration("""
            ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;
            """).isQuiet();
  }

  @Test
  void isQuietWhenItIsValidatedLater() {
    given(shop()).migration("""
            ALTER TABLE orders ADD CONSTRAINT positive CHECK (total >= 0) NOT VALID;
            ALTER TABLE orders VALIDATE CONSTRAINT positive;
            """).isQuiet();
  }

  @Test
  void isQuietAboutAReferenceWithoutAValue() {
    given(shop()).migration("""
            ALTER TABLE orders ADD COLUMN buyer bigint REFERENCES customers (id);
            """).isQuiet();
  }

  @Test
  void isQuietWhenTheReferencingTableIsNew() {
    given(shop()).migration("""
            CREATE TABLE parcels (id bigint, order_id bigint REFERENCES orders);
            ALTER TABLE parcels ADD CHECK (id > 0);
            """).isQuiet();
  }

  @Test
  void isQuietOnASmallIdleTable() {
    given(shop()).migration("""
            ALTER TABLE countries ADD CHECK (name <> '');
            """).isQuiet();
  }

  @Test
  void takesAnUnknownTableForALargeOne() {
    given(shop()).migration("""
            ALTER TABLE parcels ADD CHECK (weight > 0); -- FIND constraint-scans-table
            """).finds();
  }
}
