package dev.plimsoll.sql.postgres;

import dev.plimsoll.sql.SourceText;
import dev.plimsoll.sql.postgres.Piece.Sql;
import dev.plimsoll.sql.postgres.Piece.Unreadable;
import dev.plimsoll.sql.postgres.TokenList.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Divides tokens into statements. A semicolon ends one everywhere but in two places of PostgreSQL's grammar: the body of an
 * SQL function, BEGIN ATOMIC ... END, and the bracketed actions of a rule.
 */
final class Splitter {
  private final SourceText source;
  private final TokenList tokens;
  private final String failure;
  private final List<Piece> pieces = new ArrayList<>();
  private int from;
  private boolean makesRoutine;
  private boolean makesRule;
  private boolean hasTemplate;
  private int blocks;
  private int brackets;

  private Splitter(SourceText source, Lexer.Result lexed) {
    this.source = source;
    this.tokens = lexed.tokens();
    this.failure = lexed.failure();
  }

  static List<Piece> split(SourceText source, Lexer.Result lexed) {
    Splitter splitter = new Splitter(source, lexed);
    for (int token = 0; token < splitter.tokens.size(); token++) {
      splitter.take(token);
    }
    splitter.finish(splitter.tokens.size());
    return splitter.pieces;
  }

  private void take(int token) {
    switch (tokens.kind(token)) {
      case WORD -> word(token);
      case SYMBOL -> brackets += makesRule ? tokens.nesting(token) : 0;
      case END -> {
        if (blocks == 0 && brackets <= 0) {
          finish(token);
        }
      }
      case COMMAND -> {
        finish(token);
        String command = tokens.text(token);
        unreadable(token, token, PsqlCommand.reason(command.split("\\s", 2)[0].substring(1)));
      }
      case TEMPLATE -> template(token);
      case STRAY_DATA -> {
        finish(token);
        unreadable(token, token, "data of COPY without the line \\. that ends it");
      }
      case UNTERMINATED -> {
        pieces.add(new Unreadable(
            tokens.start(from),
            endOfText(token),
            failure,
            Optional.of(source.positionAt(tokens.start(token)))));
        begin(token + 1);
      }
      default -> {
        // a part of the statement
      }
    }
  }

  private void template(int token) {
    if (token == from) {
      unreadable(token, token, "a template's directive: what is made of it is not known");
    } else {
      hasTemplate = true;
    }
  }

  private void word(int token) {
    if (token == from) {
      int second = from + 1;
      int made = tokens.is(second, "OR") ? from + 3 : second;
      boolean creates = tokens.is(from, "CREATE");
      makesRoutine = creates && (tokens.is(made, "FUNCTION") || tokens.is(made, "PROCEDURE"));
      makesRule = creates && tokens.is(made, "RULE");
    } else if (makesRoutine
        && blocks == 0
        && tokens.is(token, "ATOMIC")
        && tokens.is(token - 1, "BEGIN")) {
      blocks = 1;
    } else if (blocks > 0 && tokens.is(token, "CASE")) {
      blocks++;
    } else if (blocks > 0 && tokens.is(token, "END")) {
      blocks--;
    }
  }

  private void finish(int token) {
    if (token > from && hasTemplate) {
      unreadable(
          from, token - 1, "a template's directive stands in it: what is made of it is not known");
    } else if (token == from + 1 && tokens.kind(from) == Kind.PLACEHOLDER) {
      unreadable(
          from,
          from,
          "the placeholder " + tokens.text(from) + " stands for it: what it holds is not known");
    } else if (token > from) {
      pieces.add(new Sql(from, token));
    }
    begin(token + 1);
  }

  private void unreadable(int first, int last, String reason) {
    pieces.add(new Unreadable(tokens.start(first), tokens.end(last), reason, Optional.empty()));
    begin(last + 1);
  }

  private void begin(int token) {
    from = token;
    makesRoutine = false;
    makesRule = false;
    hasTemplate = false;
    blocks = 0;
    brackets = 0;
  }

  private int endOfText(int token) {
    String text = source.text();
    int end = tokens.end(token);
    while (end > tokens.start(token) + 1 && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }
}
