package dev.plimsoll.rules;

import static dev.plimsoll.rules.Shop.shop;
import static dev.plimsoll.testing.Given.given;

import org.junit.jupiter.api.Test;

class RenameBreaksRunningCodeTest {

  @Test
  void saysWhatItsReaderNeeds() {
    given(shop()).migration("""
            ALTER TABLE orders RENAME TO purchases;
            """).says("rename-breaks-running-code", """
            BLOCKING rename-breaks-running-code [orders:HUGE]
            Code that uses the name `orders` fails from here on.
            `orders` has about 200 million rows (84 GB) and takes about 1,200 writes and 3,400 reads a second. The rename itself takes a moment.
            Why: The old version of the application uses the old name, the new version the new one. Whichever of them runs at the moment of the rename or after it, one of them fails.
            Instead: Keep the old name as a view in the same transaction; simple views take reads and writes:
            - Rename, and leave a view under the old name
                ALTER TABLE orders RENAME TO purchases;
                CREATE VIEW orders AS SELECT * FROM purchases;
            - A version that uses `purchases` is live everywhere.
            - Drop the view
                DROP VIEW orders;
            """);
  }

  @Test
  void findsATable() {
    given(shop()).migration("""
            ALTER TABLE orders RENAME TO purchases; -- FIND rename-breaks-running-code
            """).finds();
  }

  @Test
  void findsAColumn() {
    given(shop()).migration("""
            ALTER TABLE orders RENAME COLUMN total TO amount; -- FIND rename-breaks-running-code
            """).finds();
  }

  @Test
  void offersBothColumnsForAWhile() {
    given(shop())
        .migration("""
            ALTER TABLE orders RENAME COLUMN number TO code;
            """)
        .mentions(
            "rename-breaks-running-code",
            "ALTER TABLE orders ADD COLUMN code character varying(20);",
            "UPDATE orders SET code = number");
  }

  @Test
  void isOnlyAdviceOnASmallIdleTable() {
    given(shop()).migration("""
            ALTER TABLE countries RENAME COLUMN name TO title; -- FIND advice:rename-breaks-running-code
            """).finds();
  }

  @Test
  void isQuietWhenAViewTakesTheNameOver() {
    given(shop()).migration("""
            BEGIN;
            ALTER TABLE orders RENAME TO purchases;
            CREATE VIEW orders AS SELECT * FROM purchases;
            COMMIT;
            """).isQuiet();
  }

  @Test
  void isNotQuietWhenTheViewComesInAnotherTransaction() {
    given(shop()).migration("""
            ALTER TABLE orders RENAME TO purchases; -- FIND rename-breaks-running-code
            CREATE VIEW orders AS SELECT * FROM purchases;
            """).finds();
  }

  @Test
  void isQuietWhenAnotherColumnTakesTheNameOver() {
    given(shop()).migration("""
            ALTER TABLE orders ADD COLUMN total_new bigint;
            BEGIN;
            ALTER TABLE orders RENAME COLUMN total TO total_old;
            ALTER TABLE orders RENAME COLUMN total_new TO total;
            COMMIT;
            """).isQuiet();
  }

  @Test
  void isQuietAboutConstraintsAndIndexes() {
    given(shop()).migration("""
            ALTER TABLE orders RENAME CONSTRAINT orders_pkey TO orders_key;
            ALTER INDEX orders_placed_at_idx RENAME TO orders_by_date;
            """).isQuiet();
  }

  @Test
  void isQuietOnATableThatThisDeploymentMakes() {
    given(shop()).migration("""
            CREATE TABLE parcels (code text);
            ALTER TABLE parcels RENAME TO shipments;
            """).isQuiet();
  }
}
