package dev.plimsoll.sql.generic;

/**
 * A token.
 *
 * @param start offset of its first character
 * @param end offset behind its last one
 */
record Lexeme(Kind kind, int start, int end) {

  enum Kind {
    WORD,
    QUOTED_NAME,
    STRING,
    NUMBER,
    SYMBOL,
    /** A semicolon, or what DELIMITER has put in its place. */
    END,
    /** GO, or a line with nothing but a slash: ends all that came before. */
    BATCH_END,
    /** A command of the client to the end of its line. */
    CLIENT_COMMAND,
    UNTERMINATED
  }
}
