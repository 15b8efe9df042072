package dev.plimsoll.sql.generic;

import dev.plimsoll.sql.Engine;
import dev.plimsoll.sql.SourceText;
import dev.plimsoll.sql.SqlComment;
import dev.plimsoll.sql.generic.Lexeme.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Cuts SQL of an engine into tokens: its quotes, its comments, and what its command-line client reads itself. */
final class GenericLexer {

  /** Commands of SQL*Plus that reach no table; SET is told from SQL's by its second word. */
  private static final Set<String> SQLPLUS = Set.of(
      "PROMPT",
      "SPOOL",
      "WHENEVER",
      "DEFINE",
      "UNDEFINE",
      "REM",
      "REMARK",
      "SHOW",
      "COLUMN",
      "EXIT",
      "QUIT",
      "PAUSE",
      "TTITLE",
      "CLEAR",
      "ACCEPT",
      "VARIABLE");

  private static final Set<String> SQL_SET =
      Set.of("ROLE", "TRANSACTION", "CONSTRAINT", "CONSTRAINTS");

  private static final int LONGEST_PLACEHOLDER = 100;

  private final SourceText source;
  private final Dialect dialect;
  private final String text;
  private final int end;
  private final List<Lexeme> lexemes = new ArrayList<>();
  private final List<SqlComment> comments = new ArrayList<>();
  private char[] prepared = new char[0];
  private String delimiter = ";";
  private String failure = "";
  private int at;

  /**
   * A text cut into tokens.
   *
   * @param prepared the text with what MySQL executes inside comments laid bare, offset by offset
   */
  record Result(List<Lexeme> lexemes, List<SqlComment> comments, String prepared, String failure) {}

  private GenericLexer(SourceText source, Dialect dialect, int from, int to) {
    this.source = source;
    this.dialect = dialect;
    this.text = source.text();
    this.at = from;
    this.end = to;
  }

  static Result lex(SourceText source, Dialect dialect, int from, int to) {
    GenericLexer lexer = new GenericLexer(source, dialect, from, to);
    if (from < to && lexer.text.charAt(from) == '\uFEFF') {
      lexer.at++;
    }
    while (lexer.at < to) {
      lexer.next();
    }
    String prepared = lexer.prepared.length == 0 ? lexer.text : new String(lexer.prepared);
    return new Result(lexer.lexemes, lexer.comments, prepared, lexer.failure);
  }

  private void next() {
    char c = text.charAt(at);
    if (Character.isWhitespace(c)) {
      at++;
    } else if (looking(delimiter)) {
      add(Kind.END, at + delimiter.length());
    } else if (startsLine() && clientLine()) {
      return;
    } else if (startsLineComment(c)) {
      int from = at;
      at = endOfLine();
      int marker = c == '#' ? 1 : 2;
      comments.add(
          new SqlComment(text.substring(from + marker, at).strip(), source.span(from, at)));
    } else if (looking("/*")) {
      blockComment();
    } else if (looking("*/") && dialect.isMySql()) {
      blank(at, at + 2); // the end of what MySQL executes inside a comment
      at += 2;
    } else {
      token(c);
    }
  }

  private void token(char c) {
    boolean quotesName = (c == '"' && !dialect.backslashEscapes())
        || (c == '`' && dialect.backtickNames())
        || (c == '[' && dialect.bracketNames());
    if (quotesName) {
      quoted(c == '[' ? ']' : c, Kind.QUOTED_NAME, "unterminated quoted name");
    } else if (c == '\'' || c == '"') {
      quoted(c, Kind.STRING, "unterminated string");
    } else if (looking("$$") && dialect.dollarQuotes()) {
      int close = text.indexOf("$$", at + 2);
      addOrFail(Kind.STRING, close < 0 ? -1 : close + 2, "unterminated dollar-quoted string");
    } else if (startsName(c) || looking("${")) {
      word();
    } else if (Character.isDigit(c)) {
      int i = at;
      while (i < end && (Character.isLetterOrDigit(text.charAt(i)) || text.charAt(i) == '.')) {
        i++;
      }
      add(Kind.NUMBER, i);
    } else {
      add(Kind.SYMBOL, at + 1);
    }
  }

  private void word() {
    char c = text.charAt(at);
    boolean alternative = dialect.is(Engine.ORACLE) && (c == 'q' || c == 'Q') && at + 2 < end;
    if (alternative && text.charAt(at + 1) == '\'') {
      oracleQuote();
      return;
    }
    if ("nNxXbB".indexOf(c) >= 0 && at + 1 < end && text.charAt(at + 1) == '\'') {
      quoted('\'', Kind.STRING, "unterminated string");
      return;
    }
    int i = at;
    while (i < end) {
      int close = text.startsWith("${", i) ? closeOfPlaceholder(i + 2) : -1;
      if (close > 0) {
        for (int k = i; k <= close; k++) {
          write(k, 'z');
        }
        i = close + 1;
      } else if (startsName(text.charAt(i))
          || Character.isDigit(text.charAt(i))
          || text.charAt(i) == '$') {
        i++;
      } else {
        break;
      }
    }
    add(i > at ? Kind.WORD : Kind.SYMBOL, Math.max(i, at + 1));
  }

  private int closeOfPlaceholder(int from) {
    for (int i = from; i < Math.min(end, from + LONGEST_PLACEHOLDER); i++) {
      if (text.charAt(i) == '}') {
        return i;
      }
    }
    return -1;
  }

