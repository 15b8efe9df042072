package dev.plimsoll.sql.generic;

import dev.plimsoll.sql.SourceText;
import dev.plimsoll.sql.generic.Lexeme.Kind;
import java.util.List;

/** The tokens of a text, asked for their words. */
record Words(SourceText source, List<Lexeme> lexemes) {

  int size() {
    return lexemes.size();
  }

  Kind kind(int token) {
    return lexemes.get(token).kind();
  }

  /** As it is written; empty outside the text. */
  String text(int token) {
    if (token < 0 || token >= lexemes.size()) {
      return "";
    }
    return source
        .text()
        .substring(lexemes.get(token).start(), lexemes.get(token).end());
  }

  boolean is(int token, String word) {
    if (token < 0 || token >= lexemes.size()) {
      return false;
    }
    Lexeme lexeme = lexemes.get(token);
    return (lexeme.kind() == Kind.WORD || lexeme.kind() == Kind.SYMBOL)
        && lexeme.end() - lexeme.start() == word.length()
        && source.text().regionMatches(true, lexeme.start(), word, 0, word.length());
  }

  boolean isAny(int token, String... words) {
    for (String word : words) {
      if (is(token, word)) {
        return true;
      }
    }
    return false;
  }

  /** CREATE or ALTER of one of these, whatever words such as OR REPLACE or DEFINER stand between. */
  boolean makes(int token, String... objects) {
    if (!isAny(token, "CREATE", "ALTER")) {
      return false;
    }
    for (int i = token + 1; i < Math.min(token + 12, lexemes.size()); i++) {
      if (isAny(i, objects)) {
        return true;
      }
      if (kind(i) == Kind.END || isAny(i, "TABLE", "INDEX", "VIEW", "SEQUENCE", "AS", "ON", "(")) {
        return false;
      }
    }
    return false;
  }

  /** Whether a line ends between the token and the one before it. */
  boolean startsLine(int token) {
    int between = token == 0 ? 0 : lexemes.get(token - 1).end();
    for (int i = between; i < lexemes.get(token).start(); i++) {
      char c = source.text().charAt(i);
      if (c == '\n' || c == '\r') {
        return true;
      }
    }
    return token == 0;
  }
}
