package dev.plimsoll.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The tokens of a stretch of SQL, without its comments: enough to tell by which words a statement begins, where a parser's
 * answer is not what counts (a framework's own way of looking at the text, the body of a DO block).
 */
public final class SqlTokens {

  /** Word, as in a keyword or a plain identifier; anything between quotes; number; a single other character. */
  public enum Kind {
    WORD,
    QUOTED_IDENTIFIER,
    STRING,
    NUMBER,
    SYMBOL
  }

  /**
   * @param text without quotes; words as written
   * @param depth how many parentheses are open around it
   */
  public record Token(Kind kind, String text, int depth) {

    public boolean is(String word) {
      return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    public boolean isSymbol(char symbol) {
      return kind == Kind.SYMBOL && text.charAt(0) == symbol;
    }

    public String upper() {
      return text.toUpperCase(Locale.ROOT);
    }
  }

  private final String sql;
  private final int limit;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int depth;

  private SqlTokens(String sql, int limit) {
    this.sql = sql;
    this.limit = limit;
  }

  /** The first tokens, at most {@code limit}. What is left open (a quote, a comment) reaches to the end of the text. */
  public static List<Token> of(String sql, int limit) {
    return new SqlTokens(sql, limit).read();
  }

  private List<Token> read() {
    while (at < sql.length() && tokens.size() < limit) {
      char c = sql.charAt(at);
      if (Character.isWhitespace(c) || c == '\u00A0' || c == '\uFEFF') {
        at++;
      } else if (sql.startsWith("--", at)) {
        int end = sql.indexOf('\n', at);
        at = end < 0 ? sql.length() : end;
      } else if (sql.startsWith("/*", at)) {
        at = behindBlockComment();
      } else if (c == '\'') {
        quoted(Kind.STRING, c, false);
      } else if (c == '"') {
        quoted(Kind.QUOTED_IDENTIFIER, c, false);
      } else if ((c == 'e' || c == 'E') && at + 1 < sql.length() && sql.charAt(at + 1) == '\'') {
        at++;
        quoted(Kind.STRING, '\'', true);
      } else if (c == '$' && dollarTagLength() > 0) {
        dollarQuoted(dollarTagLength());
      } else if (Character.isLetter(c) || c == '_') {
        run(Kind.WORD);
      } else if (Character.isDigit(c)) {
        run(Kind.NUMBER);
      } else {
        symbol(c);
      }
    }
    return List.copyOf(tokens);
  }

  private void symbol(char c) {
    if (c == ')') {
      depth = Math.max(0, depth - 1);
    }
    add(Kind.SYMBOL, String.valueOf(c));
    if (c == '(') {
      depth++;
    }
    at++;
  }

  private void run(Kind kind) {
    int from = at;
    while (at < sql.length()
        && (Character.isLetterOrDigit(sql.charAt(at))
            || sql.charAt(at) == '_'
            || sql.charAt(at) == '$')) {
      at++;
    }
    add(kind, sql.substring(from, at));
  }

  private void quoted(Kind kind, char quote, boolean backslashEscapes) {
    StringBuilder text = new StringBuilder();
    at++;
    while (at < sql.length()) {
      char c = sql.charAt(at++);
      if (c == '\\' && backslashEscapes && at < sql.length()) {
        text.append(sql.charAt(at++));
      } else if (c != quote) {
        text.append(c);
      } else if (at < sql.length() && sql.charAt(at) == quote) {
        text.append(quote);
        at++;
      } else {
        break;
      }
    }
    add(kind, text.toString());
  }

  private void dollarQuoted(int tagLength) {
    String tag = sql.substring(at, at + tagLength);
    int from = at + tagLength;
    int end = sql.indexOf(tag, from);
    add(Kind.STRING, sql.substring(from, end < 0 ? sql.length() : end));
    at = end < 0 ? sql.length() : end + tagLength;
  }

  /** The length of {@code $$} or {@code $tag$} at this point, 0 when there is none. */
  private int dollarTagLength() {
    int end = at + 1;
    while (end < sql.length()
        && (Character.isLetterOrDigit(sql.charAt(end)) || sql.charAt(end) == '_')) {
      end++;
    }
    boolean closed = end < sql.length() && sql.charAt(end) == '$';
    boolean startsWithDigit = Character.isDigit(sql.charAt(Math.min(at + 1, sql.length() - 1)));
    return closed && !startsWithDigit ? end + 1 - at : 0;
  }

  private int behindBlockComment() {
    int open = 1;
    int i = at + 2;
    while (i < sql.length() && open > 0) {
      if (sql.startsWith("*/", i)) {
        open--;
        i += 2;
      } else if (sql.startsWith("/*", i)) {
        open++;
        i += 2;
      } else {
        i++;
      }
    }
    return i;
  }

  private void add(Kind kind, String text) {
    tokens.add(new Token(kind, text, depth));
  }
}
