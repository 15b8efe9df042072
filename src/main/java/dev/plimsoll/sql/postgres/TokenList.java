package dev.plimsoll.sql.postgres;

import java.util.Arrays;

/** The tokens of a text without its comments, in arrays: a migration with data has millions of them. */
final class TokenList {

  enum Kind {
    /** A name or a keyword without quotes. */
    WORD,
    /** A word that is nothing but a placeholder. */
    PLACEHOLDER,
    QUOTED_NAME,
    STRING,
    NUMBER,
    /** {@code $1} */
    PARAMETER,
    /** An operator, a bracket, a comma, or a character that means nothing in SQL. */
    SYMBOL,
    /** The end of a statement: a semicolon, or a psql command such as {@code \g}. */
    END,
    /** A psql command that runs something, to the end of its line. */
    COMMAND,
    /** A directive of a template language, such as <code>{{ if .Large }}</code>. */
    TEMPLATE,
    /** COPY data without an end mark. */
    STRAY_DATA,
    /** A string, quoted name or comment without an end, and all that comes after. */
    UNTERMINATED
  }

  private final String text;
  private Kind[] kinds = new Kind[64];
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int size;

  TokenList(String text) {
    this.text = text;
  }

  void add(Kind kind, int start, int end) {
    if (size == kinds.length) {
      kinds = Arrays.copyOf(kinds, size * 2);
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
    }
    kinds[size] = kind;
    starts[size] = start;
    ends[size++] = end;
  }

  int size() {
    return size;
  }

  Kind kind(int token) {
    return kinds[token];
  }

  int start(int token) {
    return starts[token];
  }

  int end(int token) {
    return ends[token];
  }

  /** As it is written. */
  String text(int token) {
    return text.substring(starts[token], ends[token]);
  }

  /** Whether it is this keyword, in whatever case. */
  boolean is(int token, String keyword) {
    return token < size
        && kinds[token] == Kind.WORD
        && ends[token] - starts[token] == keyword.length()
        && text.regionMatches(true, starts[token], keyword, 0, keyword.length());
  }

  /** Whether it is this bracket, comma or other single character. */
  boolean is(int token, char symbol) {
    return token < size && kinds[token] == Kind.SYMBOL && text.charAt(starts[token]) == symbol;
  }

  /** +1 for an opening bracket, -1 for a closing one. */
  int nesting(int token) {
    if (kinds[token] != Kind.SYMBOL) {
      return 0;
    }
    return switch (text.charAt(starts[token])) {
      case '(', '[' -> 1;
      case ')', ']' -> -1;
      default -> 0;
    };
  }

  /** The token in [from, to) that starts at or after the offset; {@code to} when none does. */
  int at(int offset, int from, int to) {
    int found = Arrays.binarySearch(starts, from, to, offset);
    return found >= 0 ? found : -found - 1;
  }

  /** The first token in [from, to) that is this keyword outside brackets; {@code to} when none is. */
  int find(String keyword, int from, int to) {
    int depth = 0;
    for (int token = from; token < to; token++) {
      if (depth == 0 && is(token, keyword)) {
        return token;
      }
      depth += nesting(token);
    }
    return to;
  }

  /** Where the list element that begins at {@code from} ends: before a comma or a closing bracket of its own level. */
  int endOfElement(int from, int to) {
    int depth = 0;
    for (int token = from; token < to; token++) {
      if (depth == 0 && is(token, ',')) {
        return token;
      }
      depth += nesting(token);
      if (depth < 0) {
        return token;
      }
    }
    return to;
  }

  /** The bracket that closes the one at {@code open}; {@code to} when it is not in sight. */
  int closing(int open, int to) {
    int depth = 0;
    for (int token = open; token < to; token++) {
      depth += nesting(token);
      if (depth == 0) {
        return token;
      }
    }
    return to;
  }
}
