package dev.plimsoll.migration;

import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.SourceText;
import dev.plimsoll.sql.SqlComment;
import dev.plimsoll.sql.SqlReader;
import dev.plimsoll.sql.SqlScript;
import dev.plimsoll.sql.SqlStatement;
import dev.plimsoll.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Enough of a reader to test formats without a parser: statements end at semicolons, and only their first words count. */
public final class SemicolonReader implements SqlReader {

  @Override
  public SqlScript read(SourceText source, int from, int to) {
    List<SqlStatement> statements = new ArrayList<>();
    List<SqlComment> comments = new ArrayList<>();
    String text = source.text();
    int start = -1;
    int end = -1;
    int at = from;
    while (at < to) {
      char c = text.charAt(at);
      if (text.startsWith("--", at) || text.startsWith("/*", at)) {
        boolean line = text.startsWith("--", at);
        int close = text.indexOf(line ? "\n" : "*/", at);
        int next = close < 0 || close > to ? to : line ? close : close + 2;
        String inner =
            text.substring(at + 2, line || next == to ? next : next - 2).strip();
        comments.add(new SqlComment(inner, source.span(at, next)));
        at = next;
      } else if (c == '\'' || text.startsWith("$$", at)) {
        String quote = c == '\'' ? "'" : "$$";
        int close = text.indexOf(quote, at + quote.length());
        start = start < 0 ? at : start;
        at = close < 0 ? to : close + quote.length();
        end = at;
      } else if (c == ';') {
        add(statements, source, start, end);
        start = -1;
        at++;
      } else {
        if (!Character.isWhitespace(c)) {
          start = start < 0 ? at : start;
          end = at + 1;
        }
        at++;
      }
    }
    add(statements, source, start, end);
    return new SqlScript(statements, comments);
  }

  private static void add(List<SqlStatement> statements, SourceText source, int start, int end) {
    if (start >= 0) {
      String text = source.text().substring(start, end);
      statements.add(new SqlStatement(statement(text), text, source.span(start, end)));
    }
  }

  private static Statement statement(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    if (upper.startsWith("SELECT")) {
      List<String> functions = upper.contains("(")
          ? List.of(upper.substring(7, upper.indexOf('(')).strip().toLowerCase(Locale.ROOT))
          : List.of();
      List<RelationName> reads =
          upper.contains(" FROM ") ? List.of(RelationName.of("t")) : List.of();
      return new Statement.Select(reads, functions);
    }
    if (upper.startsWith("SET ")) {
      return new Statement.SetSetting("x", java.util.Optional.empty(), false);
    }
    if (upper.startsWith("BEGIN") || upper.startsWith("COMMIT")) {
      return new Statement.TransactionControl(Statement.TransactionControl.Kind.OTHER);
    }
    return new Statement.Unmodelled(upper.split("\\s+")[0], List.of());
  }
}
