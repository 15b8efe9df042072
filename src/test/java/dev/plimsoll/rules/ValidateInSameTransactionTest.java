package dev.plimsoll.rules;

import static dev.plimsoll.rules.Shop.shop;
import static dev.plimsoll.testing.Given.given;

import org.junit.jupiter.api.Test;

class ValidateInSameTransactionTest {

  @Test
  void saysWhatItsReaderNeeds() {
    given(shop()).flyway("""
            ALTER TABLE orders ADD CONSTRAINT positive CHECK (total >= 0) NOT VALID;
            ALTER TABLE orders VALIDATE CONSTRAINT positive;
            """).says("validate-in-same-transaction", """
            BLOCKING validate-in-same-transaction [orders:HUGE]
            Validating `positive` in this transaction blocks reads and writes for 2 to 7 min.
            VALIDATE CONSTRAINT reads every row of `orders`. In a transaction of its own that blocks nobody; here the statement in line 1 holds a stronger lock until the end.
            `orders` has about 200 million rows (84 GB) and takes about 1,200 writes and 3,400 reads a second.
            ACCESS EXCLUSIVE on `orders` makes reads and writes wait. That lasts 2 to 7 min: scan of 84 GB at 200-800 MB/s. About 1,200 writes and 3,400 reads a second would wait.
            Why: Locks are held until the transaction ends. VALIDATE by itself blocks neither reads nor writes, but the lock that an earlier statement of the transaction took does.
            Instead: Move it to the next migration, which has a transaction of its own:
            - Check the rows that exist; reads and writes go on
                ALTER TABLE orders VALIDATE CONSTRAINT positive;
            """);
  }

  @Test
  void findsItInAMigrationThatIsOneTransaction() {
    given(shop()).flyway("""
            ALTER TABLE orders ADD CONSTRAINT positive CHECK (total >= 0) NOT VALID;
            ALTER TABLE orders VALIDATE CONSTRAINT positive; -- FIND validate-in-same-transaction
            """).finds();
  }

  @Test
  void findsItBetweenBeginAndCommit() {
    given(shop()).migration("""
            BEGIN;
            ALTER TABLE orders ADD CONSTRAINT buyer FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;
            ALTER TABLE orders VALIDATE CONSTRAINT buyer; -- FIND validate-in-same-transaction
            COMMIT;
            """).finds();
  }

  @Test
  void namesBothTablesOfAForeignKey() {
    given(shop())
        .migration("""
            BEGIN;
            ALTER TABLE orders ADD CONSTRAINT buyer FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;
            ALTER TABLE orders VALIDATE CONSTRAINT buyer;
            COMMIT;
            """)
        .mentions(
            "validate-in-same-transaction",
            "the statement in line 2 holds a stronger lock",
            "SHARE ROW EXCLUSIVE on `orders` and `customers` makes writes wait");
  }

  @Test
  void isQuietInATransactionOfItsOwn() {
    given(shop()).migration("""
            BEGIN;
            ALTER TABLE orders ADD CONSTRAINT positive CHECK (total >= 0) NOT VALID;
            COMMIT;
            ALTER TABLE orders VALIDATE CONSTRAINT positive;
            """).isQuiet();
  }

  @Test
  void isQuietOnASmallIdleTable() {
    given(shop()).flyway("""
            ALTER TABLE countries ADD CONSTRAINT named CHECK (name <> '') NOT VALID;
            ALTER TABLE countries VALIDATE CONSTRAINT named;
            """).isQuiet();
  }

  @Test
  void isQuietInTheNextMigration() {
    given(shop())
        .flyway("ALTER TABLE orders ADD CONSTRAINT positive CHECK (total >= 0) NOT VALID;")
        .flyway("ALTER TABLE orders VALIDATE CONSTRAINT positive;")
        .isQuiet();
  }
}
