package dev.plimsoll.rules;

import java.util.Optional;

/** Goes through the beginning of a statement word by word, so that a fix can keep the rest as its author wrote it. */
final class SqlCursor {

  private final String sql;
  private int at;

  SqlCursor(String sql) {
    this.sql = sql;
  }

  /** Goes behind this keyword if it is next. */
  boolean take(String keyword) {
    skipSpace();
    int end = at + keyword.length();
    boolean found = sql.regionMatches(true, at, keyword, 0, keyword.length())
        && (end == sql.length() || !Character.isJavaIdentifierPart(sql.charAt(end)));
    if (found) {
      at = end;
    }
    return found;
  }

  /** Goes behind a name, quoted or not, with its schema; as it is written. */
  Optional<String> takeName() {
    skipSpace();
    int from = at;
    int end = endOfPart(at);
    while (end > at && end < sql.length() && sql.charAt(end) == '.') {
      int next = endOfPart(end + 1);
      if (next == end + 1) {
        return Optional.empty();
      }
      end = next;
    }
    at = end;
    return end > from ? Optional.of(sql.substring(from, end)) : Optional.empty();
  }

  /** What is behind the cursor. */
  String rest() {
    return sql.substring(at).strip();
  }

  /** Whether a keyword stands outside of all brackets and quotes. */
  static boolean hasOutside(String sql, String keyword) {
    SqlCursor cursor = new SqlCursor(sql);
    int depth = 0;
    while (true) {
      cursor.skipSpace();
      if (cursor.at >= sql.length()) {
        return false;
      }
      if (depth == 0 && cursor.take(keyword)) {
        return true;
      }
      char c = sql.charAt(cursor.at);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      cursor.skipOne(c);
    }
  }

  private void skipOne(char c) {
    if (c == '\'') {
      int close = sql.indexOf('\'', at + 1);
      at = close < 0 ? sql.length() : close + 1;
      return;
    }
    int end = endOfPart(at);
    at = end > at ? end : at + 1;
  }

  private int endOfPart(int from) {
    if (from < sql.length() && sql.charAt(from) == '"') {
      int close = from + 1;
      while (close < sql.length()) {
        if (sql.charAt(close) == '"') {
          if (close + 1 < sql.length() && sql.charAt(close + 1) == '"') {
            close++;
          } else {
            return close + 1;
          }
        }
        close++;
      }
      return from;
    }
    int end = from;
    while (end < sql.length() && Character.isJavaIdentifierPart(sql.charAt(end))) {
      end++;
    }
    return end;
  }

  private void skipSpace() {
    boolean moved = true;
    while (moved && at < sql.length()) {
      moved = false;
      if (Character.isWhitespace(sql.charAt(at))) {
        at++;
        moved = true;
      } else if (sql.startsWith("--", at)) {
        int line = sql.indexOf('\n', at);
        at = line < 0 ? sql.length() : line;
        moved = true;
      } else if (sql.startsWith("/*", at)) {
        int close = sql.indexOf("*/", at + 2);
        at = close < 0 ? sql.length() : close + 2;
        moved = true;
      }
    }
  }
}
