package dev.plimsoll.migration;

import dev.plimsoll.sql.SqlScript;
import dev.plimsoll.sql.SqlStatement;
import java.util.List;

/** The way back that comes with a migration. */
public sealed interface Down {

  /**
   * Statements that are meant to undo it.
   *
   * @param file where they stand: the migration itself or its companion
   * @param transactionMode how the framework sends them, which need not be how it sends the way up
   */
  record Statements(String file, List<SqlStatement> statements, TransactionMode transactionMode)
      implements Down {
    public Statements {
      statements = List.copyOf(statements);
    }
  }

  /**
   * The format has a place for it and nothing is there.
   *
   * @param expected what was looked for: {@code U2__status.sql}, {@code a "-- migrate:down" section}
   */
  record Missing(String expected) implements Down {}

  /** The place is there, but nothing in it does anything: no statement, or only comments or {@code SELECT 1}. */
  record Empty(String file) implements Down {}

  /**
   * The place is there, and what stands in it does nothing but fail: {@code RAISE EXCEPTION 'cannot be undone'}.
   *
   * @param reason what it says when it fails, as its author wrote it; at most 200 characters, may be empty
   */
  record Refuses(String file, String reason) implements Down {}

  /** The format has no such thing. */
  record NotInFormat(String reason) implements Down {}

  /** Judges what stands in the place for the way back: {@link Statements}, {@link Empty} or {@link Refuses}. */
  static Down of(String file, SqlScript script, TransactionMode transactionMode) {
    return DownScript.judge(file, script, transactionMode);
  }
}
