package dev.plimsoll.sql.generic;

import dev.plimsoll.sql.Engine;
import dev.plimsoll.sql.SourceText;
import dev.plimsoll.sql.generic.Lexeme.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Divides tokens into statements by the habits of each engine's client. */
final class GenericSplitter {

  /** What a T-SQL statement begins with where a line does: its statements need no semicolon. */
  private static final Set<String> T_SQL_OBJECTS = Set.of(
      "TABLE",
      "INDEX",
      "VIEW",
      "PROC",
      "PROCEDURE",
      "FUNCTION",
      "TRIGGER",
      "SCHEMA",
      "SEQUENCE",
      "TYPE",
      "DATABASE",
      "USER",
      "ROLE",
      "LOGIN",
      "UNIQUE",
      "CLUSTERED",
      "NONCLUSTERED",
      "SYNONYM",
      "STATISTICS",
      "COLUMNSTORE");

  private static final Set<String> T_SQL_SETTINGS = Set.of(
      "IDENTITY_INSERT",
      "NOCOUNT",
      "ANSI_NULLS",
      "QUOTED_IDENTIFIER",
      "XACT_ABORT",
      "ANSI_PADDING",
      "ANSI_WARNINGS",
      "ARITHABORT",
      "CONCAT_NULL_YIELDS_NULL",
      "NUMERIC_ROUNDABORT",
      "TRANSACTION",
      "LOCK_TIMEOUT");

  /** The first token and the one behind the last. */
  record Piece(int from, int to) {}

  private final SourceText source;
  private final Dialect dialect;
  private final List<Lexeme> lexemes;
  private final List<Piece> pieces = new ArrayList<>();
  private int from;
  private int brackets;
  private int blocks;

  /** A block has been opened and closed, so that the statement may end without a semicolon. */
  private boolean closed;

  private Body body = Body.NONE;

  private enum Body {
    NONE,
    /** BEGIN ... END, with semicolons inside. */
    BLOCK,
    /** To the end of the batch. */
    BATCH
  }

  private GenericSplitter(SourceText source, Dialect dialect, List<Lexeme> lexemes) {
    this.source = source;
    this.dialect = dialect;
    this.lexemes = lexemes;
  }

  static List<Piece> split(SourceText source, Dialect dialect, List<Lexeme> lexemes) {
    GenericSplitter splitter = new GenericSplitter(source, dialect, lexemes);
    for (int token = 0; token < lexemes.size(); token++) {
      splitter.take(token);
    }
    splitter.finish(lexemes.size(), lexemes.size());
    return splitter.pieces;
  }

  private void take(int token) {
    switch (lexemes.get(token).kind()) {
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
      case SYMBOL -> brackets += is(token, "(") ? 1 : is(token, ")") ? -1 : 0;
      case WORD -> word(token);
      default -> {
        // a part of the statement
      }
    }
  }

  private void word(int token) {
    boolean tSql = dialect.is(Engine.SQLSERVER);
    boolean mayEnd = body == Body.NONE || (body == Body.BLOCK && closed && !is(token, "ELSE"));
    if (tSql && token > from && mayEnd && brackets <= 0 && startsTSql(token)) {
      finish(token, token);
    }
    if (token == from) {
      body = bodyOf(token);
    }
    if (body == Body.BLOCK) {
      count(token, tSql);
    }
  }

  /** END IF, END LOOP and the like close what is not counted; T-SQL has none, and its IF may stand behind an END. */
  private void count(int token, boolean tSql) {
    if (is(token, "CASE") && is(token - 1, "END") && !tSql) {
      return;
    }
    if (isAny(token, "BEGIN", "CASE")) {
      blocks++;
      closed = false;
    } else if (is(token, "END") && (tSql || !isAny(token + 1, "IF", "LOOP", "WHILE", "REPEAT"))) {
      blocks = Math.max(0, blocks - 1);
      closed = blocks == 0;
    } else if (is(token, "ELSE")) {
      closed = false;
    }
  }

  private Body bodyOf(int token) {
    return switch (dialect.engine()) {
      case ORACLE ->
        isAny(token, "BEGIN", "DECLARE")
                || makes(token, "FUNCTION", "PROCEDURE", "PACKAGE", "TRIGGER", "TYPE")
            ? Body.BATCH
            : Body.NONE;
      case SQLSERVER -> {
        if (makes(token, "FUNCTION", "PROCEDURE", "PROC", "TRIGGER", "VIEW")) {
          yield Body.BATCH;
        }
        boolean block = isAny(token, "IF", "WHILE", "BEGIN", "WITH", "MERGE");
        yield block && !isAny(token + 1, "TRAN", "TRANSACTION") ? Body.BLOCK : Body.NONE;
      }
      default -> makes(token, "FUNCTION", "PROCEDURE", "TRIGGER", "EVENT") ? Body.BLOCK : Body.NONE;
    };
  }

  /** CREATE or ALTER of one of these, whatever words such as OR REPLACE or DEFINER stand between. */
  private boolean makes(int token, String... objects) {
    if (!is(token, "CREATE") && !is(token, "ALTER")) {
      return false;
    }
    for (int i = token + 1; i < Math.min(token + 12, lexemes.size()); i++) {
      if (isAny(i, objects)) {
        return true;
      }
      if (lexemes.get(i).kind() == Kind.END
          || isAny(i, "TABLE", "INDEX", "VIEW", "SEQUENCE", "AS", "ON", "(")) {
        return false;
      }
    }
    return false;
  }

  private boolean startsTSql(int token) {
    if (!startsLine(token)) {
      return false;
    }
    if (isAny(token, "CREATE", "ALTER", "DROP")) {
      return token + 1 < lexemes.size() && T_SQL_OBJECTS.contains(upper(token + 1));
    }
    if (is(token, "SET")) {
      return token + 1 < lexemes.size() && T_SQL_SETTINGS.contains(upper(token + 1));
    }
    return isAny(
            token,
            "INSERT",
            "UPDATE",
            "TRUNCATE",
            "EXEC",
            "EXECUTE",
            "PRINT",
            "DECLARE",
            "IF",
            "BEGIN",
            "COMMIT",
            "MERGE")
        || (is(token, "DELETE") && !is(token - 1, "ON"));
  }

  private boolean startsLine(int token) {
    int between = token == 0 ? 0 : lexemes.get(token - 1).end();
    String gap = source.text().substring(between, lexemes.get(token).start());
    return gap.indexOf('\n') >= 0 || gap.indexOf('\r') >= 0;
  }

  private void finish(int to, int next) {
    if (to > from) {
      pieces.add(new Piece(from, to));
    }
    from = next;
    brackets = 0;
    body = Body.NONE;
    blocks = 0;
    closed = false;
  }

  private String upper(int token) {
    return source
        .text()
        .substring(lexemes.get(token).start(), lexemes.get(token).end())
        .toUpperCase(Locale.ROOT);
  }

  private boolean isAny(int token, String... words) {
    for (String word : words) {
      if (is(token, word)) {
        return true;
      }
    }
    return false;
  }

  private boolean is(int token, String word) {
    if (token < 0 || token >= lexemes.size()) {
      return false;
    }
    Lexeme lexeme = lexemes.get(token);
    return (lexeme.kind() == Kind.WORD || lexeme.kind() == Kind.SYMBOL)
        && lexeme.end() - lexeme.start() == word.length()
        && source.text().regionMatches(true, lexeme.start(), word, 0, word.length());
  }
}
