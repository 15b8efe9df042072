package dev.plimsoll.impact.postgres;

import dev.plimsoll.impact.LockMode;
import dev.plimsoll.schema.Constraint;
import dev.plimsoll.schema.Table;
import dev.plimsoll.sql.ConstraintDefinition.ForeignKey;
import dev.plimsoll.sql.RelationName;
import java.util.List;

/** The foreign keys of other tables that need a table's key. */
final class Dependents {

  private final Effects effects;
  private final RelationName table;

  Dependents(Effects effects, RelationName table) {
    this.effects = effects;
    this.table = Effects.full(table);
  }

  /**
   * What happens to them when the unique columns {@code keys} go.
   *
   * @param primary they are the primary key
   * @return false when the server refuses because of them; with {@code cascade} they are dropped instead
   */
  boolean release(List<String> keys, boolean primary, boolean cascade) {
    boolean free = true;
    for (Table other : effects.schema().referencing(table)) {
      for (Constraint constraint : other.constraints()) {
        if (constraint.definition() instanceof ForeignKey key && needs(key, keys, primary)) {
          free &= cascade;
          if (cascade) {
            effects.lock(other.name(), LockMode.ACCESS_EXCLUSIVE);
            effects.drops("foreign key " + constraint.name() + " of " + other.name());
          }
        }
      }
    }
    return free;
  }

  private boolean needs(ForeignKey key, List<String> keys, boolean primary) {
    if (!Effects.full(key.references()).equals(table)) {
      return false;
    }
    return key.referencedColumns().isEmpty() ? primary : keys.containsAll(key.referencedColumns());
  }
}
