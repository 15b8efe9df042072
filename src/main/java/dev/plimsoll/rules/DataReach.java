package dev.plimsoll.rules;

import dev.plimsoll.impact.Work;
import dev.plimsoll.schema.Index;
import dev.plimsoll.schema.Table;
import dev.plimsoll.sql.Expression;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.Statement.Delete;
import dev.plimsoll.sql.Statement.Update;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** How many rows an UPDATE or DELETE goes through, as far as its condition and the table's indexes tell. */
enum DataReach {
  /** No condition. */
  WHOLE_TABLE,
  /** A condition that no index serves: the whole table is read, and any number of rows may be changed. */
  UNSUPPORTED_CONDITION,
  /** A condition that an index may serve; how many rows meet it is not known. */
  SUPPORTED_CONDITION,
  /** Given keys, a closed range of keys, or a LIMIT. */
  BOUNDED;

  private static final Pattern CLOSES =
      Pattern.compile("(?i)(?<![<>!])=|\\bin\\b|\\bany\\b|\\bbetween\\b");
  private static final Pattern LIMITS = Pattern.compile("(?i)\\b(limit|fetch)\\b");
  private static final Pattern QUERIES = Pattern.compile("(?i)\\bselect\\b");

  static DataReach of(Step step) {
    return switch (step.statement()) {
      case Update update -> of(step, update.table(), update.where());
      case Delete delete -> of(step, delete.table(), delete.where());
      default ->
        step.impact().work().stream()
                .anyMatch(
                    w -> w instanceof Work.Modify modify && modify.reach() != Work.Modify.Reach.FEW)
            ? SUPPORTED_CONDITION
            : BOUNDED;
    };
  }

  private static DataReach of(Step step, RelationName table, Optional<Expression> where) {
    if (where.isEmpty()) {
      return WHOLE_TABLE;
    }
    Expression condition = where.get();
    String sql = condition.sql();
    if (QUERIES.matcher(sql).find()) {
      return LIMITS.matcher(sql).find() ? BOUNDED : SUPPORTED_CONDITION;
    }
    Optional<Table> known = step.before().table(table);
    boolean closed = CLOSES.matcher(sql).find()
        || (sql.contains("<") && sql.contains(">") && !sql.contains("<>"));
    if (closed
        && (namesKey(known, condition)
            || (known.isEmpty() && condition.columns().contains("id")))) {
      return BOUNDED;
    }
    boolean served = known.isEmpty()
        || known.get().indexes().stream()
            .anyMatch(i ->
                !i.keys().isEmpty() && condition.columns().contains(i.keys().getFirst()));
    return served ? SUPPORTED_CONDITION : UNSUPPORTED_CONDITION;
  }

  private static boolean namesKey(Optional<Table> table, Expression condition) {
    return table.map(Table::indexes).orElse(List.of()).stream()
        .filter(Index::unique)
        .anyMatch(i -> condition.columns().containsAll(i.keys()));
  }
}
