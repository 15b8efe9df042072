package dev.plimsoll.sql.postgres;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.plimsoll.sql.postgres.Token.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the scanner's JSON: {@code {"version": 180004, "tokens": [{"start": 0, "end": 6, "tokenType": 653, ...}, ...]}}. */
final class TokenReader {
  private TokenReader() {}

  /**
   * The tokens. When the scanner runs out of memory it returns fewer of them without a word, so it is checked that there is
   * only white space between them.
   */
  static List<Token> read(byte[] utf8, Utf8Text text) throws RefusedInput {
    List<Token> tokens = tokens(utf8, text);
    int end = text.offsetOfByte(0);
    for (Token token : tokens) {
      requireWhiteSpace(text.string(), end, token.start());
      end = token.end();
    }
    requireWhiteSpace(text.string(), end, text.string().length());
    return tokens;
  }

  private static void requireWhiteSpace(String sql, int from, int to) throws RefusedInput {
    for (int i = from; i < to; i++) {
      if (" \t\n\r\f\u000b".indexOf(sql.charAt(i)) < 0) {
        throw new RefusedInput(PgParser.TOO_LARGE);
      }
    }
  }

  private static List<Token> tokens(byte[] utf8, Utf8Text text) {
    List<Token> tokens = new ArrayList<>();
    try (JsonParser json = AstReader.parser(utf8)) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.START_ARRAY) {
          while (json.nextToken() == JsonToken.START_OBJECT) {
            tokens.add(token(json, text));
          }
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("the scanner wrote a JSON document that is none", e);
    }
    return tokens;
  }

  private static Token token(JsonParser json, Utf8Text text) throws IOException {
    int start = 0;
    int end = 0;
    int type = 0;
    boolean keyword = false;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "start" -> start = json.getIntValue();
        case "end" -> end = json.getIntValue();
        case "tokenType" -> type = json.getIntValue();
        case "keywordKind" -> keyword = json.getIntValue() != 0;
        default -> json.skipChildren();
      }
    }
    Kind kind = keyword ? Kind.KEYWORD : kindOf(type);
    return new Token(kind, text.offsetOfByte(start), text.offsetOfByte(end));
  }

  /** The numbers are those of PostgreSQL 18's grammar (gram.y); single characters are themselves. */
  private static Kind kindOf(int type) {
    return switch (type) {
      case 258, 259 -> Kind.IDENTIFIER;
      case 260, 266 -> Kind.NUMBER;
      case 261, 262, 263, 264 -> Kind.STRING;
      case 267 -> Kind.PARAMETER;
      case 265, 268, 269, 270, 271, 272, 273, 274 -> Kind.OPERATOR;
      case 275 -> Kind.LINE_COMMENT;
      case 276 -> Kind.BLOCK_COMMENT;
      case '+', '-', '*', '/', '%', '^', '<', '>', '=' -> Kind.OPERATOR;
      default -> type < 256 ? Kind.PUNCTUATION : Kind.KEYWORD;
    };
  }
}
