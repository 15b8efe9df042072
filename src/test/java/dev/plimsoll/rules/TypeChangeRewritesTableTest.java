package dev.plimsoll.rules;

import static dev.plimsoll.rules.Shop.shop;
import static dev.plimsoll.testing.Given.given;

import org.junit.jupiter.api.Test;

class TypeChangeRewritesTableTest {

  @Test
  void saysWhatItsReaderNeeds() {
    given(shop()).migration("""
            ALTER TABLE orders ALTER COLUMN total TYPE bigint;
            """).says("type-change-rewrites-table", """
            BLOCKING type-change-rewrites-table [orders:HUGE]
            Writing `orders` anew blocks reads and writes for 14 to 39 min.
            PostgreSQL writes every row and every index of `orders` anew: each integer is converted to bigint.
            `orders` has about 200 million rows (84 GB) and takes about 1,200 writes and 3,400 reads a second.
            ACCESS EXCLUSIVE on `orders` makes reads and writes wait. That lasts 14 to 39 min: rewrite of 84 GB at 60-160 MB/s and 2 indexes built again. About 1,200 writes and 3,400 reads a second would wait.
            Why: Where the stored bytes differ between the two types, every row and every index is written anew. Where they do not, as from varchar(50) to varchar(100) or text, only the catalog changes.
            Instead: Let a column of the new type take over while reads and writes go on:
            - Add a column of the new type and keep it equal
                ALTER TABLE orders ADD COLUMN total_new bigint;
                CREATE FUNCTION orders_total_succession() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  NEW.total_new := NEW.total::bigint;
                  RETURN NEW;
                END
                $$;
                CREATE TRIGGER orders_total_succession BEFORE INSERT OR UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION orders_total_succession();
            - Fill the rows that exist, in batches (outside of a transaction)
                DO $$
                DECLARE
                  batch_start orders.id%TYPE;
                  batch_end orders.id%TYPE;
                BEGIN
                  SELECT id INTO batch_start FROM orders ORDER BY id LIMIT 1;
                  WHILE batch_start IS NOT NULL LOOP
                    SELECT batch.id INTO batch_end
                      FROM (SELECT id FROM orders WHERE id >= batch_start ORDER BY id LIMIT 10000) batch
                      ORDER BY batch.id DESC LIMIT 1;
                    UPDATE orders SET total_new = total::bigint
                      WHERE orders.id BETWEEN batch_start AND batch_end AND (total_new IS NULL AND total IS NOT NULL);
                    COMMIT;
                    SELECT id INTO batch_start FROM orders WHERE id > batch_end ORDER BY id LIMIT 1;
                  END LOOP;
                END
                $$;
            - Require a value in new rows
                ALTER TABLE orders ADD CONSTRAINT orders_total_new_not_null CHECK (total_new IS NOT NULL) NOT VALID;
            - Check the rows that exist; reads and writes go on
                ALTER TABLE orders VALIDATE CONSTRAINT orders_total_new_not_null;
            - Make the column NOT NULL: the valid CHECK spares the scan
                ALTER TABLE orders ALTER COLUMN total_new SET NOT NULL;
                ALTER TABLE orders DROP CONSTRAINT orders_total_new_not_null;
            - Let it take the old one's place
                DROP TRIGGER orders_total_succession ON orders;
                DROP FUNCTION orders_total_succession();
                ALTER TABLE orders ALTER COLUMN total DROP NOT NULL;
                ALTER TABLE orders RENAME COLUMN total TO total_old;
                ALTER TABLE orders RENAME COLUMN total_new TO total;
                ALTER TABLE orders ALTER COLUMN total SET DEFAULT 0;
            - Nothing misses the old column.
            - Drop the old column
                ALTER TABLE orders DROP COLUMN total_old;
            """);
  }

  @Test
  void findsARewrite() {
    given(shop()).migration("""
            ALTER TABLE orders ALTER COLUMN number TYPE varchar(10); -- FIND type-change-rewrites-table
            """).finds();
  }

  @Test
  void findsIndexesThatAreBuiltAnew() {
    given(shop().sql("CREATE INDEX orders_number_lower ON orders (lower(number))"))
        .migration("""
            ALTER TABLE orders ALTER COLUMN number TYPE text; -- FIND type-change-rewrites-table
            """)
        .finds();
  }

  @Test
  void namesTheIndexesThatAreBuiltAnew() {
    given(shop().sql("CREATE INDEX orders_number_lower ON orders (lower(number))"))
        .migration("""
            ALTER TABLE orders ALTER COLUMN number TYPE text;
            """)
        .mentions(
            "type-change-rewrites-table",
            "The rows stay as they are, but `orders_number_lower` must be built anew.");
  }

  @Test
  void findsAConstraintThatIsTestedAgain() {
    given(shop().sql("ALTER TABLE orders ADD CONSTRAINT numbered CHECK (number <> '')"))
        .migration("""
            ALTER TABLE orders ALTER COLUMN number TYPE text;
            """)
        .mentions(
            "type-change-rewrites-table",
            "a constraint on the column is tested again on every row");
  }

  @Test
  void carriesThePrimaryKeyOver() {
    given(shop())
        .migration("""
            ALTER TABLE orders ALTER COLUMN id TYPE numeric;
            """)
        .mentions(
            "type-change-rewrites-table",
            "CREATE UNIQUE INDEX CONCURRENTLY orders_pkey_new ON orders (id_new);",
            "ALTER TABLE orders ADD CONSTRAINT orders_pkey PRIMARY KEY USING INDEX orders_pkey_new;");
  }

  @Test
  void isQuietAboutAWiderVarchar() {
    given(shop()).migration("""
            ALTER TABLE orders ALTER COLUMN number TYPE varchar(40);
            """).isQuiet();
  }

  @Test
  void isQuietAboutVarcharToText() {
    given(shop()).migration("""
            ALTER TABLE orders ALTER COLUMN number TYPE text;
            """).isQuiet();
  }

  @Test
  void isQuietOnASmallIdleTable() {
    given(shop()).migration("""
            ALTER TABLE countries ALTER COLUMN name TYPE varchar(80);
            """).isQuiet();
  }

  @Test
  void isOnlyAdviceWhereNobodyWaits() {
    given(shop()).migration("""
            ALTER TABLE archived_orders ALTER COLUMN total TYPE bigint; -- FIND advice:type-change-rewrites-table
            """).finds();
  }

  @Test
  void takesAnUnknownTableForALargeOne() {
    given(shop()).migration("""
            ALTER TABLE parcels ALTER COLUMN weight TYPE bigint; -- FIND type-change-rewrites-table
            """).finds();
  }

  @Test
  void isQuietOnATableThatThisDeploymentMakes() {
    given(shop()).migration("""
            CREATE TABLE parcels (weight int);
            ALTER TABLE parcels ALTER COLUMN weight TYPE bigint;
            """).isQuiet();
  }
}
