package dev.plimsoll.rules;

import static dev.plimsoll.rules.Shop.shop;
import static dev.plimsoll.testing.Given.given;

import org.junit.jupiter.api.Test;

class ConstraintBuildsIndexTest {

  @Test
  void saysWhatItsReaderNeeds() {
    given(shop()).migration("""
            ALTER TABLE orders ADD CONSTRAINT orders_number_key UNIQUE (number);
            """).says("constraint-builds-index", """
            BLOCKING constraint-builds-index [orders:HUGE]
            Building the index of UNIQUE blocks reads and writes on `orders` for 4 to 15 min.
            `orders` has about 200 million rows (84 GB) and takes about 1,200 writes and 3,400 reads a second.
            ACCESS EXCLUSIVE on `orders` makes reads and writes wait. That lasts 4 to 15 min: scan of 84 GB and sort of 200 million entries. About 1,200 writes and 3,400 reads a second would wait.
            Why: A constraint that needs an index builds it under the lock of ALTER TABLE, which blocks reads too. CREATE UNIQUE INDEX CONCURRENTLY builds the same index beside the traffic, and USING INDEX then takes it over at once.
            Instead: Build the index first, beside the traffic, then make it the constraint's.
            - Build the index; reads and writes go on (outside of a transaction)
                CREATE UNIQUE INDEX CONCURRENTLY orders_number_key ON orders (number);
            - Make the index the constraint's
                ALTER TABLE orders ADD CONSTRAINT orders_number_key UNIQUE USING INDEX orders_number_key;
            """);
  }

  @Test
  void findsUnique() {
    given(shop()).migration("""
            ALTER TABLE orders ADD UNIQUE (number); -- FIND constraint-builds-index
            """).finds();
  }

  @Test
  void findsAPrimaryKey() {
    given(shop()).migration("""
            ALTER TABLE events ADD PRIMARY KEY (n); -- FIND constraint-builds-index
            """).finds();
  }

  @Test
  void makesColumnsOfAPrimaryKeyNotNullWithoutAScan() {
    given(shop())
        .migration("""
            ALTER TABLE events ADD PRIMARY KEY (shop, n);
            """)
        .mentions(
            "constraint-builds-index",
            "ALTER TABLE events ADD CONSTRAINT events_shop_not_null CHECK (shop IS NOT NULL) NOT VALID;",
            "ALTER TABLE events ADD CONSTRAINT events_pkey PRIMARY KEY USING INDEX events_pkey;");
  }

  @Test
  void findsUniqueOnANewColumn() {
    given(shop()).migration("""
            ALTER TABLE orders ADD COLUMN ref text UNIQUE; -- FIND constraint-builds-index
            """).finds();
  }

  @Test
  void saysThatExcludeHasNoOtherForm() {
    given(shop())
        .migration("""
            ALTER TABLE orders ADD CONSTRAINT once EXCLUDE USING gist (placed_at WITH =);
            """)
        .mentions(
            "constraint-builds-index",
            "EXCLUDE has no form that builds its index beside the traffic");
  }

  @Test
  void tellsHowToLeaveFlywaysTransaction() {
    given(shop())
        .flyway("""
            ALTER TABLE orders ADD UNIQUE (number);
            """)
        .mentions("constraint-builds-index", "Flyway sees that it cannot run in a transaction");
  }

  @Test
  void isQuietWithUsingIndex() {
    given(shop()).migration("""
            CREATE UNIQUE INDEX CONCURRENTLY orders_number_key ON orders (number);
            ALTER TABLE orders ADD CONSTRAINT orders_number_key UNIQUE USING INDEX orders_number_key;
            """).isQuiet();
  }

  @Test
  void isQuietOnASmallIdleTable() {
    given(shop()).migration("""
            ALTER TABLE countries ADD UNIQUE (name);
            """).isQuiet();
  }

  @Test
  void isQuietOnATableThatThisDeploymentMakes() {
    given(shop()).migration("""
            CREATE TABLE parcels (code text);
            ALTER TABLE parcels ADD UNIQUE (code);
            """).isQuiet();
  }

  @Test
  void isOnlyAdviceWhereNobodyWaits() {
    given(shop()).migration("""
            ALTER TABLE archived_orders ADD UNIQUE (number); -- FIND advice:constraint-builds-index
            """).finds();
  }
}
