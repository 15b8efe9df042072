package dev.plimsoll.sql.postgres;

import dev.plimsoll.sql.SourceText;
import dev.plimsoll.sql.SqlComment;
import dev.plimsoll.sql.postgres.TokenList.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into tokens by the rules of PostgreSQL's scanner (scan.l, standard_conforming_strings on) and of psql's
 * (psqlscan.l: backslash commands, variables, COPY data). Makes the text that the parser can read: placeholders become
 * names of their length, psql's own lines become blanks, and so every offset stays.
 */
final class Lexer {
  private static final String OPERATOR_CHARACTERS = "+-*/<>=~!@#%^&|`?";
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final SourceText source;
  private final String text;
  private final int end;
  private final TokenList tokens;
  private final List<SqlComment> comments = new ArrayList<>();
  private final Placeholders placeholders = new Placeholders();
  private char[] prepared = new char[0];
  private String failure = "";
  private int at;
  private int firstOfStatement;
  private int subscripts;

  /**
   * A text cut into tokens.
   *
   * @param prepared what the parser reads, offset by offset the same text
   * @param failure the reason of a token of the kind UNTERMINATED
   */
  record Result(
      TokenList tokens,
      List<SqlComment> comments,
      Placeholders placeholders,
      String prepared,
      String failure) {}

  private Lexer(SourceText source, int from, int to) {
    this.source = source;
    this.text = source.text();
    this.at = from;
    this.end = to;
    this.tokens = new TokenList(text);
  }

  static Result lex(SourceText source, int from, int to) {
    Lexer lexer = new Lexer(source, from, to);
    if (from < to && source.text().charAt(from) == BYTE_ORDER_MARK) {
      lexer.at++;
    }
    while (lexer.at < to) {
      lexer.next();
    }
    String prepared = lexer.prepared.length == 0 ? lexer.text : new String(lexer.prepared);
    return new Result(lexer.tokens, lexer.comments, lexer.placeholders, prepared, lexer.failure);
  }

  private void next() {
    char c = text.charAt(at);
    switch (c) {
      case ' ', '\t', '\n', '\r', '\f', '\u000B' -> at++;
      case '\'' -> string(at, false);
      case '"' -> quotedName(at);
      case '$' -> dollar();
      case '{' -> brace();
      case '\\' -> command();
      case ':' -> colon();
      case ';' -> endOfStatement();
      case '-' -> {
        if (looking("--")) {
          lineComment();
        } else {
          operator();
        }
      }
      case '/' -> {
        if (looking("/*")) {
          blockComment();
        } else {
          operator();
        }
      }
      default -> nameNumberOrSymbol(c);
    }
  }

  private void nameNumberOrSymbol(char c) {
    if (startsName(c)) {
      prefixedStringOrWord(c);
    } else if (isDigit(c) || (c == '.' && at + 1 < end && isDigit(text.charAt(at + 1)))) {
      number();
    } else if (OPERATOR_CHARACTERS.indexOf(c) >= 0) {
      operator();
    } else {
      subscripts += c == '[' ? 1 : c == ']' ? -1 : 0;
      token(Kind.SYMBOL, at, at + 1);
    }
  }

  private void token(Kind kind, int from, int to) {
    tokens.add(kind, from, to);
    at = to;
  }

  private void endOfStatement() {
    boolean dataFollows = isCopyFromStdin();
    token(Kind.END, at, at + 1);
    subscripts = 0;
    if (dataFollows) {
      copyData();
    }
    firstOfStatement = tokens.size();
  }

  private void lineComment() {
    int from = at;
    at = endOfLine(at);
    comment(from, from + 2, at, at);
  }

  private void blockComment() {
    int from = at;
    int depth = 0;
    while (at < end) {
      if (looking("/*")) {
        depth++;
        at += 2;
      } else if (looking("*/")) {
        depth--;
        at += 2;
        if (depth == 0) {
          comment(from, from + 2, at - 2, at);
          return;
        }
      } else {
        at++;
      }
    }
    unterminated(from, "unterminated /* comment");
  }

