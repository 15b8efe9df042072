package dev.plimsoll.migration;

import dev.plimsoll.sql.SourceSpan;
import dev.plimsoll.sql.SqlComment;
import dev.plimsoll.sql.SqlScript;
import dev.plimsoll.sql.SqlStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Instructions to Plimsoll in the comments of an SQL text: {@code plimsoll:ignore RULE[,RULE...] reason}, one to a line.
 *
 * <p>An instruction is about the statement around it, else about the one before it on its line, else about the next one.
 * What is not understood is a problem and not an ignore: a wish that is lost in silence would surprise its author, and one
 * without a reason would surprise the reviewer.
 */
public final class IgnoreComments {

  private static final String MARK = "plimsoll:";
  private static final int MOST_RULES = 20;
  private static final int LONGEST_REASON = 500;
  private static final Pattern IGNORE = Pattern.compile(
      "ignore\\s+([a-z0-9][a-z0-9-]{0,99}(?:,[a-z0-9][a-z0-9-]{0,99})*)(?![a-z0-9,-])[\\s:]*(.*)");

  private final List<Ignore> ignores = new ArrayList<>();
  private final List<Migration.Problem> problems = new ArrayList<>();

  private final NavigableMap<Integer, SqlStatement> statements = new TreeMap<>();

  private IgnoreComments(List<SqlStatement> statements) {
    statements.forEach(s -> this.statements.put(s.span().start().offset(), s));
  }

  /** Reads the instructions of one text. */
  public static IgnoreComments in(SqlScript script) {
    IgnoreComments read = new IgnoreComments(script.statements());
    for (SqlComment comment : script.comments()) {
      comment.text().lines().forEach(line -> read.line(line, comment.span()));
    }
    return read;
  }

  public List<Ignore> ignores() {
    return List.copyOf(ignores);
  }

  public List<Migration.Problem> problems() {
    return List.copyOf(problems);
  }

  private void line(String line, SourceSpan comment) {
    String text = line.strip();
    if (text.startsWith("*")) {
      text = text.substring(1).strip();
    }
    if (!text.toLowerCase(Locale.ROOT).startsWith(MARK)) {
      return;
    }
    Matcher ignore = IGNORE.matcher(text.substring(MARK.length()).strip());
    if (!ignore.matches() || ignore.group(1).split(",").length > MOST_RULES) {
      problem(comment, "This instruction is not understood. Write `plimsoll:ignore RULE reason`.");
      return;
    }
    String reason = ignore.group(2).strip();
    if (reason.codePoints().noneMatch(Character::isLetterOrDigit)) {
      problem(
          comment,
          "This ignore has no reason, so it has no effect. Write `plimsoll:ignore RULE reason`.");
      return;
    }
    Optional<SqlStatement> statement = statementOf(comment);
    if (statement.isEmpty()) {
      problem(comment, "This ignore stands at no statement, so it has no effect.");
      return;
    }
    String bounded =
        reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
    for (String rule : ignore.group(1).split(",")) {
      ignores.add(new Ignore(rule, bounded, comment, statement.get().span()));
    }
  }

  private void problem(SourceSpan place, String message) {
    problems.add(new Migration.Problem(place, message));
  }

  private Optional<SqlStatement> statementOf(SourceSpan comment) {
    Optional<SqlStatement> previous =
        value(statements.floorEntry(comment.start().offset()));
    Optional<SqlStatement> next = value(statements.ceilingEntry(comment.end().offset()));
    if (previous.filter(s -> s.span().end().offset() >= comment.end().offset()).isPresent()) {
      return previous; // the comment stands inside it
    }
    if (next.filter(s -> s.span().line() == comment.endLine()).isPresent()) {
      return next;
    }
    return previous.filter(s -> s.span().endLine() == comment.line()).or(() -> next);
  }

  private static Optional<SqlStatement> value(Map.Entry<Integer, SqlStatement> entry) {
    return Optional.ofNullable(entry).map(Map.Entry::getValue);
  }
}
