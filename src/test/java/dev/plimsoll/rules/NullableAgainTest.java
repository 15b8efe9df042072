package dev.plimsoll.rules;

import static dev.plimsoll.rules.Shop.shop;
import static dev.plimsoll.testing.Given.given;

import org.junit.jupiter.api.Test;

class NullableAgainTest {

  @Test
  void saysWhatItsReaderNeeds() {
    given(shop()).migration("""
            ALTER TABLE orders ALTER COLUMN number DROP NOT NULL;
            """).says("nullable-again", """
            ADVICE nullable-again [orders:HUGE]
            Code that reads `number` of `orders` must be ready for NULL before this runs.
            The command takes a moment. `orders` has about 200 million rows (84 GB) and takes about 1,200 writes and 3,400 reads a second. From here on any of its rows may lack the value.
            Why: Code that reads the column was written when every row had a value. The way back, SET NOT NULL, fails as soon as there is one null.
            """);
  }

  @Test
  void findsIt() {
    given(shop()).migration("""
            ALTER TABLE customers ALTER COLUMN email DROP NOT NULL; -- FIND advice:nullable-again
            """).finds();
  }

  @Test
  void isQuietWhenTheColumnHasNoNotNull() {
    given(shop()).migration("""
            ALTER TABLE orders ALTER COLUMN note DROP NOT NULL;
            """).isQuiet();
  }

  @Test
  void isQuietOnASmallIdleTable() {
    given(shop().sql("ALTER TABLE countries ADD COLUMN zone text NOT NULL DEFAULT ''"))
        .migration("""
            ALTER TABLE countries ALTER COLUMN zone DROP NOT NULL;
            """)
        .isQuiet();
  }

  @Test
  void leavesAColumnThatGoesAnywayToItsOwnRule() {
    given(shop()).migration("""
            ALTER TABLE orders ALTER COLUMN number DROP NOT NULL;
            ALTER TABLE orders DROP COLUMN number; -- FIND column-dropped-while-in-use
            """).finds();
  }
}
