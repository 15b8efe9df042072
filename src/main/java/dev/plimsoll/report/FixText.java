package dev.plimsoll.report;

import dev.plimsoll.rules.Fix;
import dev.plimsoll.rules.Fix.Replacement;
import dev.plimsoll.rules.Fix.Sequence;
import dev.plimsoll.rules.Fix.Stage;
import java.util.List;
import java.util.Optional;

/** The safe way, in Markdown. */
final class FixText {

  private static final int LONGEST_STATEMENT = 4_000;
  private static final int LONGEST_SEQUENCE = 20_000;

  private final Dialect dialect;

  FixText(Dialect dialect) {
    this.dialect = dialect;
  }

  /**
   * @param suggestion the lines to offer for a click; absent: the SQL is shown
   */
  String of(Fix fix, Optional<Suggestion> suggestion) {
    return switch (fix) {
      case Replacement replacement ->
        Markdown.prose(replacement.why()) + "\n\n"
            + suggestion
                .map(s -> Markdown.block(dialect.suggestion(s.lines()), s.text()))
                .orElseGet(() -> statement(replacement.sql()));
      case Sequence sequence ->
        Markdown.prose(sequence.summary()) + "\n\n" + folded(sequence.stages());
    };
  }

  private static String folded(List<Stage> stages) {
    StringBuilder out = new StringBuilder("<details><summary>")
        .append(stages.size() == 1 ? "The migration" : "The " + stages.size() + " migrations")
        .append("</summary>\n\n");
    int shown = 0;
    for (Stage stage : stages) {
      String text = stage(shown + 1, stage, stages.size() > 1);
      if (out.length() + text.length() > LONGEST_SEQUENCE) {
        break;
      }
      out.append(text).append("\n\n");
      shown++;
    }
    if (shown < stages.size()) {
      out.append("And ").append(stages.size() - shown).append(" more, too long to show here.\n\n");
    }
    return out.append("</details>").toString();
  }

  private static String stage(int number, Stage stage, boolean numbered) {
    StringBuilder out = new StringBuilder();
    String title = Markdown.prose(stage.title());
    out.append(numbered ? "**" + number + ".** " : "").append(title);
    if (!stage.transaction()) {
      out.append(
          stage.statements().size() == 1
              ? " (outside a transaction)"
              : " (each outside a transaction)");
    }
    stage
        .deployBefore()
        .ifPresent(d -> out.append("\n\nOnly when this is so: ").append(Markdown.prose(d)));
    out.append("\n\n");
    StringBuilder sql = new StringBuilder();
    for (String statement : stage.statements()) {
      sql.append(
              statement.length() > LONGEST_STATEMENT
                  ? "-- a statement of " + statement.length() + " characters"
                  : terminated(statement))
          .append('\n');
    }
    return out.append(Markdown.block("sql", sql.toString())).toString();
  }

  private static String statement(String sql) {
    return sql.length() > LONGEST_STATEMENT
        ? "The statement has " + sql.length() + " characters, too many to show here."
        : Markdown.block("sql", terminated(sql));
  }

  private static String terminated(String sql) {
    String text = sql.strip();
    return text.endsWith(";") || text.startsWith("--") ? text : text + ";";
  }
}
