package dev.plimsoll.catalog.file;

import dev.plimsoll.sql.Expression;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a check constraint's condition as {@code pg_get_expr} prints it, as far as it says that a column is not null.
 *
 * <p>PostgreSQL sets every operand of AND in parentheses. A condition that does not look so proves nothing here: to miss a proof costs a
 * warning too many, to invent one costs an outage.
 */
final class CheckText {

  /** Deeper than any condition that people write; bounds the recursion. */
  private static final int MAX_DEPTH = 50;

  private static final Pattern IS_NOT_NULL = Pattern.compile(
      "(?:(?<plain>[\\p{L}_][\\p{L}\\p{N}_$]*)|\"(?<quoted>(?:[^\"]|\"\"){1,128})\")\\s+is\\s+not\\s+null",
      Pattern.CASE_INSENSITIVE);

  private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]*");

  private CheckText() {}

  /**
   * @param columns those that the server names as the condition's
   */
  static Expression read(String sql, List<String> columns) {
    Set<String> proved = new HashSet<>();
    boolean complete = collect(sql, proved, 0);
    Set<String> named = new HashSet<>(columns);
    named.addAll(proved);
    return new Expression(
        sql, complete ? Expression.Kind.COMPUTED : Expression.Kind.OPAQUE, Set.of(), named, proved);
  }

  /** Adds what the text proves; true when it says nothing else. */
  private static boolean collect(String text, Set<String> proved, int depth) {
    String inner = text.strip();
    Optional<String> column = column(inner);
    if (column.isPresent()) {
      proved.add(column.get());
      return true;
    }
    Optional<List<String>> operands = depth > MAX_DEPTH ? Optional.empty() : operands(inner);
    if (operands.isEmpty()) {
      return false;
    }
    boolean complete = true;
    for (String operand : operands.get()) {
      boolean group = operand.startsWith("(");
      complete &= group
          ? collect(operand.substring(1, operand.length() - 1), proved, depth + 1)
          : addColumn(operand, proved);
    }
    return complete;
  }

  private static boolean addColumn(String operand, Set<String> proved) {
    Optional<String> column = column(operand);
    column.ifPresent(proved::add);
    return column.isPresent();
  }

  private static Optional<String> column(String text) {
    if (text.isEmpty() || text.charAt(0) == '(') {
      return Optional.empty();
    }
    Matcher matcher = IS_NOT_NULL.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String plain = matcher.group("plain");
    return Optional.of(
        plain == null
            ? matcher.group("quoted").replace("\"\"", "\"")
            : plain.toLowerCase(Locale.ROOT));
  }

  /**
   * What AND joins on the outermost level: groups in parentheses, {@code column IS NOT NULL}, function calls, names. Empty when anything
   * else stands there, for then the text cannot be cut at AND: {@code a OR b AND c}, {@code x BETWEEN 1 AND 2}, {@code CASE ... END}.
   */
  private static Optional<List<String>> operands(String text) {
    List<String> operands = new ArrayList<>();
    int start = 0;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '(') {
        at = closing(text, at);
        if (at < 0) {
          return Optional.empty();
        }
      } else if (c == '"' || c == '\'') {
        at = endOfQuoted(text, at);
        if (at < 0) {
          return Optional.empty();
        }
      } else if (isWordAt(text, at, "and")) {
        operands.add(text.substring(start, at).strip());
        at += 3;
        start = at;
      } else {
        Matcher word = WORD.matcher(text).region(at, text.length());
        at = word.lookingAt() ? word.end() : at + 1;
      }
    }
    operands.add(text.substring(start).strip());
    return operands.stream().allMatch(CheckText::isClosed)
        ? Optional.of(operands)
        : Optional.empty();
  }

  private static boolean isClosed(String operand) {
    if (column(operand).isPresent() || WORD.matcher(operand).matches()) {
      return true;
    }
    Matcher call = WORD.matcher(operand);
    int open = call.lookingAt() ? call.end() : 0;
    return open < operand.length()
        && operand.charAt(open) == '('
        && closing(operand, open) == operand.length();
  }

  /** Behind the parenthesis that closes the one at {@code open}; -1 when none does. */
  private static int closing(String text, int open) {
    int depth = 0;
    int at = open;
    while (at >= 0 && at < text.length()) {
      char c = text.charAt(at);
      if (c == '"' || c == '\'') {
        at = endOfQuoted(text, at);
        continue;
      }
      if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0) {
        return at + 1;
      }
      at++;
    }
    return -1;
  }

  /** Behind the quote that closes the one at {@code start}; -1 when none does. In {@code E'...'} a backslash keeps its next character. */
  private static int endOfQuoted(String text, int start) {
    char quote = text.charAt(start);
    boolean escapes = quote == '\''
        && start > 0
        && Character.toLowerCase(text.charAt(start - 1)) == 'e'
        && (start == 1 || !isWordPart(text.charAt(start - 2)));
    for (int at = start + 1; at < text.length(); at++) {
      char c = text.charAt(at);
      if (escapes && c == '\\') {
        at++;
      } else if (c == quote) {
        if (at + 1 < text.length() && text.charAt(at + 1) == quote) {
          at++;
        } else {
          return at + 1;
        }
      }
    }
    return -1;
  }

  private static boolean isWordAt(String text, int at, String word) {
    int end = at + word.length();
    return text.regionMatches(true, at, word, 0, word.length())
        && (end == text.length() || !isWordPart(text.charAt(end)))
        && (at == 0 || !isWordPart(text.charAt(at - 1)));
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }
}
