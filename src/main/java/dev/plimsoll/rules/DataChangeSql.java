package dev.plimsoll.rules;

import dev.plimsoll.sql.Expression;
import dev.plimsoll.sql.Identifier;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.Statement.Delete;
import dev.plimsoll.sql.Statement.Update;
import java.util.Optional;

/** An UPDATE or DELETE as its author wrote it, divided into what is changed and for which rows. */
final class DataChangeSql {

  private DataChangeSql() {}

  /** Absent where the statement has more parts than that: FROM, USING, RETURNING, WITH. */
  static Optional<Backfill> backfill(Step step) {
    String sql = step.sql().text().strip();
    return switch (step.statement()) {
      case Update update -> update(sql, update.table(), update.where());
      case Delete delete -> delete(sql, delete.table(), delete.where());
      default -> Optional.empty();
    };
  }

  private static Optional<Backfill> update(
      String sql, RelationName table, Optional<Expression> where) {
    SqlCursor cursor = new SqlCursor(sql);
    if (!cursor.take("UPDATE")) {
      return Optional.empty();
    }
    String self = target(cursor, table, "SET");
    Optional<String> change = withoutCondition(sql, where);
    return change
        .filter(c -> !SqlCursor.hasOutside(c, "FROM") && !SqlCursor.hasOutside(c, "RETURNING"))
        .map(c -> new Backfill(table, c, where.map(Expression::sql), self, false));
  }

  private static Optional<Backfill> delete(
      String sql, RelationName table, Optional<Expression> where) {
    SqlCursor cursor = new SqlCursor(sql);
    if (!cursor.take("DELETE") || !cursor.take("FROM")) {
      return Optional.empty();
    }
    String self = target(cursor, table, "WHERE");
    Optional<String> change = withoutCondition(sql, where);
    return change
        .filter(c -> !SqlCursor.hasOutside(c, "USING") && !SqlCursor.hasOutside(c, "RETURNING"))
        .map(c -> new Backfill(table, c, where.map(Expression::sql), self, true));
  }

  /** The name that the statement uses for its table. */
  private static String target(SqlCursor cursor, RelationName table, String next) {
    cursor.take("ONLY");
    cursor.takeName();
    cursor.take("AS");
    boolean unnamed = cursor.take(next) || cursor.rest().isEmpty();
    return unnamed
        ? Identifier.quote(table.name())
        : cursor.takeName().orElse(Identifier.quote(table.name()));
  }

  private static Optional<String> withoutCondition(String sql, Optional<Expression> where) {
    if (where.isEmpty()) {
      return Optional.of(sql);
    }
    String condition = where.get().sql();
    if (condition.isEmpty() || !sql.endsWith(condition)) {
      return Optional.empty();
    }
    String head = sql.substring(0, sql.length() - condition.length()).strip();
    boolean endsWithWhere =
        head.regionMatches(true, head.length() - "WHERE".length(), "WHERE", 0, "WHERE".length());
    return endsWithWhere
        ? Optional.of(head.substring(0, head.length() - "WHERE".length()).strip())
        : Optional.empty();
  }
}
