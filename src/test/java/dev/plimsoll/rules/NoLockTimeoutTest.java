package dev.plimsoll.rules;

import static dev.plimsoll.rules.Shop.shop;
import static dev.plimsoll.testing.Given.given;

import org.junit.jupiter.api.Test;

class NoLockTimeoutTest {

  @Test
  void saysWhatItsReaderNeeds() {
    given(shop().setting("lock_timeout", "0")).migration("""
            ALTER TABLE orders ADD COLUMN status text;
            """).says("no-lock-timeout", """
            ADVICE no-lock-timeout [orders:HUGE]
            While this waits for its lock, everything that wants `orders` waits behind it.
            No lock_timeout is in force: it waits as long as the longest query or transaction in front of it.
            `orders` has about 200 million rows (84 GB) and takes about 1,200 writes and 3,400 reads a second.
            Why: A lock that is waited for already holds up all that conflicts with it. One long query in front of a change that takes a millisecond is enough for an outage. With lock_timeout the change gives up and can be tried again.
            Instead: Limit the wait before the first strong lock, and run the migration again if it gives up:
            - Set lock_timeout first (outside of a transaction)
                SET lock_timeout = '5s';
                ALTER TABLE orders ADD COLUMN status text;
            """);
  }

  @Test
  void findsAStrongLockWithoutALimit() {
    given(shop().setting("lock_timeout", "0")).migration("""
            ALTER TABLE orders ADD COLUMN status text; -- FIND advice:no-lock-timeout
            """).finds();
  }

  @Test
  void findsALimitThatIsTooLong() {
    given(shop()).migration("""
            SET lock_timeout = '5min';
            ALTER TABLE orders ADD COLUMN status text; -- FIND advice:no-lock-timeout
            """).finds();
  }

  @Test
  void findsALimitOfZero() {
    given(shop()).migration("""
            SET lock_timeout = 0;
            ALTER TABLE orders ADD COLUMN status text; -- FIND advice:no-lock-timeout
            """).finds();
  }

  @Test
  void findsALimitThatComesTooLate() {
    given(shop().setting("lock_timeout", "0"))
        .migration("""
            ALTER TABLE orders ADD COLUMN status text;
            SET lock_timeout = '5s';
            """)
        .mentions("no-lock-timeout", "lock_timeout is set in line 2, after this statement");
  }

  @Test
  void findsSetLocalOutsideOfATransaction() {
    given(shop().setting("lock_timeout", "0"))
        .migration("""
            SET LOCAL lock_timeout = '5s';
            ALTER TABLE orders ADD COLUMN status text;
            """)
        .mentions(
            "no-lock-timeout", "`SET LOCAL lock_timeout` has no effect outside of a transaction");
  }

  @Test
  void saysItOnceForAMigration() {
    given(shop().setting("lock_timeout", "0")).migration("""
            ALTER TABLE orders ADD COLUMN status text; -- FIND advice:no-lock-timeout
            ALTER TABLE customers ADD COLUMN status text;
            """).finds();
  }

  @Test
  void findsTheTableThatAForeignKeyRefersTo() {
    given(shop().setting("lock_timeout", "0"))
        .migration("""
            CREATE TABLE parcels (order_id bigint REFERENCES orders);
            """)
        .mentions("no-lock-timeout", "everything that wants `orders` waits behind it");
  }

  @Test
  void takesAnUnknownTableForABusyOne() {
    given(shop().setting("lock_timeout", "0")).migration("""
            ALTER TABLE parcels ADD COLUMN status text; -- FIND advice:no-lock-timeout
            """).finds();
  }

  @Test
  void isQuietWithTheServersLimit() {
    given(shop()).migration("""
            ALTER TABLE orders ADD COLUMN status text;
            """).isQuiet();
  }

  @Test
  void isQuietWithTheMigrationsOwnLimit() {
    given(shop().setting("lock_timeout", "0")).flyway("""
            SET LOCAL lock_timeout = '2s';
            ALTER TABLE orders ADD COLUMN status text;
            """).isQuiet();
  }

  @Test
  void isQuietOnASmallIdleTable() {
    given(shop().setting("lock_timeout", "0")).migration("""
            ALTER TABLE countries ADD COLUMN zone text;
            """).isQuiet();
  }

  @Test
  void isQuietAboutWeakLocks() {
    given(shop().setting("lock_timeout", "0")).migration("""
            CREATE INDEX CONCURRENTLY ON orders (total);
            """).isQuiet();
  }
}