  private void comment(int from, int contentFrom, int contentTo, int to) {
    comments.add(
        new SqlComment(text.substring(contentFrom, contentTo).strip(), source.span(from, to)));
  }

  private void string(int from, boolean backslashEscapes) {
    int i = text.indexOf('\'', from) + 1;
    while (i < end) {
      char c = text.charAt(i);
      if (backslashEscapes && c == '\\') {
        i += 2;
      } else if (c != '\'') {
        i++;
      } else if (i + 1 < end && text.charAt(i + 1) == '\'') {
        i += 2;
      } else {
        token(Kind.STRING, from, i + 1);
        return;
      }
    }
    unterminated(from, "unterminated quoted string");
  }

  private void quotedName(int from) {
    int i = text.indexOf('"', from) + 1;
    while (i < end) {
      if (text.charAt(i) != '"') {
        i++;
      } else if (i + 1 < end && text.charAt(i + 1) == '"') {
        i += 2;
      } else {
        token(Kind.QUOTED_NAME, from, i + 1);
        return;
      }
    }
    unterminated(from, "unterminated quoted identifier");
  }

  private void dollar() {
    if (at + 1 < end && isDigit(text.charAt(at + 1))) {
      int i = at + 1;
      while (i < end && isDigit(text.charAt(i))) {
        i++;
      }
      token(Kind.PARAMETER, at, i);
    } else if (Template.placeholderEnd(text, at, end) > 0) {
      word();
    } else {
      dollarQuoted();
    }
  }

  private void dollarQuoted() {
    int i = at + 1;
    while (i < end && text.charAt(i) != '$' && continuesName(text.charAt(i))) {
      i++;
    }
    if (i >= end || text.charAt(i) != '$') {
      token(Kind.SYMBOL, at, at + 1);
      return;
    }
    String delimiter = text.substring(at, i + 1);
    int close = text.indexOf(delimiter, i + 1);
    if (close < 0 || close + delimiter.length() > end) {
      unterminated(at, "unterminated dollar-quoted string");
    } else {
      token(Kind.STRING, at, close + delimiter.length());
    }
  }

  private void brace() {
    int directive = Template.directiveEnd(text, at, end);
    int comment = Template.commentEnd(text, at, end);
    if (comment > 0) {
      write(at, " ".repeat(comment - at));
      at = comment;
    } else if (directive > 0) {
      token(Kind.TEMPLATE, at, directive);
    } else if (Template.placeholderEnd(text, at, end) > 0) {
      word();
    } else {
      token(Kind.SYMBOL, at, at + 1);
    }
  }

  private void prefixedStringOrWord(char c) {
    char second = at + 1 < end ? text.charAt(at + 1) : ' ';
    char third = at + 2 < end ? text.charAt(at + 2) : ' ';
    boolean unicode = (c == 'u' || c == 'U') && second == '&';
    if (second == '\'' && "eEbBxX".indexOf(c) >= 0) {
      string(at, c == 'e' || c == 'E');
    } else if (unicode && third == '\'') {
      string(at, false);
    } else if (unicode && third == '"') {
      quotedName(at);
    } else {
      word();
    }
  }

  /** A name, of which a part or all may be placeholders. */
  private void word() {
    int from = at;
    int i = at;
    int parts = 0;
    boolean onlyPlaceholders = true;
    while (i < end) {
      int close = Template.placeholderEnd(text, i, end);
      if (close > 0) {
        placeholder(i, close);
        i = close;
        parts++;
      } else if (continuesName(text.charAt(i))) {
        onlyPlaceholders = false;
        i++;
      } else {
        break;
      }
    }
    token(onlyPlaceholders && parts == 1 ? Kind.PLACEHOLDER : Kind.WORD, from, i);
  }

  private void placeholder(int from, int to) {
    write(from, placeholders.standIn(text.substring(from, to), from));
  }

  private void number() {
    int i = at;
    while (i < end) {
      char c = text.charAt(i);
      boolean exponent =
          (c == '+' || c == '-') && (text.charAt(i - 1) == 'e' || text.charAt(i - 1) == 'E');
      boolean fraction = c == '.' && !(i + 1 < end && text.charAt(i + 1) == '.');
      if (!isDigit(c) && c != '_' && !isLetter(c) && !fraction && !(exponent && i > at)) {
        break;
      }
      i++;
    }
    token(Kind.NUMBER, at, i);
  }

