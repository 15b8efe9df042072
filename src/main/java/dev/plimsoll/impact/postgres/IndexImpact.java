package dev.plimsoll.impact.postgres;

import dev.plimsoll.catalog.Volatility;
import dev.plimsoll.impact.LockMode;
import dev.plimsoll.impact.Work;
import dev.plimsoll.schema.Constraint;
import dev.plimsoll.schema.Table;
import dev.plimsoll.schema.TableKind;
import dev.plimsoll.sql.ConstraintDefinition.Exclude;
import dev.plimsoll.sql.ConstraintDefinition.PrimaryKey;
import dev.plimsoll.sql.ConstraintDefinition.Unique;
import dev.plimsoll.sql.Expression;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.Statement.CreateIndex;
import dev.plimsoll.sql.Statement.DropIndex;
import java.util.Optional;

/** CREATE INDEX and DROP INDEX. Conformance cases: classes "CREATE INDEX" and "DROP INDEX". */
final class IndexImpact {

  private final Effects effects;

  IndexImpact(Effects effects) {
    this.effects = effects;
  }

  void create(CreateIndex create) {
    if (create.concurrently()) {
      effects.notInTransaction();
      if (effects.situation.inTransaction()) {
        effects.fails("25001", "CREATE INDEX CONCURRENTLY cannot run inside a transaction block");
        return;
      }
    }
    RelationName table = create.table();
    LockMode mode = create.concurrently() ? LockMode.SHARE_UPDATE_EXCLUSIVE : LockMode.SHARE;
    if (create.only()) {
      effects.lock(table, mode);
    } else {
      effects.lockTree(table, mode);
    }
    boolean partitioned =
        effects.table(table).filter(t -> t.kind() == TableKind.PARTITIONED).isPresent();
    if (create.concurrently() && partitioned) {
      effects.fails("0A000", "an index on a partitioned table cannot be built concurrently");
      return;
    }
    if (nameIsTaken(create)) {
      if (!create.ifNotExists()) {
        effects.fails("42P07", "a relation of this name exists already");
      }
      return;
    }
    if (usesMutableFunction(create)) {
      effects.fails("42P17", "functions in an index must be IMMUTABLE");
      return;
    }
    build(create, partitioned);
  }

  private void build(CreateIndex create, boolean partitioned) {
    if (create.concurrently()) {
      effects.waitsForSnapshots();
    }
    boolean onlyTheParent = create.only() && partitioned;
    if (!onlyTheParent) {
      for (RelationName leaf : effects.storage(create.table())) {
        effects.work(new Work.IndexBuild(
            leaf,
            create.name(),
            create.keys().size(),
            create.concurrently(),
            create.unique(),
            false,
            create.method()));
      }
    }
    if (create.unique() && !onlyTheParent) {
      effects.dependsOnData(
          "23505",
          "two rows are equal in "
              + String.join(", ", create.keys().stream().map(Expression::sql).toList()));
    }
  }

  private boolean nameIsTaken(CreateIndex create) {
    return create
        .name()
        .map(n -> Effects.full(create.table()).sibling(n))
        .filter(n ->
            effects.schema().tableOfIndex(n).isPresent() || effects.table(n).isPresent())
        .isPresent();
  }

  private boolean usesMutableFunction(CreateIndex create) {
    return create.keys().stream().anyMatch(this::isMutable)
        || create.where().filter(this::isMutable).isPresent();
  }

  private boolean isMutable(Expression expression) {
    return expression.functions().stream()
        .flatMap(f -> SystemCatalog.volatility(f, effects.version()).stream())
        .anyMatch(v -> v == Volatility.VOLATILE);
  }

  void drop(DropIndex drop) {
    if (drop.concurrently()) {
      effects.notInTransaction();
      if (effects.situation.inTransaction()) {
        effects.fails("25001", "DROP INDEX CONCURRENTLY cannot run inside a transaction block");
        return;
      }
      if (drop.indexes().size() > 1) {
        effects.fails("0A000", "DROP INDEX CONCURRENTLY drops one index at a time");
        return;
      }
      effects.waitsForSnapshots();
    }
    drop.indexes().forEach(index -> dropOne(drop, index));
  }

  private void dropOne(DropIndex drop, RelationName index) {
    Optional<Table> owner = effects.schema().tableOfIndex(index);
    if (owner.isEmpty()) {
      if (drop.ifExists()) {
        return;
      }
      effects.lock(index, LockMode.ACCESS_EXCLUSIVE);
      effects.assume("the table of index " + index + " is not known: it is locked as well");
      return;
    }
    Table table = owner.get();
    LockMode mode =
        drop.concurrently() ? LockMode.SHARE_UPDATE_EXCLUSIVE : LockMode.ACCESS_EXCLUSIVE;
    effects.lockTree(table.name(), mode);
    if (drop.concurrently() && table.kind() == TableKind.PARTITIONED) {
      effects.fails("0A000", "an index of a partitioned table cannot be dropped concurrently");
      return;
    }
    if (table.constraint(index.name()).filter(IndexImpact::ownsIndex).isPresent()) {
      effects.fails("2BP01", "a constraint needs the index: drop the constraint");
      return;
    }
    effects.lock(index, LockMode.ACCESS_EXCLUSIVE);
  }

  private static boolean ownsIndex(Constraint constraint) {
    return constraint.definition() instanceof Unique
        || constraint.definition() instanceof PrimaryKey
        || constraint.definition() instanceof Exclude;
  }
}
