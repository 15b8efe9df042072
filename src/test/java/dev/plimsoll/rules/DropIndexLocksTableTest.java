package dev.plimsoll.rules;

import static dev.plimsoll.rules.Shop.shop;
import static dev.plimsoll.testing.Given.given;

import org.junit.jupiter.api.Test;

class DropIndexLocksTableTest {

  @Test
  void saysWhatItsReaderNeeds() {
    given(shop().setting("lock_timeout", "0")).migration("""
            DROP INDEX orders_placed_at_idx;
            """).says("drop-index-locks-table", """
            ADVICE drop-index-locks-table [orders:HUGE]
            While this waits for its lock, everything that wants `orders` waits behind it.
            `orders` has about 200 million rows (84 GB) and takes about 1,200 writes and 3,400 reads a second.
            One query that runs for ten minutes makes DROP INDEX wait as long, and all reads and writes behind it.
            Why: DROP INDEX is quick once it has its lock. Until then everything that wants the table queues behind it.
            Instead: DROP INDEX CONCURRENTLY orders_placed_at_idx
            It waits without holding anybody up.
            """);
  }

  @Test
  void findsItWithoutALimitForTheWait() {
    given(shop().setting("lock_timeout", "0")).migration("""
            DROP INDEX orders_placed_at_idx; -- FIND advice:drop-index-locks-table
            """).finds();
  }

  @Test
  void isQuietWithALimitForTheWait() {
    given(shop()).migration("""
            DROP INDEX orders_placed_at_idx;
            """).isQuiet();
  }

  @Test
  void isQuietWithConcurrently() {
    given(shop().setting("lock_timeout", "0")).migration("""
            DROP INDEX CONCURRENTLY orders_placed_at_idx;
            """).isQuiet();
  }

  @Test
  void isQuietAboutAnIndexThatThisDeploymentMakes() {
    given(shop().setting("lock_timeout", "0")).migration("""
            CREATE TABLE parcels (code text);
            CREATE INDEX parcels_code ON parcels (code);
            DROP INDEX parcels_code;
            """).isQuiet();
  }

  @Test
  void isQuietOnASmallIdleTable() {
    given(shop()
            .setting("lock_timeout", "0")
            .sql("CREATE INDEX countries_name ON countries (name)"))
        .migration("""
            DROP INDEX countries_name;
            """)
        .isQuiet();
  }
}