  private void oracleQuote() {
    char open = text.charAt(at + 2);
    char close = switch (open) {
      case '[' -> ']';
      case '(' -> ')';
      case '{' -> '}';
      case '<' -> '>';
      default -> open;
    };
    int closing = text.indexOf(close + "'", at + 3);
    addOrFail(Kind.STRING, closing < 0 ? -1 : closing + 2, "unterminated string");
  }

  private void quoted(char close, Kind kind, String problem) {
    int i = text.charAt(at) == '[' ? at + 1 : text.indexOf(close, at) + 1;
    while (i < end) {
      char c = text.charAt(i);
      if (c == '\\' && kind == Kind.STRING && dialect.backslashEscapes()) {
        i += 2;
      } else if (c != close) {
        i++;
      } else if (i + 1 < end && text.charAt(i + 1) == close) {
        i += 2;
      } else {
        add(kind, i + 1);
        return;
      }
    }
    addOrFail(kind, -1, problem);
  }

  private void addOrFail(Kind kind, int to, String problem) {
    if (to < 0 || to > end) {
      failure = problem;
      add(Kind.UNTERMINATED, end);
    } else {
      add(kind, to);
    }
  }

  private void blockComment() {
    boolean executed = dialect.isMySql() && (looking("/*!") || looking("/*M!"));
    if (executed) {
      int i = text.indexOf('!', at) + 1;
      while (i < end && Character.isDigit(text.charAt(i))) {
        i++;
      }
      blank(at, i);
      at = i;
      return;
    }
    int from = at;
    int depth = 0;
    while (at < end) {
      if (looking("/*") && (depth == 0 || dialect.nestedComments())) {
        depth++;
        at += 2;
      } else if (looking("*/")) {
        at += 2;
        if (--depth == 0) {
          comments.add(
              new SqlComment(text.substring(from + 2, at - 2).strip(), source.span(from, at)));
          return;
        }
      } else {
        at++;
      }
    }
    at = from;
    addOrFail(Kind.UNTERMINATED, -1, "unterminated /* comment");
  }

  /** Reads a line that is the client's own; false where it is SQL. */
  private boolean clientLine() {
    String line = text.substring(at, Math.min(endOfLine(), at + 200)).strip();
    String[] words = line.split("\\s+", 3);
    String first = words[0].toUpperCase(Locale.ROOT);
    switch (dialect.engine()) {
      case MYSQL, MARIADB -> {
        if (!first.equals("DELIMITER") || words.length < 2) {
          return false;
        }
        delimiter = words[1];
        at = endOfLine();
        return true;
      }
      case SQLSERVER -> {
        boolean separates = (first.equals("GO") || first.equals("GO;"))
            && (words.length == 1 || Character.isDigit(words[1].charAt(0)));
        if (separates) {
          add(Kind.BATCH_END, endOfLine());
        } else if (line.startsWith(":r ") || line.startsWith("!!")) {
          add(Kind.CLIENT_COMMAND, endOfLine());
        }
        return separates || line.startsWith(":r ") || line.startsWith("!!");
      }
      case ORACLE -> {
        return sqlPlusLine(line, first, words.length > 1 ? words[1].toUpperCase(Locale.ROOT) : "");
      }
      default -> {
        return false;
      }
    }
  }

  private boolean sqlPlusLine(String line, String first, String second) {
    if (line.equals("/")) {
      add(Kind.BATCH_END, endOfLine());
      return true;
    }
    boolean betweenStatements = lexemes.isEmpty()
        || lexemes.getLast().kind() == Kind.END
        || lexemes.getLast().kind() == Kind.BATCH_END
        || lexemes.getLast().kind() == Kind.CLIENT_COMMAND;
    if (!betweenStatements) {
      return false;
    }
    if (line.startsWith("@") || first.equals("START") || first.startsWith("CONN")) {
      add(Kind.CLIENT_COMMAND, endOfLine());
      return true;
    }
    boolean setsClient = first.equals("SET") && !SQL_SET.contains(second);
    if (SQLPLUS.contains(first) || setsClient) {
      at = endOfLine();
      return true;
    }
    return false;
  }

  private boolean startsLineComment(char c) {
    if (dialect.hashComments()) {
      boolean dashes = looking("--") && (at + 2 >= end || text.charAt(at + 2) <= ' ');
      return c == '#' || dashes;
    }
    return looking("--") || (dialect.is(Engine.H2) && looking("//"));
  }

  private boolean startsLine() {
    int i = at - 1;
    while (i >= 0 && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
      i--;
    }
    return i < 0 || text.charAt(i) == '\n' || text.charAt(i) == '\r' || text.charAt(i) == '\uFEFF';
  }

  private int endOfLine() {
    int i = at;
    while (i < end && text.charAt(i) != '\n' && text.charAt(i) != '\r') {
      i++;
    }
    return i;
  }

  private boolean looking(String expected) {
    return at + expected.length() <= end && text.startsWith(expected, at);
  }

  private void add(Kind kind, int to) {
    lexemes.add(new Lexeme(kind, at, to));
    at = to;
  }

  private void blank(int from, int to) {
    for (int i = from; i < to; i++) {
      write(i, ' ');
    }
  }

  private void write(int offset, char c) {
    if (prepared.length == 0) {
      prepared = text.toCharArray();
    }
    prepared[offset] = c;
  }

  private static boolean startsName(char c) {
    return Character.isLetter(c) || c == '_' || c == '@' || c == '#' || c > 0x7F;
  }
}
