package dev.plimsoll.impact.postgres;

import dev.plimsoll.impact.LockMode;
import dev.plimsoll.impact.Work;
import dev.plimsoll.impact.Work.Scan.Reason;
import dev.plimsoll.schema.Column;
import dev.plimsoll.schema.Constraint;
import dev.plimsoll.schema.Index;
import dev.plimsoll.schema.Table;
import dev.plimsoll.schema.TableKind;
import dev.plimsoll.sql.ConstraintDefinition;
import dev.plimsoll.sql.ConstraintDefinition.Check;
import dev.plimsoll.sql.ConstraintDefinition.Exclude;
import dev.plimsoll.sql.ConstraintDefinition.ForeignKey;
import dev.plimsoll.sql.ConstraintDefinition.NotNull;
import dev.plimsoll.sql.ConstraintDefinition.PrimaryKey;
import dev.plimsoll.sql.ConstraintDefinition.Unique;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.TableChange.DropConstraint;
import dev.plimsoll.sql.TableChange.ValidateConstraint;
import java.util.List;
import java.util.Optional;

/** ADD, VALIDATE and DROP CONSTRAINT. Conformance cases: classes "ADD CONSTRAINT ...", "VALIDATE CONSTRAINT", "DROP CONSTRAINT". */
final class ConstraintImpact {

  private final Effects effects;
  private final RelationName table;

  ConstraintImpact(Effects effects, RelationName table) {
    this.effects = effects;
    this.table = table;
  }

  void add(ConstraintDefinition constraint) {
    Optional<String> taken = constraint
        .name()
        .filter(n -> effects.table(table).flatMap(t -> t.constraint(n)).isPresent());
    switch (constraint) {
      case Check check -> addCheck(check);
      case ForeignKey key -> addForeignKey(key);
      case Unique unique -> addUnique(unique);
      case PrimaryKey key -> addPrimaryKey(key);
      case NotNull notNull -> addNotNull(notNull);
      case Exclude exclude -> {
        effects.lockTree(table, LockMode.ACCESS_EXCLUSIVE);
        buildIndex(exclude.name(), 1, exclude.method());
        effects.dependsOnData("23P01", "two rows exclude each other");
      }
    }
    taken.ifPresent(name -> effects.fails("42710", "constraint \"" + name + "\" exists already"));
  }

  private void addCheck(Check check) {
    boolean onlyHere = check.noInherit() && effects.version() < 18;
    if (onlyHere) {
      effects.lock(table, LockMode.ACCESS_EXCLUSIVE);
    } else {
      effects.lockTree(table, LockMode.ACCESS_EXCLUSIVE);
    }
    if (!check.notValid()) {
      effects.scan(table, Reason.CHECK, "every row is tested against the condition");
      effects.dependsOnData("23514", "some row does not satisfy " + check.condition());
    }
  }

  private void addForeignKey(ForeignKey key) {
    effects.lock(table, LockMode.SHARE_ROW_EXCLUSIVE);
    effects.lock(key.references(), LockMode.SHARE_ROW_EXCLUSIVE);
    boolean partitioned =
        effects.table(table).filter(t -> t.kind() == TableKind.PARTITIONED).isPresent();
    if (partitioned && key.notValid() && effects.version() < 18) {
      effects.fails(
          "42809",
          "a NOT VALID foreign key cannot be added to a partitioned table before PostgreSQL 18");
      return;
    }
    if (targetLacksUniqueness(key)) {
      effects.fails("42830", "the referenced columns of " + key.references() + " are not unique");
      return;
    }
    effects.lockTree(table, LockMode.SHARE_ROW_EXCLUSIVE);
    effects.lockTree(key.references(), LockMode.SHARE_ROW_EXCLUSIVE);
    if (key.notValid()) {
      return;
    }
    for (RelationName leaf : effects.storage(table)) {
      if (!isCheckedAlready(leaf, key)) {
        effects.work(new Work.Scan(
            leaf, Reason.FOREIGN_KEY, "every row's key is looked up in " + key.references()));
        effects.dependsOnData("23503", "some row refers to nothing in " + key.references());
      }
    }
  }

