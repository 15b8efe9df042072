package dev.plimsoll.rules;

import dev.plimsoll.rules.Fix.Stage;
import dev.plimsoll.schema.Index;
import dev.plimsoll.schema.Table;
import dev.plimsoll.sql.Identifier;
import dev.plimsoll.sql.RelationName;
import java.util.List;
import java.util.Optional;

/**
 * Changing all rows of a table in batches that commit one by one, so that no row stays locked for long and vacuum can follow.
 *
 * @param change {@code UPDATE orders SET status = 'open'} or {@code DELETE FROM orders}, without a condition
 * @param condition which rows still want it
 * @param self the statement's name for the table: its alias, else the table's own
 * @param shrinks a row that was changed no longer meets the condition, so that the work can go on wherever it stopped
 */
record Backfill(
    RelationName table, String change, Optional<String> condition, String self, boolean shrinks) {

  private static final String BATCH = "10000";

  static Backfill update(RelationName table, String column, String value) {
    String name = Identifier.quote(column);
    return new Backfill(
        table,
        "UPDATE " + table.sql() + " SET " + name + " = " + value,
        Optional.of(name + " IS NULL"),
        Identifier.quote(table.name()),
        true);
  }

  /** In one statement: for a table that is small enough. */
  String atOnce() {
    return change + condition.map(c -> " WHERE " + c).orElse("");
  }

  /** Absent where nothing is known that would divide the rows. */
  Optional<Stage> stage(Step step, String title) {
    Optional<String> batches = key(table, step)
        .map(this::byKey)
        .or(() -> shrinks ? Optional.of(byPlace()) : Optional.empty());
    return batches.map(sql -> Stages.outside(title, sql));
  }

  /** The column that orders the rows: the primary key, where it is a single column. */
  static Optional<String> key(RelationName table, Step step) {
    Optional<Table> known = step.before().table(table).or(() -> step.after().table(table));
    return known.flatMap(t -> t.indexes().stream()
        .filter(i ->
            i.primary() && i.keys().size() == 1 && t.column(i.keys().getFirst()).isPresent())
        .map(Index::keys)
        .map(List::getFirst)
        .findFirst());
  }

  /** Walks along the primary key: each row is looked at once. */
  private String byKey(String key) {
    String column = Identifier.quote(key);
    String qualified = self + "." + column;
    String from = table.sql();
    String body = """

        DECLARE
          batch_start %1$s.%2$s%%TYPE;
          batch_end %1$s.%2$s%%TYPE;
        BEGIN
          SELECT %2$s INTO batch_start FROM %1$s ORDER BY %2$s LIMIT 1;
          WHILE batch_start IS NOT NULL LOOP
            SELECT batch.%2$s INTO batch_end
              FROM (SELECT %2$s FROM %1$s WHERE %2$s >= batch_start ORDER BY %2$s LIMIT %3$s) batch
              ORDER BY batch.%2$s DESC LIMIT 1;
            %4$s
              WHERE %5$s BETWEEN batch_start AND batch_end%6$s;
            COMMIT;
            SELECT %2$s INTO batch_start FROM %1$s WHERE %2$s > batch_end ORDER BY %2$s LIMIT 1;
          END LOOP;
        END
        """.formatted(
            from,
            column,
            BATCH,
            change,
            qualified,
            condition.map(c -> " AND (" + c + ")").orElse(""));
    return doBlock(body);
  }

  /** Without such a key: any rows that still want it, until there are none. Rows of different partitions may have the same place. */
  private String byPlace() {
    String body = """

        BEGIN
          LOOP
            %1$s
              WHERE %2$s.ctid = ANY (ARRAY(SELECT %2$s.ctid FROM %3$s AS %2$s%4$s LIMIT %5$s))%6$s;
            EXIT WHEN NOT FOUND;
            COMMIT;
          END LOOP;
        END
        """.formatted(
            change,
            self,
            table.sql(),
            condition.map(c -> " WHERE " + c).orElse(""),
            BATCH,
            condition.map(c -> " AND (" + c + ")").orElse(""));
    return doBlock(body);
  }

  private static String doBlock(String body) {
    String quote = "$$";
    for (int i = 0; body.contains(quote); i++) {
      quote = "$batch" + i + "$";
    }
    return "DO " + quote + body + quote;
  }
}
