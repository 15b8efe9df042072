package dev.plimsoll.sql.generic;

import dev.plimsoll.sql.Engine;
import java.util.ArrayList;
import java.util.List;

/** Divides tokens into statements by the habits of each engine's client; see {@link TSqlSplitter} for SQL Server. */
final class GenericSplitter {
  private final Dialect dialect;
  private final Words words;
  private final List<Piece> pieces = new ArrayList<>();
  private int from;
  private int blocks;
  private Body body = Body.NONE;

  private enum Body {
    NONE,
    /** BEGIN ... END, with semicolons inside. */
    BLOCK,
    /** Oracle: to the line with a slash. */
    BATCH
  }

  private GenericSplitter(Dialect dialect, Words words) {
    this.dialect = dialect;
    this.words = words;
  }

  static List<Piece> split(Dialect dialect, Words words) {
    if (dialect.is(Engine.SQLSERVER)) {
      return TSqlSplitter.split(words);
    }
    GenericSplitter splitter = new GenericSplitter(dialect, words);
    for (int token = 0; token < words.size(); token++) {
      splitter.take(token);
    }
    splitter.finish(words.size(), words.size());
    return splitter.pieces;
  }

  private void take(int token) {
    switch (words.kind(token)) {
      case END -> {
        boolean inside = body == Body.BATCH || (body == Body.BLOCK && blocks > 0);
        if (!inside) {
          finish(token, token + 1);
        }
      }
      case BATCH_END -> finish(token, token + 1);
      case CLIENT_COMMAND -> {
        finish(token, token);
        finish(token + 1, token + 1);
      }
      case UNTERMINATED -> finish(token + 1, token + 1);
      case WORD -> word(token);
      default -> {
        // a part of the statement
      }
    }
  }

  private void word(int token) {
    if (token == from) {
      body = bodyOf(token);
    }
    boolean behindEnd = words.is(token - 1, "END");
    if (body != Body.BLOCK || (behindEnd && words.is(token, "CASE"))) {
      return;
    }
    if (words.isAny(token, "BEGIN", "CASE")) {
      blocks++;
    } else if (words.is(token, "END") && !words.isAny(token + 1, "IF", "LOOP", "WHILE", "REPEAT")) {
      blocks = Math.max(0, blocks - 1); // END IF and the like close what is not counted
    }
  }

  private Body bodyOf(int token) {
    if (!dialect.is(Engine.ORACLE)) {
      return words.makes(token, "FUNCTION", "PROCEDURE", "TRIGGER", "EVENT")
          ? Body.BLOCK
          : Body.NONE;
    }
    boolean block = words.isAny(token, "BEGIN", "DECLARE");
    return block || words.makes(token, "FUNCTION", "PROCEDURE", "PACKAGE", "TRIGGER", "TYPE")
        ? Body.BATCH
        : Body.NONE;
  }

  private void finish(int to, int next) {
    if (to > from) {
      pieces.add(new Piece(from, to));
    }
    from = next;
    blocks = 0;
    body = Body.NONE;
  }
}