  /** A partitioned table takes over the same valid foreign key of its partition without looking at its rows. */
  private boolean isCheckedAlready(RelationName leaf, ForeignKey key) {
    if (leaf.equals(Effects.full(table))) {
      return false;
    }
    return effects.table(leaf).map(Table::constraints).orElse(List.of()).stream()
        .filter(Constraint::validated)
        .anyMatch(c -> c.definition() instanceof ForeignKey own
            && own.columns().equals(key.columns())
            && Effects.full(own.references()).equals(Effects.full(key.references()))
            && own.referencedColumns().equals(key.referencedColumns())
            && own.onDelete() == key.onDelete()
            && own.onUpdate() == key.onUpdate()
            && own.deferrable() == key.deferrable());
  }

  /** Only where the referenced table is known. */
  private boolean targetLacksUniqueness(ForeignKey key) {
    Optional<Table> target =
        effects.table(key.references()).filter(t -> !t.columns().isEmpty());
    boolean indexesMayBeUnknown = target
        .filter(t -> !t.indexes().isEmpty() || effects.schema().isCreated(t.name()))
        .isEmpty();
    if (indexesMayBeUnknown) {
      return false;
    }
    List<Index> unique = target.get().indexes().stream()
        .filter(i -> i.unique() && i.predicate().isEmpty())
        .toList();
    if (key.referencedColumns().isEmpty()) {
      return unique.stream().noneMatch(Index::primary);
    }
    return unique.stream()
        .noneMatch(i -> i.keys().size() == key.referencedColumns().size()
            && key.referencedColumns().containsAll(i.keys()));
  }

  private void addUnique(Unique unique) {
    if (unique.usingIndex().isPresent()) {
      useIndex(unique.usingIndex().get());
      return;
    }
    lockForIndexBuild();
    buildIndex(unique.name(), unique.columns().size(), "btree");
    effects.dependsOnData("23505", "two rows are equal in " + String.join(", ", unique.columns()));
  }

  private void addPrimaryKey(PrimaryKey key) {
    Optional<Table> known = effects.table(table);
    if (known.filter(t -> t.indexes().stream().anyMatch(Index::primary)).isPresent()) {
      effects.lock(table, LockMode.ACCESS_EXCLUSIVE);
      effects.fails("42P16", "the table has a primary key already");
      return;
    }
    List<String> columns = key.columns();
    if (key.usingIndex().isPresent()) {
      useIndex(key.usingIndex().get());
      columns =
          known.flatMap(t -> t.index(key.usingIndex().get())).map(Index::keys).orElse(List.of());
    } else {
      lockForIndexBuild();
      buildIndex(key.name(), columns.size(), "btree");
      effects.dependsOnData("23505", "two rows are equal in " + String.join(", ", columns));
    }
    if (!effects.hasFailed()) {
      columns.forEach(this::requireNotNull);
      if (columns.isEmpty()) {
        effects.assume("the columns of the index are not known: taken to be NOT NULL already");
      }
    }
  }

  /** PostgreSQL 18 takes the strongest lock on partitions too, earlier versions just what building an index needs. */
  private void lockForIndexBuild() {
    effects.lock(table, LockMode.ACCESS_EXCLUSIVE);
    LockMode onPartitions = effects.version() >= 18 ? LockMode.ACCESS_EXCLUSIVE : LockMode.SHARE;
    effects.schema().allPartitionsOf(table).forEach(p -> effects.lock(p, onPartitions));
  }

  private void useIndex(String index) {
    effects.lock(table, LockMode.ACCESS_EXCLUSIVE);
    effects.lock(Effects.full(table).sibling(index), LockMode.SHARE_UPDATE_EXCLUSIVE);
    Optional<Index> known = effects.table(table).flatMap(t -> t.index(index));
    if (known.isEmpty()) {
      return;
    }
    List<String> columnNames = effects.table(table).map(Table::columns).orElse(List.of()).stream()
        .map(Column::name)
        .toList();
    boolean onExpression =
        !columnNames.isEmpty() && !columnNames.containsAll(known.get().keys());
    if (known.get().predicate().isPresent() || onExpression || !known.get().unique()) {
      effects.fails("42809", "\"" + index + "\" is not a plain unique index");
    } else if (!known.get().valid()) {
      effects.fails("55000", "index \"" + index + "\" is not valid");
    }
  }

  private void buildIndex(Optional<String> name, int keys, String method) {
    effects
        .storage(table)
        .forEach(t -> effects.work(new Work.IndexBuild(t, name, keys, false, true, false, method)));
  }

