package dev.plimsoll.rules;

/** A statement's text without what does not change its meaning. */
final class StatementText {

  private StatementText() {}

  /** Without comments, with single spaces; what stands in quotes is left as it is. */
  static String normalised(String sql) {
    StringBuilder out = new StringBuilder(sql.length());
    int at = 0;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      int end = at + 1;
      if (c == '\'' || c == '"') {
        end = closing(sql, at, c);
        out.append(sql, at, end);
      } else if (sql.startsWith("--", at)) {
        int line = sql.indexOf('\n', at);
        end = line < 0 ? sql.length() : line;
      } else if (sql.startsWith("/*", at)) {
        int close = sql.indexOf("*/", at + 2);
        end = close < 0 ? sql.length() : close + 2;
        space(out);
      } else if (Character.isWhitespace(c)) {
        space(out);
      } else {
        out.append(c);
      }
      at = end;
    }
    return out.toString().strip();
  }

  private static void space(StringBuilder out) {
    if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
      out.append(' ');
    }
  }

  private static int closing(String sql, int at, char quote) {
    int close = sql.indexOf(quote, at + 1);
    return close < 0 ? sql.length() : close + 1;
  }
}
