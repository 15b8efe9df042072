package dev.plimsoll.rules;

import static dev.plimsoll.rules.Shop.shop;
import static dev.plimsoll.testing.Given.given;

import org.junit.jupiter.api.Test;

class ColumnDroppedWhileInUseTest {

  @Test
  void saysWhatItsReaderNeeds() {
    given(shop()).migration("""
            ALTER TABLE orders DROP COLUMN placed_at;
            """).says("column-dropped-while-in-use", """
            BLOCKING column-dropped-while-in-use [orders:HUGE]
            Code that still names `placed_at` of `orders` fails from here on.
            `orders` has about 200 million rows (84 GB) and takes about 1,200 writes and 3,400 reads a second. The command itself is a matter of a moment, whatever the size; but the values of `placed_at` cannot be had back.
            With the column go, without being named: index orders_placed_at_idx.
            Why: During a deployment the old version still runs. Its statements name the column, often by listing all columns, and fail from this moment on.
            Instead: Take the column out of the code first:
            - A version that neither reads nor writes `placed_at` is live everywhere.
            - Drop the column
                ALTER TABLE orders DROP COLUMN placed_at;
            """);
  }

  @Test
  void findsADroppedColumn() {
    given(shop()).migration("""
            ALTER TABLE orders DROP COLUMN note; -- FIND column-dropped-while-in-use
            """).finds();
  }

  @Test
  void letsGoOfNotNullFirst() {
    given(shop())
        .migration("""
            ALTER TABLE orders DROP COLUMN number;
            """)
        .mentions(
            "column-dropped-while-in-use", "ALTER TABLE orders ALTER COLUMN number DROP NOT NULL;");
  }

  @Test
  void isOnlyAdviceWhereNobodyReadsOrWrites() {
    given(shop()).migration("""
            ALTER TABLE archived_orders DROP COLUMN total; -- FIND advice:column-dropped-while-in-use
            """).finds();
  }

  @Test
  void isOnlyAdviceOnASmallIdleTable() {
    given(shop()).migration("""
            ALTER TABLE countries DROP COLUMN name; -- FIND advice:column-dropped-while-in-use
            """).finds();
  }

  @Test
  void takesAnUnknownTableForOneInUse() {
    given(shop()).migration("""
            ALTER TABLE parcels DROP COLUMN weight; -- FIND column-dropped-while-in-use
            """).finds();
  }

  @Test
  void isQuietAboutAColumnThatThisDeploymentAdds() {
    given(shop()).migration("""
            ALTER TABLE orders ADD COLUMN draft text;
            ALTER TABLE orders DROP COLUMN draft;
            """).isQuiet();
  }

  @Test
  void isQuietOnATableThatThisDeploymentMakes() {
    given(shop()).migration("""
            CREATE TABLE parcels (code text, weight int);
            ALTER TABLE parcels DROP COLUMN weight;
            """).isQuiet();
  }
}
