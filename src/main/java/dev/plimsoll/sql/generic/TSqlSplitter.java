package dev.plimsoll.sql.generic;

import dev.plimsoll.sql.generic.Lexeme.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Divides T-SQL into statements, which need no semicolon: one also ends where a line begins with what can only begin another.
 *
 * <p>Migrations for SQL Server guard nearly every statement, {@code IF COL_LENGTH(...) IS NULL BEGIN ALTER TABLE ... END}. The
 * guard is left out and each branch read as if it ran: the worst that can happen. A loop stays in one piece.
 */
final class TSqlSplitter {
  private static final Set<String> OBJECTS = Set.of(
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
      "COLUMNSTORE",
      "OR",
      "FULLTEXT");

  /** What begins a statement wherever a line does. */
  private static final Set<String> STARTS = Set.of(
      "INSERT",
      "UPDATE",
      "DELETE",
      "TRUNCATE",
      "EXEC",
      "EXECUTE",
      "PRINT",
      "DECLARE",
      "IF",
      "WHILE",
      "BEGIN",
      "COMMIT",
      "ROLLBACK",
      "MERGE",
      "RAISERROR",
      "THROW",
      "RETURN",
      "GRANT",
      "REVOKE",
      "DENY",
      "OPEN",
      "FETCH",
      "CLOSE",
      "DEALLOCATE");

  /** What begins the statement that a guard is for; the queries of its condition are in brackets. */
  private static final Set<String> GUARDED =
      Set.of("CREATE", "ALTER", "DROP", "SET", "SELECT", "WITH", "USE");

  private final Words words;
  private final List<Piece> pieces = new ArrayList<>();
  private int from;
  private int brackets;
  private int cases;
  private int blocks;
  private State state = State.STATEMENT;

  private enum State {
    STATEMENT,
    /** Behind IF, before what it guards. */
    GUARD,
    /** MERGE or WITH: lines in it may begin as statements do, and a semicolon ends it. */
    WHOLE,
    LOOP,
    /** The body of a procedure, to the end of the batch. */
    ROUTINE
  }

  private TSqlSplitter(Words words) {
    this.words = words;
  }

  static List<Piece> split(Words words) {
    TSqlSplitter splitter = new TSqlSplitter(words);
    for (int token = 0; token < words.size(); token++) {
      splitter.take(token);
    }
    splitter.finish(words.size(), words.size());
    return splitter.pieces;
  }

  private void take(int token) {
    switch (words.kind(token)) {
      case END -> {
        if (state != State.ROUTINE && !(state == State.LOOP && blocks > 0)) {
          finish(token, token + 1);
        }
      }
      case BATCH_END -> finish(token, token + 1);
      case CLIENT_COMMAND -> {
        finish(token, token);
        finish(token + 1, token + 1);
      }
      case UNTERMINATED -> finish(token + 1, token + 1);
      case SYMBOL -> brackets += words.is(token, "(") ? 1 : words.is(token, ")") ? -1 : 0;
      case WORD -> {
        if (brackets <= 0) {
          word(token);
        }
      }
      default -> {
        // a part of the statement
      }
    }
  }

  private void word(int token) {
    switch (state) {
      case STATEMENT -> inStatement(token);
      case GUARD -> inGuard(token);
      case LOOP -> inLoop(token);
      case WHOLE, ROUTINE -> {
        // ends elsewhere
      }
    }
  }

  private void inStatement(int token) {
    if (words.is(token, "CASE")) {
      cases++;
    } else if (words.is(token, "END") && cases > 0) {
      cases--;
    } else if (words.is(token, "END")) {
      finish(token, pastTryOrCatch(token + 1));
    } else if (words.is(token, "ELSE") && cases == 0) {
      finish(token, token + 1);
    } else if (token > from && startsStatement(token)) {
      finish(token, token);
    }
    if (token == from) {
      begin(token);
    }
  }

  private void begin(int token) {
    if (words.isAny(token, "MERGE", "WITH")) {
      state = State.WHOLE;
    } else if (words.is(token, "IF")) {
      state = State.GUARD;
    } else if (words.is(token, "WHILE")) {
      state = State.LOOP;
    } else if (words.is(token, "BEGIN")
        && !words.isAny(token + 1, "TRAN", "TRANSACTION", "DISTRIBUTED")) {
      from = pastTryOrCatch(token + 1);
    } else if (words.makes(token, "FUNCTION", "PROCEDURE", "PROC", "TRIGGER", "VIEW")) {
      state = State.ROUTINE;
    }
  }

  private void inGuard(int token) {
    boolean block = words.is(token, "BEGIN");
    if (block
        || GUARDED.contains(upper(token))
        || (token > from && STARTS.contains(upper(token)))) {
      from = token;
      state = State.STATEMENT;
      begin(token);
    }
  }

  private void inLoop(int token) {
    if (words.isAny(token, "BEGIN", "CASE")) {
      blocks++;
    } else if (words.is(token, "END") && blocks > 0 && --blocks == 0) {
      finish(token + 1, token + 1);
    }
  }

  /** BEGIN TRY, END CATCH. */
  private int pastTryOrCatch(int token) {
    return words.isAny(token, "TRY", "CATCH") ? token + 1 : token;
  }

  private boolean startsStatement(int token) {
    if (!words.startsLine(token)) {
      return false;
    }
    if (words.isAny(token, "CREATE", "ALTER", "DROP")) {
      return OBJECTS.contains(upper(token + 1));
    }
    if (words.is(token, "SET")) {
      return words.text(token + 1).startsWith("@") || isSetting(token);
    }
    return STARTS.contains(upper(token)) && !words.is(token - 1, "ON");
  }

  /** SET NOCOUNT ON, SET LOCK_TIMEOUT 100; in an UPDATE an equals sign or a dot stands there. */
  private boolean isSetting(int set) {
    return set + 2 < words.size()
        && (words.kind(set + 2) == Kind.WORD || words.kind(set + 2) == Kind.NUMBER);
  }

  private void finish(int to, int next) {
    if (to > from) {
      pieces.add(new Piece(from, to));
    }
    from = next;
    brackets = 0;
    cases = 0;
    blocks = 0;
    state = State.STATEMENT;
  }

  private String upper(int token) {
    return words.text(token).toUpperCase(Locale.ROOT);
  }
}
