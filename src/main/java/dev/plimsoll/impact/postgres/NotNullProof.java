package dev.plimsoll.impact.postgres;

import dev.plimsoll.schema.Column;
import dev.plimsoll.schema.Constraint;
import dev.plimsoll.schema.Table;
import dev.plimsoll.sql.ConstraintDefinition.Check;
import dev.plimsoll.sql.ConstraintDefinition.NotNull;
import java.util.Optional;

/** Whether the server can know without looking at rows that a column has no nulls. */
final class NotNullProof {

  private NotNullProof() {}

  /** The column is NOT NULL already, or a valid CHECK says IS NOT NULL of it. */
  static boolean holds(Optional<Table> table, String column) {
    return table.filter(t -> isDeclared(t, column) || isChecked(t, column)).isPresent();
  }

  private static boolean isDeclared(Table table, String column) {
    boolean onlyPromised = table.constraints().stream()
        .anyMatch(c ->
            c.definition() instanceof NotNull n && n.column().equals(column) && !c.validated());
    return table.column(column).filter(Column::notNull).isPresent() && !onlyPromised;
  }

  private static boolean isChecked(Table table, String column) {
    return table.constraints().stream()
        .filter(Constraint::validated)
        .anyMatch(c -> c.definition() instanceof Check check
            && check.condition().provesNotNull().contains(column));
  }
}
