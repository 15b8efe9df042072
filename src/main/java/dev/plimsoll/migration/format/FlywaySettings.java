package dev.plimsoll.migration.format;

import dev.plimsoll.migration.Migration.Problem;
import dev.plimsoll.migration.SourceFile;
import dev.plimsoll.sql.SourceSpan;
import dev.plimsoll.sql.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A script's own settings, from the file beside it: {@code V2__x.sql.conf}.
 *
 * @param executeInTransaction absent: Flyway finds out from the statements
 * @param neverExecuted {@code shouldExecute=false}
 */
record FlywaySettings(
    Optional<Boolean> executeInTransaction, boolean neverExecuted, List<Problem> problems) {

  static final FlywaySettings NONE = new FlywaySettings(Optional.empty(), false, List.of());

  private static final Set<String> KNOWN =
      Set.of("executeInTransaction", "encoding", "placeholderReplacement", "shouldExecute");
  private static final int MOST_LINES = 1_000;

  static FlywaySettings of(SourceFile file) {
    if (file.change() == SourceFile.Change.REMOVED) {
      return NONE;
    }
    SourceText source = new SourceText(file.path(), file.text().orElse(""));
    List<Problem> problems = new ArrayList<>();
    if (file.text().isEmpty()) {
      problems.add(new Problem(
          source.span(0, 0),
          "These settings could not be read, so they are not taken into account."));
    }
    Optional<Boolean> inTransaction = Optional.empty();
    boolean neverExecuted = false;
    for (Line line : linesOf(source)) {
      boolean isBoolean =
          line.value().equalsIgnoreCase("true") || line.value().equalsIgnoreCase("false");
      if (!KNOWN.contains(line.key())) {
        problems.add(new Problem(line.span(), "Flyway has no such setting for a script."));
      } else if (line.key().equals("executeInTransaction") && isBoolean) {
        inTransaction = Optional.of(Boolean.parseBoolean(line.value()));
      } else if (line.key().equals("executeInTransaction")) {
        problems.add(new Problem(line.span(), "This is either `true` or `false`."));
      } else if (line.key().equals("shouldExecute")) {
        neverExecuted = line.value().equalsIgnoreCase("false");
      }
    }
    return new FlywaySettings(inTransaction, neverExecuted, List.copyOf(problems));
  }

  private record Line(String key, String value, SourceSpan span) {}

  private static List<Line> linesOf(SourceText source) {
    List<Line> lines = new ArrayList<>();
    String text = source.text();
    int from = 0;
    while (from < text.length() && lines.size() < MOST_LINES) {
      int newline = text.indexOf('\n', from);
      int to = newline < 0 ? text.length() : newline;
      String line = text.substring(from, to).strip();
      int equals = line.indexOf('=');
      if (equals > 0 && !line.startsWith("#")) {
        lines.add(new Line(
            line.substring(0, equals).strip(),
            line.substring(equals + 1).strip(),
            source.span(from, to)));
      }
      from = to + 1;
    }
    return lines;
  }
}
