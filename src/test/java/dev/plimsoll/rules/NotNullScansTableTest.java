package dev.plimsoll.rules;

import static dev.plimsoll.rules.Shop.shop;
import static dev.plimsoll.testing.Facts.nulls;
import static dev.plimsoll.testing.Given.given;

import org.junit.jupiter.api.Test;

class NotNullScansTableTest {

  @Test
  void saysWhatItsReaderNeeds() {
    given(shop().table("orders", nulls("note", 0)))
        .migration("""
            ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
            """)
        .says("not-null-scans-table", """
            BLOCKING not-null-scans-table [orders:HUGE]
            Checking `orders` for nulls blocks reads and writes for 2 to 7 min.
            PostgreSQL reads every row of `orders` to see that `note` has a value.
            `orders` has about 200 million rows (84 GB) and takes about 1,200 writes and 3,400 reads a second.
            ACCESS EXCLUSIVE on `orders` makes reads and writes wait. That lasts 2 to 7 min: scan of 84 GB at 200-800 MB/s. About 1,200 writes and 3,400 reads a second would wait.
            Why: PostgreSQL must see that no row lacks a value. It skips the scan only when a valid CHECK (column IS NOT NULL) says so already.
            Instead: Check the rows while reads and writes go on:
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
  void findsTheScan() {
    given(shop().table("orders", nulls("note", 0))).migration("""
            ALTER TABLE orders ALTER COLUMN note SET NOT NULL; -- FIND not-null-scans-table
            """).finds();
  }

  @Test
  void findsItWhenTheCheckIsNotValidYet() {
    given(shop().table("orders", nulls("note", 0))).migration("""
            ALTER TABLE orders ADD CONSTRAINT noted CHECK (note IS NOT NULL) NOT VALID;
            ALTER TABLE orders ALTER COLUMN note SET NOT NULL; -- FIND not-null-scans-table
            """).finds();
  }

  @Test
  void findsItWhenTheCheckGoesInTheSameCommand() {
    given(shop()
            .table("orders", nulls("note", 0))
            .sql("ALTER TABLE orders ADD CONSTRAINT noted CHECK (note IS NOT NULL)"))
        .migration("""
            ALTER TABLE orders DROP CONSTRAINT noted, ALTER COLUMN note SET NOT NULL; -- FIND not-null-scans-table
            """)
        .finds();
  }

  @Test
  void findsANotNullConstraintOfPostgres18() {
    given(shop().version(18).table("orders", nulls("note", 0))).migration("""
            ALTER TABLE orders ADD CONSTRAINT noted NOT NULL note; -- FIND not-null-scans-table
            """).finds();
  }

  @Test
  void isQuietWhenAValidCheckProvesIt() {
    given(shop()
            .table("orders", nulls("note", 0))
            .sql("ALTER TABLE orders ADD CONSTRAINT noted CHECK (note IS NOT NULL)"))
        .migration("""
            ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
            """)
        .isQuiet();
  }

  @Test
  void isQuietWhenTheStepsAreTaken() {
    given(shop().table("orders", nulls("note", 0))).migration("""
            ALTER TABLE orders ADD CONSTRAINT noted CHECK (note IS NOT NULL) NOT VALID;
            ALTER TABLE orders VALIDATE CONSTRAINT noted;
            ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
            ALTER TABLE orders DROP CONSTRAINT noted;
            """).isQuiet();
  }

  @Test
  void isQuietWhenTheColumnIsNotNullAlready() {
    given(shop()).migration("""
            ALTER TABLE orders ALTER COLUMN number SET NOT NULL;
            """).isQuiet();
  }

  @Test
  void isQuietOnASmallIdleTable() {
    given(shop()).migration("""
            ALTER TABLE countries ALTER COLUMN name SET NOT NULL;
            """).isQuiet();
  }

  @Test
  void isQuietOnATableThatThisDeploymentMakes() {
    given(shop()).migration("""
            CREATE TABLE parcels (weight int);
            ALTER TABLE parcels ALTER COLUMN weight SET NOT NULL;
            """).isQuiet();
  }
}
