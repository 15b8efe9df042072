package dev.plimsoll.report;

import static dev.plimsoll.testing.Approved.assertApproved;
import static dev.plimsoll.testing.ReviewStory.shop;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.plimsoll.checklist.ChecklistItem;
import dev.plimsoll.migration.SourceFile;
import dev.plimsoll.review.Review;
import dev.plimsoll.review.Review.Judged;
import dev.plimsoll.testing.ReviewStory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whole change requests, and every word that people read about them. */
class ReportStoriesTest {

  private static final MarkdownReport MARKDOWN =
      new MarkdownReport(new Links("https://plimsoll.example/docs"), Dialect.GITHUB);

  /** The story that this program exists for. */
  private static ReviewStory statusColumn() {
    return ReviewStory.in(shop()).file("db/migration/V42__order_status.sql", """
        -- Orders get a status.
        ALTER TABLE orders ADD COLUMN status text NOT NULL;
        """);
  }

  private static ReviewStory busyDeployment() {
    return ReviewStory.in(shop())
        .config("version: 1\ndatabases: {default: {windows: [Sun 02:00-04:00 UTC]}}\n")
        .file("db/migration/V42__customers.sql", """
            ALTER TABLE customers ALTER COLUMN id TYPE numeric;
            UPDATE orders SET note = '' WHERE note IS NULL;
            """)
        .file("db/migration/V43__index.sql", "CREATE INDEX orders_note_idx ON orders (note);\n")
        .file("db/migration/V44__misc.sql", """
            -- plimsoll:ignore index-blocks-writes nobody buys at night
            CREATE INDEX orders_total_idx ON orders (total);
            DO $$ BEGIN PERFORM 1; END $$;
            """);
  }

  private static ReviewStory safeChange() {
    return ReviewStory.in(shop())
        .file("db/migration/V42__order_note.sql", """
            SET lock_timeout = '2s';
            ALTER TABLE orders ADD COLUMN gift_note text;
            """)
        .file("db/migration/U42__order_note.sql", "ALTER TABLE orders DROP COLUMN gift_note;\n")
        .answers(ChecklistItem.DEFAULTS, "ann", "NULL means: no gift");
  }

  private static ReviewStory newTable() {
    return ReviewStory.in(shop()).file("db/migration/V42__coupons.sql", """
        CREATE TABLE coupons (id bigint PRIMARY KEY, code text NOT NULL);
        CREATE INDEX coupons_code_idx ON coupons (code);
        """);
  }

  private static ReviewStory brokenConfiguration() {
    return newTable().config("version: 1\nrulez: {}\n");
  }

  @Test
  void theStatusColumn() {
    approve("status-column", statusColumn());
  }

  @Test
  void aBusyDeployment() {
    approve(
        "busy-deployment",
        busyDeployment()
            .overrides("type-change-rewrites-table", "ann", "the shop is closed on Sunday"));
  }

  @Test
  void aSafeChange() {
    approve("safe-change", safeChange());
    assertThat(safeChange().review().verdict().isReady()).isTrue();
  }

  @Test
  void aNewTable() {
    approve("new-table", newTable());
  }

  @Test
  void aBrokenConfiguration() {
    approve("broken-configuration", brokenConfiguration());
  }

  @Test
  void withoutACatalog() {
    approve(
        "no-catalog", ReviewStory.withoutCatalog().file("db/migration/V42__order_status.sql", """
        ALTER TABLE orders ADD COLUMN status text;
        """));
  }

