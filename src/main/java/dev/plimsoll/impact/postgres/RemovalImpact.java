package dev.plimsoll.impact.postgres;

import dev.plimsoll.impact.LockMode;
import dev.plimsoll.schema.Constraint;
import dev.plimsoll.schema.Index;
import dev.plimsoll.schema.Table;
import dev.plimsoll.sql.ConstraintDefinition.ForeignKey;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.Statement.DropTable;
import dev.plimsoll.sql.Statement.Truncate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** DROP TABLE and TRUNCATE. Conformance cases: class "TRUNCATE, DROP TABLE". */
final class RemovalImpact {

  private final Effects effects;

  RemovalImpact(Effects effects) {
    this.effects = effects;
  }

  void drop(DropTable drop) {
    Set<RelationName> going = new LinkedHashSet<>();
    drop.tables().forEach(t -> going.add(Effects.full(t)));
    for (RelationName table : drop.tables()) {
      if (drop.ifExists() && isKnownToBeGone(table)) {
        continue;
      }
      effects.lockTree(table, LockMode.ACCESS_EXCLUSIVE);
      if (blockedByForeignKeys(table, going, drop.cascade())) {
        effects.fails("2BP01", "a foreign key of another table refers to " + table);
        continue;
      }
      effects.table(table).ifPresent(this::locksOfParts);
    }
  }

  /** An earlier statement of the deployment has dropped it. */
  private boolean isKnownToBeGone(RelationName table) {
    return effects.schema().removedTables().contains(Effects.full(table));
  }

  private void locksOfParts(Table table) {
    for (Index index : table.indexes()) {
      effects.lock(table.name().sibling(index.name()), LockMode.ACCESS_EXCLUSIVE);
    }
    for (Constraint constraint : table.constraints()) {
      if (constraint.definition() instanceof ForeignKey key) {
        effects.lock(key.references(), LockMode.ACCESS_EXCLUSIVE);
      }
    }
    table.partitionOf().ifPresent(parent -> effects.lock(parent, LockMode.ACCESS_EXCLUSIVE));
  }

  private boolean blockedByForeignKeys(
      RelationName table, Set<RelationName> going, boolean cascade) {
    boolean blocked = false;
    for (Table other : effects.schema().referencing(table)) {
      if (going.contains(other.name())) {
        continue;
      }
      if (cascade) {
        effects.lock(other.name(), LockMode.ACCESS_EXCLUSIVE);
        effects.drops("foreign keys of " + other.name() + " to " + table);
      } else {
        blocked = true;
      }
    }
    return blocked;
  }

  void truncate(Truncate truncate) {
    Set<RelationName> emptied = new LinkedHashSet<>();
    truncate.tables().forEach(t -> emptied.add(Effects.full(t)));
    if (truncate.cascade()) {
      addReferencing(emptied);
    }
    for (RelationName table : emptied) {
      effects.lockTree(table, LockMode.ACCESS_EXCLUSIVE);
      List<Table> others = effects.schema().referencing(table).stream()
          .filter(o -> !emptied.contains(o.name()))
          .toList();
      if (!others.isEmpty()) {
        effects.fails(
            "0A000", others.getFirst().name() + " refers to " + table + " by a foreign key");
      }
    }
    if (effects.hasFailed()) {
      return;
    }
    for (RelationName table : emptied) {
      effects
          .table(table)
          .ifPresent(t -> t.indexes()
              .forEach(i -> effects.lock(t.name().sibling(i.name()), LockMode.ACCESS_EXCLUSIVE)));
      effects.drops("all rows of " + table);
    }
  }

  private void addReferencing(Set<RelationName> emptied) {
    List<RelationName> queue = new java.util.ArrayList<>(emptied);
    while (!queue.isEmpty()) {
      RelationName table = queue.removeLast();
      for (Table other : effects.schema().referencing(table)) {
        if (emptied.add(other.name())) {
          queue.add(other.name());
        }
      }
    }
  }
}
