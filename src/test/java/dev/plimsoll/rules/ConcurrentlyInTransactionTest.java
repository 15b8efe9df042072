package dev.plimsoll.rules;

import static dev.plimsoll.rules.Shop.shop;
import static dev.plimsoll.testing.Given.given;

import org.junit.jupiter.api.Test;

class ConcurrentlyInTransactionTest {

  @Test
  void saysWhatItsReaderNeeds() {
    given(shop())
        .file("db/migrations/20260101_status.sql", "-- migrate:up\n" + """
            ALTER TABLE orders ADD COLUMN status text;
            CREATE INDEX CONCURRENTLY orders_status_idx ON orders (status);
            """ + "-- migrate:down\n")
        .says("concurrently-in-transaction", """
            BLOCKING concurrently-in-transaction [orders:HUGE]
            This statement fails: it runs inside of a transaction.
            PostgreSQL refuses it with 25001: CREATE INDEX CONCURRENTLY cannot run inside a transaction block. The whole migration runs in one transaction.
            Why: The CONCURRENTLY forms commit several times while they work, so they cannot be part of a transaction. Most migration tools open one for each migration.
            Instead: Take it out of the transaction. Give it a migration of its own that begins with `-- migrate:up transaction:false`.
            - By itself, outside of a transaction (outside of a transaction)
                CREATE INDEX CONCURRENTLY orders_status_idx ON orders (status);
            """);
  }

  @Test
  void findsItBetweenBeginAndCommit() {
    given(shop()).migration("""
            BEGIN;
            CREATE INDEX CONCURRENTLY ON orders (total); -- FIND concurrently-in-transaction
            COMMIT;
            """).finds();
  }

  @Test
  void findsItForDropIndexToo() {
    given(shop()).migration("""
            BEGIN;
            DROP INDEX CONCURRENTLY orders_placed_at_idx; -- FIND concurrently-in-transaction
            COMMIT;
            """).finds();
  }

  @Test
  void findsItInAQueryOfSeveralStatements() {
    given(shop()).file("migrations/3_index.up.sql", """
            CREATE TABLE parcels (id bigint);
            CREATE INDEX CONCURRENTLY ON orders (total); -- FIND concurrently-in-transaction
            """).finds();
  }

  @Test
  void findsItEvenOnATableThatThisDeploymentMakes() {
    given(shop()).migration("""
            BEGIN;
            CREATE TABLE parcels (code text);
            CREATE INDEX CONCURRENTLY ON parcels (code); -- FIND concurrently-in-transaction
            COMMIT;
            """).finds();
  }

  @Test
  void offersAPlainIndexWhereNobodyWaits() {
    given(shop())
        .migration("""
            BEGIN;
            CREATE TABLE parcels (code text);
            CREATE INDEX CONCURRENTLY ON parcels (code);
            COMMIT;
            """)
        .mentions("concurrently-in-transaction", "Instead: CREATE INDEX ON parcels (code)");
  }

  @Test
  void isQuietOutsideOfATransaction() {
    given(shop()).migration("""
            CREATE INDEX CONCURRENTLY ON orders (total);
            """).isQuiet();
  }

  @Test
  void isQuietWhereFlywayLeavesTheTransactionByItself() {
    given(shop()).flyway("""
            CREATE INDEX CONCURRENTLY ON orders (total);
            """).isQuiet();
  }

  @Test
  void isQuietAfterCommit() {
    given(shop()).migration("""
            BEGIN;
            CREATE TABLE parcels (code text);
            COMMIT;
            CREATE INDEX CONCURRENTLY ON orders (total);
            """).isQuiet();
  }
}
