package dev.plimsoll.rules;

import static dev.plimsoll.rules.Shop.shop;
import static dev.plimsoll.testing.Given.given;

import org.junit.jupiter.api.Test;

class StatementFailsTest {

  @Test
  void saysWhatItsReaderNeeds() {
    given(shop()).migration("""
            ALTER TABLE visits ADD FOREIGN KEY (id) REFERENCES customers (id) NOT VALID;
            """).says("statement-fails", """
            BLOCKING statement-fails [visits:HUGE, customers:LARGE]
            PostgreSQL 17 refuses this statement.
            It fails with 42809: a NOT VALID foreign key cannot be added to a partitioned table before PostgreSQL 18.
            Why: The server checks what a statement may do before it looks at a single row. The deployment stops here, half done if earlier statements were committed.
            Instead: The partitions take it one by one; the parent then takes theirs over without looking at a row.
            - For new and changed rows of a partition
                ALTER TABLE visits_1 ADD CONSTRAINT visits_id_fkey FOREIGN KEY (id) REFERENCES customers (id) NOT VALID;
            - Check its rows; reads and writes go on
                ALTER TABLE visits_1 VALIDATE CONSTRAINT visits_id_fkey;
            - For new and changed rows of a partition
                ALTER TABLE visits_2 ADD CONSTRAINT visits_id_fkey FOREIGN KEY (id) REFERENCES customers (id) NOT VALID;
            - Check its rows; reads and writes go on
                ALTER TABLE visits_2 VALIDATE CONSTRAINT visits_id_fkey;
            - For the whole table
                ALTER TABLE visits ADD CONSTRAINT visits_id_fkey FOREIGN KEY (id) REFERENCES customers (id);
            """);
  }

  @Test
  void findsWhatTheServerRefuses() {
    given(shop()).migration("""
            ALTER TABLE visits ADD FOREIGN KEY (id) REFERENCES customers (id) NOT VALID; -- FIND statement-fails
            """).finds();
  }

  @Test
  void findsAPrimaryKeyThatIsThereAlready() {
    given(shop()).migration("""
            ALTER TABLE orders ADD PRIMARY KEY (number); -- FIND statement-fails
            """).finds();
  }

  @Test
  void isOnlyAdviceWhereTheCatalogMayBeOld() {
    given(shop()).migration("""
            ALTER TABLE orders ALTER COLUMN colour SET DEFAULT 1; -- FIND advice:statement-fails
            """).finds();
  }

  @Test
  void standsOnTheCommandThatFails() {
    given(shop()).migration("""
            ALTER TABLE orders
              ADD COLUMN colour text,
              ADD COLUMN id bigint; -- FIND advice:statement-fails
            """).finds();
  }

  @Test
  void leavesOtherRulesTheirFailures() {
    given(shop()).migration("""
            ALTER TABLE orders ADD COLUMN status text NOT NULL; -- FIND required-column-without-default
            """).finds();
  }

  @Test
  void isQuietAboutTheSameOnPostgres18() {
    given(shop().version(18)).migration("""
            ALTER TABLE visits ADD FOREIGN KEY (id) REFERENCES customers (id) NOT VALID;
            """).isQuiet();
  }

  @Test
  void isQuietAboutWhatGoesThrough() {
    given(shop()).migration("""
            ALTER TABLE orders ADD COLUMN IF NOT EXISTS id bigint;
            """).isQuiet();
  }
}
