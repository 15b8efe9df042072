package dev.plimsoll.impact.postgres;

import dev.plimsoll.impact.LockMode;
import dev.plimsoll.impact.Work;
import dev.plimsoll.impact.Work.Modify;
import dev.plimsoll.impact.Work.Modify.Reach;
import dev.plimsoll.impact.Work.Scan.Reason;
import dev.plimsoll.schema.Constraint;
import dev.plimsoll.schema.Table;
import dev.plimsoll.sql.ConstraintDefinition.ForeignKey;
import dev.plimsoll.sql.Expression;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.Statement.Delete;
import dev.plimsoll.sql.Statement.Insert;
import dev.plimsoll.sql.Statement.Select;
import dev.plimsoll.sql.Statement.Update;
import java.util.List;
import java.util.Optional;

/** UPDATE, DELETE, INSERT and SELECT. Conformance cases: class "DML". */
final class DataChangeImpact {

  private final Effects effects;

  DataChangeImpact(Effects effects) {
    this.effects = effects;
  }

  void update(Update update) {
    effects.lockTree(update.table(), LockMode.ROW_EXCLUSIVE);
    lockReferenced(update.table(), update.columns());
    modify(update.table(), Modify.Kind.UPDATE, reach(update.where()));
  }

  void delete(Delete delete) {
    effects.lockTree(delete.table(), LockMode.ROW_EXCLUSIVE);
    effects
        .schema()
        .referencing(delete.table())
        .forEach(t -> effects.lock(t.name(), LockMode.ROW_SHARE));
    modify(delete.table(), Modify.Kind.DELETE, reach(delete.where()));
  }

  void insert(Insert insert) {
    effects.lock(insert.table(), LockMode.ROW_EXCLUSIVE);
    lockReferenced(insert.table(), List.of());
    insert.reads().forEach(t -> effects.lockTree(t, LockMode.ACCESS_SHARE));
    if (insert.fromQuery()) {
      modify(
          insert.table(),
          Modify.Kind.INSERT,
          insert.reads().isEmpty() ? Reach.FEW : Reach.SELECTED);
      insert.reads().forEach(t -> effects.scan(t, Reason.QUERY, "the rows to insert are read"));
    }
  }

  void select(Select select) {
    select.reads().forEach(t -> {
      effects.lockTree(t, LockMode.ACCESS_SHARE);
      effects.scan(t, Reason.QUERY, "a query reads it");
    });
  }

  /** Each new key is looked up, which locks the referenced row. */
  private void lockReferenced(RelationName table, List<String> onlyColumns) {
    for (Constraint constraint : effects.table(table).map(Table::constraints).orElse(List.of())) {
      boolean touched = constraint.definition() instanceof ForeignKey key
          && (onlyColumns.isEmpty() || key.columns().stream().anyMatch(onlyColumns::contains));
      if (touched) {
        effects.lock(((ForeignKey) constraint.definition()).references(), LockMode.ROW_SHARE);
      }
    }
  }

  private void modify(RelationName table, Modify.Kind kind, Reach reach) {
    if (reach != Reach.FEW || kind != Modify.Kind.INSERT) {
      effects.storage(table).forEach(t -> effects.work(new Work.Modify(t, kind, reach)));
    }
  }

  private Reach reach(Optional<Expression> where) {
    return where.isEmpty() ? Reach.ALL : Reach.SELECTED;
  }
}
