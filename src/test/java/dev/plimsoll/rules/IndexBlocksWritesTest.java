package dev.plimsoll.rules;

import static dev.plimsoll.rules.Shop.shop;
import static dev.plimsoll.testing.Given.given;

import org.junit.jupiter.api.Test;

class IndexBlocksWritesTest {

  @Test
  void saysWhatItsReaderNeeds() {
    given(shop()).migration("""
            CREATE INDEX orders_customer_idx ON orders (customer_id);
            """).says("index-blocks-writes", """
            BLOCKING index-blocks-writes [orders:HUGE]
            Building this index blocks writes to `orders` for 4 to 15 min.
            `orders` has about 200 million rows (84 GB) and takes about 1,200 writes and 3,400 reads a second.
            SHARE on `orders` makes writes wait; reads go on. That lasts 4 to 15 min: scan of 84 GB and sort of 200 million entries. About 1,200 writes a second would wait.
            Why: CREATE INDEX locks out writers so that it can read the table once. CONCURRENTLY reads it twice instead and lets them go on.
            Instead: CREATE INDEX CONCURRENTLY orders_customer_idx ON orders (customer_id)
            If it fails it leaves an INVALID index behind, which must be dropped before it is tried again.
            """);
  }

  @Test
  void findsAnIndex() {
    given(shop()).migration("""
            CREATE INDEX ON orders (customer_id); -- FIND index-blocks-writes
            """).finds();
  }

  @Test
  void keepsAllThatTheAuthorWrote() {
    given(shop())
        .migration("""
            CREATE UNIQUE INDEX IF NOT EXISTS "By Number" ON public.orders USING btree (number DESC, total) INCLUDE (note) WHERE total > 0;
            """)
        .mentions(
            "index-blocks-writes",
            "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS \"By Number\" ON public.orders USING btree (number DESC, total) INCLUDE (note) WHERE total > 0");
  }

  @Test
  void replacesTheStatementInAFlywayMigrationOfItsOwn() {
    given(shop())
        .flyway("""
            CREATE INDEX ON orders (customer_id);
            """)
        .mentions(
            "index-blocks-writes",
            "Instead: CREATE INDEX CONCURRENTLY ON orders (customer_id)",
            "`executeInTransaction=false` in `V1__change.sql.conf`");
  }

  @Test
  void takesItOutOfAMigrationWithOtherStatements() {
    given(shop())
        .flyway("""
            CREATE TABLE parcels (id bigint);
            CREATE INDEX ON orders (customer_id);
            """)
        .mentions(
            "index-blocks-writes",
            "cannot run in a transaction with other statements",
            "(outside of a transaction)\n    CREATE INDEX CONCURRENTLY ON orders (customer_id);");
  }

  @Test
  void knowsTheWaysOutOfTheOtherFormats() {
    given(shop())
        .file(
            "db/migrations/20260101_index.sql",
            "-- migrate:up\nCREATE INDEX ON orders (customer_id);\n-- migrate:down\n")
        .mentions("index-blocks-writes", "`-- migrate:up transaction:false`");
    given(shop())
        .file("migrations/3_index.up.sql", "CREATE INDEX ON orders (customer_id);")
        .mentions("index-blocks-writes", "golang-migrate sends a file as one query");
  }

  @Test
  void goesPartitionByPartition() {
    given(shop())
        .migration("""
            CREATE INDEX visits_at ON visits (at);
            """)
        .mentions(
            "index-blocks-writes",
            "CREATE INDEX visits_at ON ONLY visits (at);",
            "CREATE INDEX CONCURRENTLY visits_1_visits_at ON visits_1 (at);",
            "ALTER INDEX visits_at ATTACH PARTITION visits_1_visits_at;");
  }

  @Test
  void takesAnUnknownTableForALargeOne() {
    given(shop()).migration("""
            CREATE INDEX ON parcels (code); -- FIND index-blocks-writes
            """).finds();
  }

  @Test
  void isOnlyAdviceWhereNobodyWrites() {
    given(shop()).migration("""
            CREATE INDEX ON archived_orders (number); -- FIND advice:index-blocks-writes
            """).finds();
  }

  @Test
  void isQuietWithConcurrently() {
    given(shop()).migration("""
            CREATE INDEX CONCURRENTLY ON orders (customer_id);
            """).isQuiet();
  }

  @Test
  void isQuietOnASmallIdleTable() {
    given(shop()).migration("""
            CREATE INDEX ON countries (name);
            """).isQuiet();
  }

  @Test
  void isQuietOnATableThatThisDeploymentMakes() {
    given(shop()).migration("""
            CREATE TABLE parcels (code text);
            CREATE INDEX ON parcels (code);
            """).isQuiet();
  }
}
