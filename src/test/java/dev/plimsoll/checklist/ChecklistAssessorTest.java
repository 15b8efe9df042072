package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.ChecklistItem.ALTERNATIVE;
import static dev.plimsoll.checklist.ChecklistItem.DEFAULTS;
import static dev.plimsoll.checklist.ChecklistItem.LOCK;
import static dev.plimsoll.checklist.ChecklistItem.ROLLBACK;
import static dev.plimsoll.checklist.ChecklistItem.SIZE;
import static dev.plimsoll.checklist.ChecklistItem.SNAPSHOT;
import static dev.plimsoll.checklist.ChecklistItem.WINDOW;
import static dev.plimsoll.testing.ReviewStory.shop;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.migration.SourceFile;
import dev.plimsoll.review.Review;
import dev.plimsoll.testing.ReviewStory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChecklistAssessorTest {

  private static final String UP = "db/migration/V2__change.sql";
  private static final String DOWN = "db/migration/U2__change.sql";

  private final ReviewStory story = ReviewStory.in(shop());

  @Test
  void isCalmAboutANewTable() {
    story.file(
        UP,
        "CREATE TABLE coupons (id bigint PRIMARY KEY, code text NOT NULL);\nCREATE INDEX ON coupons (code);");

    for (ChecklistItem item : ChecklistItem.values()) {
      assertThat(story.says(item)).isEqualTo("n/a: No table that exists in production is touched.");
    }
  }

  @Test
  void isCalmAboutASmallQuietTable() {
    story.file(UP, "ALTER TABLE countries ADD COLUMN continent text;");

    for (ChecklistItem item : ChecklistItem.values()) {
      assertThat(story.says(item))
          .isEqualTo("n/a: Only small, quiet tables are touched: countries.");
    }
  }

  @Test
  void isNotCalmWhenTheCatalogIsOld() {
    story
        .file(UP, "ALTER TABLE countries ADD COLUMN continent text;")
        .at(ReviewStory.NOW.plus(Duration.ofDays(40)));

    assertThat(story.says(SIZE))
        .isEqualTo("open: The catalog is older than it may be (plimsoll-catalog.json, 42 days old)."
            + " It says: countries: 249 rows, 48 kB, 0 reads/s, 0 writes/s. Is that still so?");
  }

  @Test
  void aNewTableThatReferencesALargeOneTouchesIt() {
    story.file(
        UP, "CREATE TABLE parcels (id bigint PRIMARY KEY, order_id bigint REFERENCES orders);");

    assertThat(story.says(SIZE)).startsWith("answered: orders: 200 million rows, 84 GB");
    assertThat(story.says(LOCK))
        .startsWith("answered: SHARE ROW EXCLUSIVE on orders (writes wait), under 1 s");
  }

  @Test
  void answersSizeAndLockFromTheCatalog() {
    story.file(UP, "ALTER TABLE orders ALTER COLUMN note SET NOT NULL;");

    assertThat(story.says(SIZE))
        .isEqualTo("answered: orders: 200 million rows, 84 GB, 3,400 reads/s, 1,200 writes/s"
            + " (plimsoll-catalog.json, 2 days old).");
    assertThat(story.says(LOCK))
        .matches(
            "answered: ACCESS EXCLUSIVE on orders \\(reads and writes wait\\), for .* to .* min\\.");
  }

  @Test
  void asksForASizeThatTheCatalogLacks() {
    story.file(UP, "ALTER TABLE invoices ADD COLUMN note text;");

    assertThat(story.says(SIZE))
        .isEqualTo(
            "open: Not in the catalog (plimsoll-catalog.json, 2 days old): how large is invoices in production?");
  }

  @Test
  void asksForSizesWhenThereIsNoCatalog() {
    ReviewStory blind =
        ReviewStory.withoutCatalog().file(UP, "ALTER TABLE orders ADD COLUMN note2 text;");

    assertThat(blind.says(SIZE))
        .isEqualTo(
            "open: No catalog is configured: how large is orders in production, and how busy?");
  }

  @Test
  void asksWhatAStatementDoesThatCouldNotBeAnalysed() {
    story.file(UP, "ALTER TABLE orders ADD COLUMN note2 text;\nDO $$ BEGIN PERFORM 1; END $$;");

    assertThat(story.says(LOCK))
        .startsWith("open: 1 statement could not be analysed: db/migration/V2__change.sql:2 ");
  }

  @Test
  void aFileThatCouldNotBeReadIsNeverTakenForSafe() {
    story.file(SourceFile.unreadable(UP, SourceFile.Change.ADDED, "larger than 1 MiB"));

    assertThat(story.says(LOCK))
        .isEqualTo(
            "open: 1 file could not be read: db/migration/V2__change.sql: larger than 1 MiB.");
    assertThat(story.item(SIZE)).isInstanceOf(ItemState.Open.class);
    assertThat(story.item(ROLLBACK)).isInstanceOf(ItemState.Open.class);
    assertThat(story.review().verdict().isReady()).isFalse();
  }

  @Test
  void asksToTakeTheSaferWayUntilTheFindingIsAnswered() {
    story.file(UP, "CREATE INDEX orders_note_idx ON orders (note);");

    assertThat(story.says(ALTERNATIVE))
        .isEqualTo("open: For db/migration/V2__change.sql:1 there is a safer way:"
            + " take it, or override the finding with a reason.");
    story.overrides("index-blocks-writes", "ann", "Sunday, the shop is closed");
    assertThat(story.says(ALTERNATIVE))
        .isEqualTo("answered: Declined with a reason: index-blocks-writes.");
  }

  @Test
  void aDownThatUndoesTheUpAnswersForTheWayBack() {
    story.file(UP, """
            ALTER TABLE orders ADD COLUMN status text DEFAULT 'new';
            CREATE INDEX orders_note_idx ON orders (note);
            """).file(DOWN, """
            DROP INDEX orders_note_idx;
            ALTER TABLE orders DROP COLUMN status;
            """);

    assertThat(story.says(ROLLBACK))
        .isEqualTo(
            "answered: The down of V2__change.sql undoes it: columns, indexes and constraints compared.");
  }

  @Test
  void aDownThatForgetsAnIndexDoesNot() {
    story.file(UP, """
            ALTER TABLE orders ADD COLUMN status text DEFAULT 'new';
            CREATE INDEX orders_note_idx ON orders (note);
            """).file(DOWN, "ALTER TABLE orders DROP COLUMN status;");

    assertThat(story.says(ROLLBACK))
        .isEqualTo(
            "open: V2__change.sql: leaves index orders.orders_note_idx behind. How would it be undone?");
  }

  @Test
  void aStubIsNoWayBack() {
    story
        .file(UP, "ALTER TABLE orders ADD COLUMN status text;")
        .file(DOWN, "-- nothing to do\nSELECT 1;");

    assertThat(story.says(ROLLBACK))
        .isEqualTo(
            "open: V2__change.sql: its way back in db/migration/U2__change.sql does nothing. How would it be undone?");
  }

  @Test
  void aMissingDownIsNamed() {
    story.file(UP, "ALTER TABLE orders ADD COLUMN status text;");

    assertThat(story.says(ROLLBACK))
        .isEqualTo(
            "open: V2__change.sql has no way back; U2__change.sql was expected. How would it be undone?");
  }

  @Test
  void aDroppedColumnDoesNotComeBackByAddingItAgain() {
    story
        .file(UP, "ALTER TABLE orders DROP COLUMN note;")
        .file(DOWN, "ALTER TABLE orders ADD COLUMN note text;");

    assertThat(story.says(ROLLBACK))
        .isEqualTo(
            "open: V2__change.sql: the values of orders.note are gone, even when the column is added again."
                + " How would it be undone?");
  }

  @Test
  void aTypeThatBecomesWiderCanBeTakenBackAndANarrowerOneCannot() {
    story
        .file(UP, "ALTER TABLE orders ALTER COLUMN total TYPE bigint;")
        .file(DOWN, "ALTER TABLE orders ALTER COLUMN total TYPE integer;");
    assertThat(story.item(ROLLBACK)).isInstanceOf(ItemState.Answered.class);

    story
        .file(UP, "ALTER TABLE orders ALTER COLUMN total TYPE smallint;")
        .file(DOWN, "ALTER TABLE orders ALTER COLUMN total TYPE integer;");
    assertThat(story.says(ROLLBACK))
        .contains("values of orders.total that the conversion changes do not come back");
  }

  @Test
  void aBackfillOfANewColumnGoesWithTheColumn() {
    story
        .file(UP, "ALTER TABLE orders ADD COLUMN status text;\nUPDATE orders SET status = 'old';")
        .file(DOWN, "ALTER TABLE orders DROP COLUMN status;");
    assertThat(story.item(ROLLBACK)).isInstanceOf(ItemState.Answered.class);

    story.file(UP, "UPDATE orders SET note = '';").file(DOWN, "UPDATE orders SET note = NULL;");
    assertThat(story.says(ROLLBACK))
        .contains("the values of orders that UPDATE replaces do not come back");
  }

  @Test
  void aChangeOfAnUnknownTableIsComparedAsFarAsItCanBe() {
    story
        .file(UP, "ALTER TABLE invoices ADD COLUMN note text;")
        .file(DOWN, "ALTER TABLE invoices DROP COLUMN note;");
    assertThat(story.item(ROLLBACK)).isInstanceOf(ItemState.Answered.class);

    story
        .file(UP, "ALTER TABLE invoices ALTER COLUMN note SET DEFAULT '';")
        .file(DOWN, "ALTER TABLE invoices ALTER COLUMN note DROP DEFAULT;");
    assertThat(story.says(ROLLBACK))
        .contains("is not in the catalog, so its way back cannot be compared");

    story
        .file(UP, "ALTER TABLE invoices ADD COLUMN a text, ALTER COLUMN note SET DEFAULT '';")
        .file(DOWN, "ALTER TABLE invoices DROP COLUMN a;");
    assertThat(story.says(ROLLBACK))
        .contains("is not in the catalog, so its way back cannot be compared");
  }

  @Test
  void whatIsNoTableHasToBeDroppedToo() {
    story
        .file(UP, "CREATE TYPE mood AS ENUM ('a');\nALTER TABLE orders ADD COLUMN mood mood;")
        .file(DOWN, "ALTER TABLE orders DROP COLUMN mood;");
    assertThat(story.says(ROLLBACK)).contains("type mood is not dropped");

    story.file(DOWN, "ALTER TABLE orders DROP COLUMN mood;\nDROP TYPE mood;");
    assertThat(story.item(ROLLBACK)).isInstanceOf(ItemState.Answered.class);
  }

  @Test
  void aValidationHasNothingToUndo() {
    story.file(UP, "ALTER TABLE orders VALIDATE CONSTRAINT orders_note_check;");

    assertThat(story.says(ROLLBACK)).isEqualTo("n/a: There is nothing to undo.");
  }

  @Test
  void asksAboutJustTheValueThatExistingRowsGet() {
    story.file(UP, "ALTER TABLE orders ADD COLUMN status text;");
    assertThat(story.says(DEFAULTS))
        .isEqualTo(
            "open: The 200 million existing rows of orders get status = NULL. Is that right for them?");

    story.file(UP, "ALTER TABLE orders ADD COLUMN status text NOT NULL DEFAULT 'pending';");
    assertThat(story.says(DEFAULTS))
        .isEqualTo(
            "open: The 200 million existing rows of orders get status = 'pending'. Is that right for them?");

    story.file(UP, "ALTER TABLE orders ALTER COLUMN note SET DEFAULT 'none';");
    assertThat(story.says(DEFAULTS))
        .isEqualTo("open: The 200 million existing rows of orders keep what they have in note;"
            + " only new ones get 'none'. Is that right?");
  }

  @Test
  void doesNotAskAboutAColumnThatIsFilledByTheSameDeployment() {
    story
        .file(UP, "ALTER TABLE orders ADD COLUMN status text;")
        .file("db/migration/V3__fill.sql", "UPDATE orders SET status = 'old' WHERE id < 1000;");

    assertThat(story.says(DEFAULTS))
        .isEqualTo(
            "answered: orders.status is filled by the UPDATE at db/migration/V3__fill.sql:1.");
  }

  @Test
  void asksForARehearsalWhereTheRowsDecide() {
    story.file(UP, "ALTER TABLE orders ALTER COLUMN note SET NOT NULL;");
    assertThat(story.says(SNAPSHOT))
        .startsWith(
            "open: Was it run on a copy of production's size, and how did that go? orders (200 million rows) is read through;");

    story.file(UP, "ALTER TABLE orders ADD COLUMN status text;");
    assertThat(story.says(SNAPSHOT))
        .isEqualTo("n/a: No statement's time or success depends on the rows of a large table.");
  }

  @Test
  void asksForAWindowOnlyWhereSomebodyWouldWait() {
    story.file(UP, "ALTER TABLE orders ADD COLUMN status text;");
    assertThat(story.says(WINDOW))
        .isEqualTo("n/a: No statement keeps reads or writes waiting for longer than 500 ms.");

    story.file(UP, "CREATE INDEX CONCURRENTLY orders_note_idx ON orders (note);");
    assertThat(story.says(WINDOW)).startsWith("n/a: ");

    story
        .config("version: 1\ndatabases: {default: {windows: [Sun 02:00-04:00 UTC]}}\n")
        .file(UP, "ALTER TABLE orders ALTER COLUMN note SET NOT NULL;");
    assertThat(story.says(WINDOW))
        .matches(
            "open: When does it run, and can that time bear it\\?"
                + " orders: reads and writes wait, .*min\\. Windows of this database: Sun 02:00-04:00 UTC\\.");
  }

  @Test
  void countsThatALockIsHeldUntilTheTransactionEnds() {
    story.file(
        UP,
        "ALTER TABLE customers ADD COLUMN locale text;\nUPDATE orders SET note = '' WHERE note IS NULL;");

    assertThat(story.says(WINDOW))
        .contains("customers: reads and writes wait, ")
        .contains("until the transaction's 2 statements are through");
  }

  @Test
  void aPersonsAnswerCountsUntilAStatementChanges() {
    story
        .file(UP, "ALTER TABLE orders ADD COLUMN status text;")
        .answers(DEFAULTS, "ann", "NULL means: not shipped yet");
    assertThat(story.says(DEFAULTS)).isEqualTo("answered by ann: NULL means: not shipped yet");

    story.file(UP, "\n\n-- moved\nALTER TABLE orders   ADD COLUMN status text;");
    assertThat(story.says(DEFAULTS)).isEqualTo("answered by ann: NULL means: not shipped yet");

    story.file(UP, "ALTER TABLE orders ADD COLUMN state text;");
    assertThat(story.says(DEFAULTS))
        .isEqualTo(
            "open: The 200 million existing rows of orders get state = NULL."
                + " Is that right for them? ann answered for earlier statements or sizes; that answer has ended.");
  }

  @Test
  void anAnswerEndsWhenTheWayBackChangesBehindIt() {
    story
        .file(UP, "ALTER TABLE orders DROP COLUMN note;")
        .file(DOWN, "ALTER TABLE orders ADD COLUMN note text;")
        .answers(ROLLBACK, "ann", "we have a copy of the notes");
    assertThat(story.item(ROLLBACK)).isInstanceOf(ItemState.Answered.class);

    story.file(DOWN, "DROP TABLE customers;");
    assertThat(story.item(ROLLBACK)).isInstanceOf(ItemState.Open.class);
  }

  @Test
  void onlyRequiredItemsHoldTheMerge() {
    story
        .config("version: 1\nchecklist: {required: [size, lock]}\n")
        .file(UP, "ALTER TABLE orders ADD COLUMN status text;");

    Review review = story.review();
    assertThat(review.checklist().open()).contains(ROLLBACK, DEFAULTS);
    assertThat(review.verdict().checklistPasses()).isTrue();
  }

  @Test
  void everyItemHasItsPlaceOnThePageThatReportsLinkTo() throws IOException {
    String page = Files.readString(Path.of("docs/checklist.md"));

    for (ChecklistItem item : ChecklistItem.values()) {
      assertThat(page).contains("<a id=\"" + item.id() + "\"></a>");
    }
  }
}