  private void addNotNull(NotNull notNull) {
    if (effects.version() < 18) {
      effects.fails("42601", "NOT NULL as a table constraint needs PostgreSQL 18");
      return;
    }
    effects.lockTree(table, LockMode.ACCESS_EXCLUSIVE);
    if (!notNull.notValid()) {
      requireNotNull(notNull.column());
    }
  }

  /** A scan, unless the column is NOT NULL already or a valid CHECK says as much. */
  void requireNotNull(String column) {
    if (NotNullProof.holds(effects.table(table), column)) {
      return;
    }
    effects.scan(table, Reason.NOT_NULL, "every row is checked for a value in \"" + column + "\"");
    effects.dependsOnData("23502", "some row has no value in \"" + column + "\"");
  }

  void validate(ValidateConstraint validate) {
    effects.lockTree(table, LockMode.SHARE_UPDATE_EXCLUSIVE);
    Optional<Table> known = effects.table(table);
    Optional<Constraint> constraint = known.flatMap(t -> t.constraint(validate.name()));
    if (constraint.filter(Constraint::validated).isPresent()) {
      return;
    }
    if (constraint.isEmpty()) {
      if (known.filter(t -> !t.columns().isEmpty()).isPresent()) {
        effects.fails("42704", "there is no constraint \"" + validate.name() + "\"");
      } else {
        effects.assume("the constraint \"" + validate.name()
            + "\" is not known: taken to be a CHECK that is not valid yet");
        effects.scan(table, Reason.CHECK, "every row is tested");
      }
      return;
    }
    switch (constraint.get().definition()) {
      case ForeignKey key -> {
        effects.lockTree(key.references(), LockMode.ROW_SHARE);
        effects.scan(
            table, Reason.FOREIGN_KEY, "every row's key is looked up in " + key.references());
        effects.dependsOnData("23503", "some row refers to nothing in " + key.references());
      }
      case NotNull notNull -> {
        effects.scan(
            table,
            Reason.NOT_NULL,
            "every row is checked for a value in \"" + notNull.column() + "\"");
        effects.dependsOnData("23502", "some row has no value in \"" + notNull.column() + "\"");
      }
      case Check check -> {
        effects.scan(table, Reason.CHECK, "every row is tested against the condition");
        effects.dependsOnData("23514", "some row does not satisfy " + check.condition());
      }
      case Unique ignored -> {}
      case PrimaryKey ignored -> {}
      case Exclude ignored -> {}
    }
  }

  void drop(DropConstraint drop) {
    effects.lockTree(table, LockMode.ACCESS_EXCLUSIVE);
    Optional<Table> known = effects.table(table).filter(t -> !t.columns().isEmpty());
    Optional<Constraint> constraint = effects.table(table).flatMap(t -> t.constraint(drop.name()));
    if (constraint.isEmpty()) {
      if (known.isPresent() && !drop.ifExists()) {
        effects.fails("42704", "there is no constraint \"" + drop.name() + "\"");
      } else if (known.isEmpty()) {
        effects.assume("the constraint \"" + drop.name()
            + "\" is not known: if it is a foreign key, the referenced table is locked as well");
      }
      return;
    }
    switch (constraint.get().definition()) {
      case ForeignKey key -> effects.lock(key.references(), LockMode.ACCESS_EXCLUSIVE);
      case Unique ignored -> dropIndexOf(drop.name(), drop.cascade());
      case PrimaryKey ignored -> dropIndexOf(drop.name(), drop.cascade());
      case Exclude ignored -> dropIndexOf(drop.name(), drop.cascade());
      case Check ignored -> {}
      case NotNull ignored -> {}
    }
  }

  private void dropIndexOf(String constraint, boolean cascade) {
    List<String> keys =
        effects.table(table).flatMap(t -> t.index(constraint)).map(Index::keys).orElse(List.of());
    boolean primary = effects
        .table(table)
        .flatMap(t -> t.index(constraint))
        .filter(Index::primary)
        .isPresent();
    Dependents dependents = new Dependents(effects, table);
    if (!dependents.release(keys, primary, cascade)) {
      effects.fails("2BP01", "a foreign key of another table depends on \"" + constraint + "\"");
      return;
    }
    effects.lock(Effects.full(table).sibling(constraint), LockMode.ACCESS_EXCLUSIVE);
    effects.drops("index " + constraint);
  }
}
