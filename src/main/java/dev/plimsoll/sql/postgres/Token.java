package dev.plimsoll.sql.postgres;

/**
 * A token as PostgreSQL's scanner finds it.
 *
 * @param start offset of its first char in the string (UTF-16)
 * @param end offset after its last char
 */
public record Token(Kind kind, int start, int end) {

  /** What a token is. */
  public enum Kind {
    /** A name, quoted or not, that is no keyword. */
    IDENTIFIER,
    /** A word that the grammar knows, reserved or not. */
    KEYWORD,
    /** A quoted value: {@code '...'}, {@code E'...'}, {@code $tag$...$tag$}, {@code B'...'}, {@code X'...'}, {@code U&'...'}. */
    STRING,
    NUMBER,
    /** {@code $1} */
    PARAMETER,
    /** An operator, including {@code ::}, {@code :=}, {@code =>} and {@code ..}. */
    OPERATOR,
    /** One of {@code ( ) [ ] , ; . :}, or a character that has no meaning in SQL. */
    PUNCTUATION,
    LINE_COMMENT,
    BLOCK_COMMENT
  }

  /** The token as it is written. */
  public String in(String sql) {
    return sql.substring(start, end);
  }

  public boolean isComment() {
    return kind == Kind.LINE_COMMENT || kind == Kind.BLOCK_COMMENT;
  }
}