  /** An operator ends before a comment, and in + or - only when it also has a character that no SQL operator has. */
  private void operator() {
    int i = at;
    boolean special = false;
    while (i < end && OPERATOR_CHARACTERS.indexOf(text.charAt(i)) >= 0) {
      if (i > at && (text.startsWith("--", i) || text.startsWith("/*", i))) {
        break;
      }
      special |= "~!@#%^&|`?".indexOf(text.charAt(i)) >= 0;
      i++;
    }
    while (!special && i - at > 1 && (text.charAt(i - 1) == '+' || text.charAt(i - 1) == '-')) {
      i--;
    }
    token(Kind.SYMBOL, at, i);
  }

  /** A cast, an assignment, or a variable of psql: {@code :name}, {@code :'value'}, {@code :"name"}. */
  private void colon() {
    if (looking("::") || looking(":=")) {
      token(Kind.SYMBOL, at, at + 2);
      return;
    }
    int close = subscripts > 0 ? 0 : Template.variableEnd(text, at, end);
    if (close == 0) {
      token(Kind.SYMBOL, at, at + 1);
    } else if (text.charAt(at + 1) == '\'') {
      write(at, "'z");
      token(Kind.STRING, at, close);
    } else {
      placeholder(at, close);
      token(Kind.PLACEHOLDER, at, close);
    }
  }

  private void command() {
    int nameEnd = at + 1;
    while (nameEnd < end && (isLetter(text.charAt(nameEnd)) || text.charAt(nameEnd) == '_')) {
      nameEnd++;
    }
    if (nameEnd == at + 1 && nameEnd < end) {
      nameEnd++;
    }
    String name = text.substring(at + 1, nameEnd);
    int close = name.equals(";") ? nameEnd : endOfLine(at);
    switch (PsqlCommand.named(name)) {
      case HARMLESS -> {
        write(at, " ".repeat(close - at));
        at = close;
      }
      case ENDS_STATEMENT -> {
        write(at, ";" + " ".repeat(close - at - 1));
        token(Kind.END, at, close);
        firstOfStatement = tokens.size();
      }
      case RUNS_SOMETHING -> {
        token(Kind.COMMAND, at, close);
        firstOfStatement = tokens.size();
      }
    }
  }

  private boolean isCopyFromStdin() {
    if (!tokens.is(firstOfStatement, "COPY")) {
      return false;
    }
    int from = tokens.find("FROM", firstOfStatement, tokens.size());
    return tokens.is(from + 1, "STDIN");
  }

  /** Data from the next line to a line of {@code \.}, as pg_dump writes it. */
  private void copyData() {
    int from = Math.min(end, endOfLine(at) + 1);
    for (int line = from; line < end; line = endOfLine(line) + 1) {
      if (text.substring(line, Math.min(endOfLine(line), line + 4)).strip().equals("\\.")) {
        at = endOfLine(line);
        return;
      }
    }
    if (text.substring(from, end).isBlank()) {
      at = end;
    } else {
      token(Kind.STRAY_DATA, from, end);
    }
  }

  private void unterminated(int from, String reason) {
    failure = reason;
    token(Kind.UNTERMINATED, from, end);
  }

  private boolean looking(String expected) {
    return at + expected.length() <= end && text.startsWith(expected, at);
  }

  /** The offset of the line's LF, or of the CR of a file that has no LF there. */
  private int endOfLine(int from) {
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      if (c == '\n' || (c == '\r' && !(i + 1 < end && text.charAt(i + 1) == '\n'))) {
        return i;
      }
    }
    return end;
  }

  private void write(int offset, String standIn) {
    if (prepared.length == 0) {
      prepared = text.toCharArray();
    }
    standIn.getChars(0, standIn.length(), prepared, offset);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean startsName(char c) {
    return isLetter(c) || c == '_' || c >= 0x80;
  }

  private static boolean continuesName(char c) {
    return startsName(c) || isDigit(c) || c == '$';
  }
}
