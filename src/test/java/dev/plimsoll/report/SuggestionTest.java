package dev.plimsoll.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.review.Review.Judged;
import dev.plimsoll.review.Review.Standing;
import dev.plimsoll.rules.Finding;
import dev.plimsoll.rules.Fingerprint;
import dev.plimsoll.rules.Fix.Replacement;
import dev.plimsoll.rules.Prose;
import dev.plimsoll.rules.Severity;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.SourceSpan;
import dev.plimsoll.sql.SourceText;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A click on a suggestion replaces whole lines: everything else on them must stay. */
class SuggestionTest {

  private static final String SAFE = "CREATE INDEX CONCURRENTLY i ON t (a)";

  @Test
  void keepsTheSemicolonAndWhatStandsBehindIt() {
    assertThat(
            suggested("CREATE INDEX i ON t (a);  -- for the report\n", "CREATE INDEX i ON t (a)"))
        .contains("1-1 CREATE INDEX CONCURRENTLY i ON t (a);  -- for the report");
  }

  @Test
  void keepsTheOtherStatementsOfTheLine() {
    assertThat(
            suggested("SELECT 1; CREATE INDEX i ON t (a); SELECT 2;\n", "CREATE INDEX i ON t (a)"))
        .contains("1-1 SELECT 1; CREATE INDEX CONCURRENTLY i ON t (a); SELECT 2;");
  }

  @Test
  void replacesAllLinesOfAStatement() {
    assertThat(suggested(
            "-- one\n  CREATE INDEX i\n    ON t (a)\n;\n", "CREATE INDEX i\n    ON t (a)"))
        .contains("2-3   CREATE INDEX CONCURRENTLY i ON t (a)");
  }

  @Test
  void indentsFurtherLinesLikeTheFirst() {
    SourceText source = new SourceText("a.sql", "  DROP INDEX i;\n");
    assertThat(Suggestion.of(
            replacement(source, "DROP INDEX i", "SET x = 1;\nDROP INDEX CONCURRENTLY i"), source))
        .get()
        .extracting(Suggestion::text)
        .isEqualTo("  SET x = 1;\n  DROP INDEX CONCURRENTLY i;");
  }

  @Test
  void worksWithEveryKindOfLineEnd() {
    assertThat(suggested("a;\r\nCREATE INDEX i ON t (a);\r\nb;\r\n", "CREATE INDEX i ON t (a)"))
        .contains("2-2 CREATE INDEX CONCURRENTLY i ON t (a);");
    assertThat(suggested("a;\rCREATE INDEX i ON t (a);\rb;\r", "CREATE INDEX i ON t (a)"))
        .contains("2-2 CREATE INDEX CONCURRENTLY i ON t (a);");
    assertThat(suggested("CREATE INDEX i ON t (a)", "CREATE INDEX i ON t (a)"))
        .contains("1-1 " + SAFE);
  }

  @Test
  void offersNoClickInAnotherLanguage() {
    SourceText source = new SourceText("db/migrate/1_x.rb", "add_index :t, :a\n");
    assertThat(Suggestion.of(replacement(source, "add_index :t, :a", SAFE), source))
        .isEmpty();
  }

  @Test
  void offersNoClickOnLinesWithHiddenCharacters() {
    assertThat(suggested("CREATE INDEX i ON t (a); -- \u202E hidden\n", "CREATE INDEX i ON t (a)"))
        .isEmpty();
  }

  @Test
  void offersNothingThatChangesNothing() {
    assertThat(suggested(SAFE + ";\n", SAFE)).isEmpty();
  }

  @Test
  void writesTheBlockAsEachForgeReadsIt() {
    SourceText source = new SourceText("a.sql", "CREATE INDEX i\n  ON t (a); -- ```\n");
    Judged judged = judged(source, "CREATE INDEX i\n  ON t (a)");

    assertThat(thread(judged, source, Dialect.GITHUB).body())
        .contains("\n````suggestion\nCREATE INDEX CONCURRENTLY i ON t (a); -- ```\n````\n");
    assertThat(thread(judged, source, Dialect.GITLAB).body())
        .contains("\n````suggestion:-1+0\nCREATE INDEX CONCURRENTLY");
  }

  @Test
  void showsTheSqlWhereTheCommentCannotStandOnItsLines() {
    SourceText source = new SourceText("a.sql", "CREATE INDEX i ON t (a);\n");
    Judged judged = judged(source, "CREATE INDEX i ON t (a)");

    assertThat(thread(judged, source, Dialect.GITHUB).bodyElsewhere())
        .contains("\n```sql\n" + SAFE + ";\n```\n")
        .doesNotContain("suggestion");
  }

  private static ThreadText thread(Judged judged, SourceText source, Dialect dialect) {
    return new MarkdownReport(new Links("https://plimsoll.example/docs/"), dialect)
        .thread(judged, Optional.of(source));
  }

  private static Judged judged(SourceText source, String statement) {
    Replacement fix = replacement(source, statement, SAFE);
    return new Judged(
        new Finding(
            "index-blocks-writes",
            Severity.BLOCKING,
            fix.place(),
            Prose.of("It blocks."),
            List.of(),
            Optional.empty(),
            List.of(RelationName.of("t")),
            Optional.of(fix),
            Fingerprint.of("x"),
            List.of()),
        new Standing.Open());
  }

  private static Replacement replacement(SourceText source, String statement, String sql) {
    int from = source.text().indexOf(statement);
    SourceSpan place = source.span(from, from + statement.length());
    return new Replacement(place, sql, Prose.of("Writes go on."));
  }

  private static Optional<String> suggested(String text, String statement) {
    SourceText source = new SourceText("a.sql", text);
    return Suggestion.of(replacement(source, statement, SAFE), source)
        .map(s -> s.fromLine() + "-" + s.toLine() + " " + s.text());
  }
}
