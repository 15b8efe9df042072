package dev.plimsoll.schema;

import dev.plimsoll.sql.ConstraintDefinition.ForeignKey;
import dev.plimsoll.sql.RelationName;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which tables a table's foreign keys point to. */
final class References {

  private References() {}

  static Set<RelationName> targets(Table table) {
    Set<RelationName> targets = new LinkedHashSet<>();
    for (Constraint constraint : table.constraints()) {
      if (constraint.definition() instanceof ForeignKey key) {
        targets.add(key.references().in(Schema.DEFAULT_SCHEMA));
      }
    }
    return targets;
  }

  static boolean to(Table table, RelationName target) {
    return targets(table).contains(target);
  }
}
