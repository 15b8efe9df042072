package dev.plimsoll.sql.postgres;

import dev.plimsoll.sql.SourceText;
import dev.plimsoll.sql.SqlScript;
import dev.plimsoll.sql.SqlStatement;
import dev.plimsoll.sql.Statement;
import dev.plimsoll.sql.Statement.AlterTable;
import dev.plimsoll.sql.TableChange;
import java.util.List;

/** Reads scripts for the tests of this package. */
final class Scripts {
  private static final PostgresReader READER = new PostgresReader();

  private Scripts() {}

  static SqlScript script(String sql) {
    return READER.read(new SourceText("m.sql", sql));
  }

  static List<Statement> statements(String sql) {
    return script(sql).statements().stream().map(SqlStatement::statement).toList();
  }

  static Statement statement(String sql) {
    return only(statements(sql));
  }

  /** The changes of a text that is one ALTER TABLE. */
  static List<TableChange> changes(String sql) {
    return ((AlterTable) statement(sql))
        .commands().stream().map(Statement.TableCommand::change).toList();
  }

  static TableChange change(String sql) {
    return only(changes(sql));
  }

  private static <T> T only(List<T> list) {
    if (list.size() != 1) {
      throw new AssertionError("one expected: " + list);
    }
    return list.getFirst();
  }
}