  @Test
  void saysInOneLineWhatTheChecksSay() {
    Map<String, ReviewStory> stories = new TreeMap<>(Map.of(
        "status column", statusColumn(),
        "busy deployment", busyDeployment(),
        "safe change", safeChange(),
        "new table", newTable(),
        "broken configuration", brokenConfiguration(),
        "no migration", ReviewStory.in(shop()).file("README.md", "# Shop\n")));
    StringBuilder out = new StringBuilder();
    stories.forEach((name, story) -> {
      Review review = story.review();
      CheckText findings = MARKDOWN.findingsCheck(review);
      CheckText checklist = MARKDOWN.checklistCheck(review);
      out.append(name).append('\n');
      out.append("  ")
          .append(findings.passes() ? "passes: " : "fails:  ")
          .append(findings.title())
          .append('\n');
      out.append("  ")
          .append(checklist.passes() ? "passes: " : "fails:  ")
          .append(checklist.title())
          .append('\n');
    });

    assertThat(out).hasToString("""
        broken configuration
          fails:  1 problem to mend
          fails:  1 problem to mend
        busy deployment
          fails:  4 blocking findings on customers and orders
          fails:  6 of 7 items open: lock, alternative, rollback, defaults, snapshot, window
        new table
          passes: No blocking findings
          passes: Every item has an answer
        no migration
          passes: No migrations changed
          passes: No migrations changed
        safe change
          passes: No blocking findings
          passes: Every item has an answer
        status column
          fails:  1 blocking finding on orders (200 million rows)
          fails:  2 of 7 items open: alternative, rollback
        """);
  }

  @Test
  void marksTheLinesWhatHoldsTheMergeFirst() {
    CheckText check = MARKDOWN.findingsCheck(busyDeployment().review());

    assertThat(check.marks())
        .extracting(m -> m.path() + ":" + m.fromLine() + " " + m.blocking() + " " + m.title())
        .startsWith("db/migration/V42__customers.sql:1 true type-change-rewrites-table")
        .endsWith("db/migration/V44__misc.sql:3 false Not analysed");
  }

  @Test
  void theJsonKeepsToItsPublishedForm() throws IOException {
    Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(Files.readString(Path.of("docs/review.schema.json")));
    ReviewStory overridden =
        busyDeployment().overrides("type-change-rewrites-table", "ann", "Sunday");
    ReviewStory unread = newTable()
        .file(SourceFile.unreadable(
            "db/migration/V43__x.sql", SourceFile.Change.ADDED, "larger than 1 MiB"));
    for (ReviewStory story : java.util.List.of(
        statusColumn(), overridden, safeChange(), newTable(), brokenConfiguration(), unread)) {
      String json = JsonReport.of(story.review());
      assertThat(schema.validate(json, InputFormat.JSON)).as(json).isEmpty();
    }
    assertApproved("report/status-column.json", JsonReport.of(statusColumn().review()));
  }

  @Test
  void aTerminalShowsTheSame() {
    assertApproved(
        "report/status-column.txt", new TextReport(80, false).of(statusColumn().review()));
    assertApproved(
        "report/busy-deployment.txt",
        new TextReport(100, false).of(busyDeployment().review()));
  }

  @Test
  void aTerminalLineIsNeverWiderThanTheTerminalWhereItCanBeBroken() {
    String text = new TextReport(60, true).of(statusColumn().review());

    assertThat(text).contains("\u001B[31m");
    assertThat(text.replaceAll("\u001B\\[[0-9]+m", "")
            .lines()
            .skip(1)
            .filter(l -> !l.startsWith("       ")))
        .allSatisfy(l -> assertThat(l.length()).isLessThanOrEqualTo(60));
  }

  @Test
  void saysOnceThatItGotWorse() {
    ReviewStory story = newTable();
    Review before = story.review();
    Review now = story
        .file("db/migration/V43__index.sql", "CREATE INDEX i ON orders (note);")
        .review();

    assertThat(MARKDOWN.worse(before.verdict(), now))
        .startsWith(
            "The last push made it worse: not ready: 1 blocking finding on orders (200 million rows), ");
  }

  @Test
  void keepsWhatAThreadSaidWhenItsFindingIsGone() {
    assertThat(MARKDOWN.resolved("**It blocks.**")).isEqualTo("""
        **Resolved:** this finding is gone.

        <details><summary>What it said</summary>

        **It blocks.**

        </details>""");
  }

  private static void approve(String name, ReviewStory story) {
    Review review = story.review();
    StringBuilder out = new StringBuilder(MARKDOWN.summary(review)).append('\n');
    for (Judged judged : review.findings()) {
      ThreadText thread =
          MARKDOWN.thread(judged, story.source(judged.finding().place().file()));
      out.append("\n---\n\n`")
          .append(thread.path())
          .append("` lines ")
          .append(thread.fromLine())
          .append(" to ")
          .append(thread.toLine())
          .append("\n\n")
          .append(thread.body())
          .append('\n');
    }
    assertApproved("report/" + name + ".md", out.toString());
  }
}
