package dev.plimsoll.sql.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.sql.Position;
import dev.plimsoll.sql.SourceSpan;
import dev.plimsoll.sql.SourceText;

/** A statement's tokens and the way from places in its parse tree to them. */
final class PieceSource {
  private final SourceText source;
  private final TokenList tokens;
  private final Placeholders placeholders;
  private final Utf8Text parsed;
  private final int base;
  private final int from;
  private final int to;

  /**
   * @param parsed the text that the parser was given
   * @param base where it begins in the source
   */
  PieceSource(SourceText source, Lexer.Result lexed, Piece.Sql piece, Utf8Text parsed, int base) {
    this.source = source;
    this.tokens = lexed.tokens();
    this.placeholders = lexed.placeholders();
    this.parsed = parsed;
    this.base = base;
    this.from = piece.from();
    this.to = piece.to();
  }

  TokenList tokens() {
    return tokens;
  }

  Placeholders placeholders() {
    return placeholders;
  }

  /** The statement's first token. */
  int from() {
    return from;
  }

  /** Behind the statement's last token. */
  int to() {
    return to;
  }

  /** The token at a node's location. */
  int token(JsonNode node) {
    int offset = base + parsed.offsetOfByte(node.path("location").asInt(0));
    return tokens.at(offset, from, to);
  }

  /** The text of the tokens from {@code first} to before {@code behind}, as it stands in the source. */
  String slice(int first, int behind) {
    return first < behind
        ? source.text().substring(tokens.start(first), tokens.end(behind - 1))
        : "";
  }

  SourceSpan span(int first, int behind) {
    return source.span(tokens.start(first), tokens.end(behind - 1));
  }

  Position position(int token) {
    return source.positionAt(tokens.start(token));
  }
}
