package dev.plimsoll.rules;

import static dev.plimsoll.rules.Shop.shop;
import static dev.plimsoll.testing.Given.given;
import org.junit.jupiter.api.Test;

class StatementFailsTest {

  @Test
  void saysWhatItsReaderNeeds() {
    given(shop())
        .migration("""
            ALTER TABLE visits ADD FOREIGN KEY (id) REFERENCES customers (id) NOT VALID;
            """)
        .says("statement-fails", """
            BLOCKING statement-fails [visits:HUGE, customers:LARGE]
            PostgreSQL 17 refuses this statement.
            It fails with 42809: a NOT VALID foreign key cannot be added to a partitioned table before PostgreSQL 18.
            """);
  }

  @Test
  void findsWhatTheServerRefuses() {
    given(shop())
        .migration("""
            ALTER TABLE visits ADD FOREIGN KEY (id) REFERENCES customers (id) NOT VALID; -- FIND statement-fails
            """)
        .finds();
  }

  @Test
  void findsAPrimaryKeyThatIsThereAlready() {
    given(shop())
        .migration("""
            ALTER TABLE orders ADD PRIMARY KEY (number); -- FIND statement-fails
            """)
        .finds();
  }

  @Test
  void isOnlyAdviceWhereTheCatalogMayBeOld() {
    given(shop())
        .migration("""
            ALTER TABLE orders ALTER COLUMN colour SET DEFAULT 1; -- FIND advice:statement-fails
            """)
        .finds();
  }

  @Test
  void standsOnTheCommandThatFails() {
    given(shop())
        .migration("""
            ALTER TABLE orders
              ADD COLUMN colour text,
              ADD COLUMN id bigint; -- FIND advice:statement-fails
            """)
        .finds();
  }

  @Test
  void leavesOtherRulesTheirFailures() {
    given(shop())
        .migration("""
            ALTER TABLE orders ADD COLUMN status text NOT NULL; -- FIND required-column-without-default
            """)
        .finds();
  }

  @Test
  void isQuietAboutTheSameOnPostgres18() {
    given(shop().version(18))
        .migration("""
            ALTER TABLE visits ADD FOREIGN KEY (id) REFERENCES customers (id) NOT VALID;
            """)
        .isQuiet();
  }

  @Test
  void isQuietAboutWhatGoesThrough() {
    given(shop())
        .migration("""
            ALTER TABLE orders ADD COLUMN IF NOT EXISTS id bigint;
            """)
        .isQuiet();
  }
}
