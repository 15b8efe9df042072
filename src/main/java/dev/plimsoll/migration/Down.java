package dev.plimsoll.migration;

import dev.plimsoll.sql.SqlStatement;
import java.util.List;

/** The way back that comes with a migration. */
public sealed interface Down {

  /**
   * Statements that are meant to undo it.
   *
   * @param file where they stand: the migration itself or its companion
   */
  record Statements(String file, List<SqlStatement> statements) implements Down {
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

  /** The format has no such thing. */
  record NotInFormat(String reason) implements Down {}
}
