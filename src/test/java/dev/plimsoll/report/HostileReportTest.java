package dev.plimsoll.report;

import static dev.plimsoll.testing.ReviewStory.shop;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.checklist.ChecklistItem;
import dev.plimsoll.migration.SourceFile;
import dev.plimsoll.review.Review;
import dev.plimsoll.review.Review.Judged;
import dev.plimsoll.testing.ReviewStory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;

/** Change requests made to misuse the comments that are made of them, or to make them too long. */
class HostileReportTest {

  private static final String EVIL =
      "</summary></details><img src=x onerror=alert(1)> @octocat [x](https://evil.example) ![y](https://evil.example/p.png) "
          + "closes #1 | `` ``` ~~~ <!-- plimsoll:summary:- --> \u202E";
  private static final MarkdownReport GITHUB =
      new MarkdownReport(new Links("https://plimsoll.example/docs"), Dialect.GITHUB);

  @Test
  void namesAndReasonsStayText() {
    String name = '"' + EVIL.replace("\"", "\"\"") + '"';
    ReviewStory story = ReviewStory.in(shop())
        .file("db/migration/V1__" + "a`b<b>@octocat|" + ".sql", """
            -- plimsoll:ignore index-blocks-writes %s
            CREATE INDEX i ON orders (note);
            ALTER TABLE %s ADD COLUMN %s text NOT NULL;
            ALTER TABLE orders ADD COLUMN status text DEFAULT '%s';
            ALTER TABEL %s;
            """.formatted(
                EVIL, name, name, EVIL.replace("'", "''"), EVIL))
        .file(SourceFile.unreadable("db/migration/V2__x.sql", SourceFile.Change.ADDED, EVIL))
        .overrides("index-blocks-writes", "oc`t@cat", EVIL)
        .answers(ChecklistItem.DEFAULTS, "oc`t@cat|", EVIL);

    everyText(story).forEach(HostileReportTest::assertOnlyOurMarkup);
  }

  @Test
  void aTerminalIsNotMovedAround() {
    ReviewStory story = ReviewStory.in(shop())
        .file(
            "db/migration/V1__a.sql",
            "ALTER TABLE \"\u001B[2J\u0007\u202Eorders\" ADD COLUMN a text NOT NULL;\n");

    String text = new TextReport(80, false).of(story.review());
    assertThat(text.codePoints().filter(c -> c != '\n').noneMatch(Character::isISOControl))
        .isTrue();
    assertThat(text).doesNotContain("\u202E").contains("\uFFFD[2J");
  }

  @Test
  void thousandsOfFindingsFitIntoOneComment() {
    StringBuilder sql = new StringBuilder();
    for (int i = 0; i < 1_500; i++) {
      sql.append("CREATE INDEX orders_note_").append(i).append(" ON orders (note);\n");
    }
    ReviewStory story = ReviewStory.in(shop()).file("db/migration/V1__many.sql", sql.toString());

    Review review = story.review();
    String summary = GITHUB.summary(review);
    assertThat(summary.length()).isLessThan(65_536);
    assertThat(summary)
        .containsPattern("- and [0-9,]+ more findings")
        .contains("### Not ready")
        .contains("| ❓ | [rollback]");
    assertThat(GITHUB.findingsCheck(review).summary().length()).isLessThan(65_536);
    assertThat(GITHUB.findingsCheck(review).marks()).hasSizeLessThanOrEqualTo(500);
    assertOnlyOurMarkup(summary);
  }

  @Test
  void endlessNamesFitIntoOneComment() {
    List<String> statements = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String name = "\"" + "@`|<é漢".repeat(1_500) + i + "\"";
      statements.add("ALTER TABLE " + name + " ADD COLUMN " + name + " text NOT NULL;");
    }
    ReviewStory story =
        ReviewStory.in(shop()).file("db/migration/V1__long.sql", String.join("\n", statements));

    for (String text : everyText(story)) {
      assertThat(text.length()).isLessThan(65_536);
      assertOnlyOurMarkup(text);
    }
  }

  @Test
  void aFixThatIsTooLongIsSaidToBe() {
    String columns = "c, ".repeat(20_000) + "c";
    ReviewStory story = ReviewStory.in(shop())
        .file("db/migration/V1__long.sql", "CREATE INDEX i ON orders (" + columns + ");\n");

    String body =
        GITHUB.thread(story.finding("index-blocks-writes"), Optional.empty()).body();
    assertThat(body.length()).isLessThan(65_536);
    assertThat(body).contains("The statement has 60041 characters, too many to show here.");
  }

  private static List<String> everyText(ReviewStory story) {
    Review review = story.review();
    List<String> texts = new ArrayList<>(List.of(
        GITHUB.summary(review),
        GITHUB.findingsCheck(review).summary(),
        GITHUB.checklistCheck(review).summary(),
        GITHUB.worse(ReviewStory.in(shop()).review().verdict(), review)));
    for (Judged judged : review.findings().stream().limit(20).toList()) {
      ThreadText thread =
          GITHUB.thread(judged, story.source(judged.finding().place().file()));
      texts.add(thread.body());
      texts.add(thread.bodyElsewhere());
      texts.add(GITHUB.resolved(thread.body()));
    }
    return texts;
  }

  /** HTML, links and images are those that the report writes itself. */
  private static void assertOnlyOurMarkup(String markdown) {
    StringBuilder text = new StringBuilder();
    Parser.builder()
        .extensions(List.of(TablesExtension.create()))
        .build()
        .parse(markdown)
        .accept(new AbstractVisitor() {
          @Override
          public void visit(HtmlBlock node) {
            assertThat(node.getLiteral())
                .matches("(?:<details><summary>[A-Za-z0-9 ,]+</summary>|</details>|<sub>.*</sub>)");
            if (node.getLiteral().startsWith("<sub>")) {
              assertThat(node.getLiteral()).doesNotContain("evil", "octocat");
            }
          }

          @Override
          public void visit(HtmlInline node) {
            assertThat(node.getLiteral()).isIn("<sub>", "</sub>");
          }

          @Override
          public void visit(Link node) {
            assertThat(node.getDestination()).startsWith("https://plimsoll.example/docs");
            visitChildren(node);
          }

          @Override
          public void visit(Image node) {
            throw new AssertionError("an image: " + node.getDestination());
          }

          @Override
          public void visit(FencedCodeBlock node) {
            assertThat(node.getInfo()).isIn("sql", "mermaid", "suggestion");
          }

          @Override
          public void visit(org.commonmark.node.Text node) {
            text.append(node.getLiteral());
          }
        });
    assertThat(text.toString())
        .doesNotContain("@octocat", "#1", "\u202E")
        .doesNotContain("https://evil");
  }
}
