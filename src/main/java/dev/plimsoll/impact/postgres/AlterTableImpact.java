package dev.plimsoll.impact.postgres;

import dev.plimsoll.impact.LockMode;
import dev.plimsoll.impact.Work;
import dev.plimsoll.impact.Work.Scan.Reason;
import dev.plimsoll.schema.Column;
import dev.plimsoll.schema.Constraint;
import dev.plimsoll.schema.Index;
import dev.plimsoll.schema.Table;
import dev.plimsoll.schema.TableKind;
import dev.plimsoll.schema.Words;
import dev.plimsoll.sql.ConstraintDefinition;
import dev.plimsoll.sql.ConstraintDefinition.Check;
import dev.plimsoll.sql.ConstraintDefinition.Exclude;
import dev.plimsoll.sql.ConstraintDefinition.ForeignKey;
import dev.plimsoll.sql.ConstraintDefinition.NotNull;
import dev.plimsoll.sql.ConstraintDefinition.PrimaryKey;
import dev.plimsoll.sql.ConstraintDefinition.Unique;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.Statement.AlterTable;
import dev.plimsoll.sql.Statement.TableCommand;
import dev.plimsoll.sql.TableChange;
import dev.plimsoll.sql.TableChange.AddColumn;
import dev.plimsoll.sql.TableChange.AddConstraint;
import dev.plimsoll.sql.TableChange.AlterColumnType;
import dev.plimsoll.sql.TableChange.AttachPartition;
import dev.plimsoll.sql.TableChange.DetachPartition;
import dev.plimsoll.sql.TableChange.DropColumn;
import dev.plimsoll.sql.TableChange.DropConstraint;
import dev.plimsoll.sql.TableChange.DropDefault;
import dev.plimsoll.sql.TableChange.DropNotNull;
import dev.plimsoll.sql.TableChange.OtherChange;
import dev.plimsoll.sql.TableChange.SetDefault;
import dev.plimsoll.sql.TableChange.SetNotNull;
import dev.plimsoll.sql.TableChange.ValidateConstraint;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** ALTER TABLE: all commands under the strongest lock that one of them needs, with at most one rewrite or scan. */
final class AlterTableImpact {

  private final Effects effects;
  private final AlterTable statement;
  private final RelationName table;

  AlterTableImpact(Effects effects, AlterTable statement) {
    this.effects = effects;
    this.statement = statement;
    this.table = statement.table();
  }

  void run() {
    if (isView()) {
      effects.fails("42809", table + " is not a table");
      return;
    }
    for (TableCommand command : inOrder(statement.commands())) {
      command(command.change());
      effects.advance(new AlterTable(table, false, statement.only(), List.of(command)));
    }
  }

  /** The server carries the commands out in passes, whatever their order in the statement (AlterTablePass of tablecmds.c). */
  static List<TableCommand> inOrder(List<TableCommand> commands) {
    return commands.stream()
        .sorted(Comparator.comparingInt(c -> pass(c.change())))
        .toList();
  }

  private static int pass(TableChange change) {
    return switch (change) {
      case DropColumn drop -> 0;
      case DropConstraint drop -> 0;
      case DropDefault drop -> 0;
      case DropNotNull drop -> 0;
      case AlterColumnType alter -> 1;
      case AddColumn add -> 2;
      case AddConstraint add when add.constraint() instanceof NotNull -> 3;
      case SetNotNull set -> 3;
      case AddConstraint add when isIndex(add.constraint()) -> 4;
      case AddConstraint add -> 5;
      case SetDefault set -> 5;
      case ValidateConstraint validate -> 6;
      case AttachPartition attach -> 6;
      case DetachPartition detach -> 6;
      case OtherChange other -> 6;
    };
  }

  private static boolean isIndex(ConstraintDefinition constraint) {
    return constraint instanceof Unique
        || constraint instanceof PrimaryKey
        || constraint instanceof Exclude;
  }

  private boolean isView() {
    return effects
        .table(table)
        .filter(t -> t.kind() == TableKind.VIEW || t.kind() == TableKind.MATERIALIZED_VIEW)
        .isPresent();
  }

  private void command(TableChange change) {
    switch (change) {
      case AddColumn add -> addColumn(add);
      case DropColumn drop -> dropColumn(drop);
      case AlterColumnType alter -> alterType(alter);
      case SetNotNull set -> setNotNull(set.column());
      case DropNotNull drop -> dropNotNull(drop.column());
      case SetDefault set -> onColumn(set.column());
      case DropDefault drop -> onColumn(drop.column());
      case AddConstraint add -> new ConstraintImpact(effects, table).add(add.constraint());
      case ValidateConstraint validate -> new ConstraintImpact(effects, table).validate(validate);
      case DropConstraint drop -> new ConstraintImpact(effects, table).drop(drop);
      case AttachPartition attach -> new PartitionImpact(effects, table).attach(attach);
      case DetachPartition detach -> new PartitionImpact(effects, table).detach(detach);
      case OtherChange other -> OtherChanges.apply(effects, table, other);
    }
  }

  private void addColumn(AddColumn add) {
    if (statement.only() && !effects.schema().partitionsOf(table).isEmpty()) {
      effects.lockTree(table, LockMode.ACCESS_EXCLUSIVE);
      effects.fails("42P16", "a column must be added to the partitions too");
      return;
    }
    new AddColumnImpact(effects, table).add(add);
  }

  /** Locks the table for a change of one of its columns, which must be there or be made by this statement's earlier pass. */
  private Optional<Column> onColumn(String name) {
    effects.lockTree(table, LockMode.ACCESS_EXCLUSIVE);
    Optional<Table> known = effects.table(table).filter(t -> !t.columns().isEmpty());
    Optional<Column> column = known.flatMap(t -> t.column(name));
    if (known.isPresent() && column.isEmpty()) {
      effects.fails("42703", "there is no column \"" + name + "\"");
    }
    return column;
  }

  private void setNotNull(String name) {
    onColumn(name);
    if (effects.hasFailed()) {
      return;
    }
    if (!NotNullProof.holds(effects.table(table), name)) {
      effects.scan(table, Reason.NOT_NULL, "every row is checked for a value in \"" + name + "\"");
      effects.dependsOnData("23502", "some row has no value in \"" + name + "\"");
    }
  }

  private void dropNotNull(String name) {
    onColumn(name);
    boolean inPrimaryKey = effects
        .table(table)
        .filter(t -> t.indexes().stream().anyMatch(i -> i.primary() && i.keys().contains(name)))
        .isPresent();
    if (inPrimaryKey) {
      effects.fails("42P16", "column \"" + name + "\" is in the primary key");
    }
  }

  private void dropColumn(DropColumn drop) {
    effects.lockTree(table, LockMode.ACCESS_EXCLUSIVE);
    Optional<Table> known = effects.table(table).filter(t -> !t.columns().isEmpty());
    if (known.isEmpty()) {
      effects.assume("the indexes and constraints of " + table + " are not known: those on \""
          + drop.column() + "\" go with it");
      return;
    }
    if (known.get().column(drop.column()).isEmpty()) {
      if (!drop.ifExists()) {
        effects.fails("42703", "there is no column \"" + drop.column() + "\"");
      }
      return;
    }
    Set<String> behindConstraints = dropConstraintsOn(known.get(), drop);
    for (Index index : known.get().indexes()) {
      if (mentions(index, drop.column())) {
        effects.lock(Effects.full(table).sibling(index.name()), LockMode.ACCESS_EXCLUSIVE);
        if (!behindConstraints.contains(index.name())) {
          effects.drops("index " + index.name());
        }
      }
    }
  }

  private Set<String> dropConstraintsOn(Table known, DropColumn drop) {
    for (Constraint constraint : known.constraints()) {
      boolean gone = switch (constraint.definition()) {
        case Check check -> check.condition().columns().contains(drop.column());
        case ForeignKey key -> key.columns().contains(drop.column());
        case Unique unique -> unique.columns().contains(drop.column());
        case PrimaryKey key -> key.columns().contains(drop.column());
        default -> false;
      };
      if (gone) {
        dropConstraint(constraint, drop.cascade());
      }
    }
    return known.constraints().stream().map(Constraint::name).collect(Collectors.toSet());
  }

  private void dropConstraint(Constraint constraint, boolean cascade) {
    effects.drops("constraint " + constraint.name());
    switch (constraint.definition()) {
      case ForeignKey key -> effects.lock(key.references(), LockMode.ACCESS_EXCLUSIVE);
      case Unique unique -> releaseKey(unique.columns(), false, cascade);
      case PrimaryKey key -> releaseKey(key.columns(), true, cascade);
      default -> {}
    }
  }

  private void releaseKey(List<String> columns, boolean primary, boolean cascade) {
    if (!new Dependents(effects, table).release(columns, primary, cascade)) {
      effects.fails("2BP01", "a foreign key of another table depends on the column");
    }
  }

  private void alterType(AlterColumnType alter) {
    Optional<Column> column = onColumn(alter.column());
    if (effects.hasFailed()) {
      return;
    }
    switch (new ColumnTypeChange(effects.situation).of(column.map(Column::type), alter)) {
      case ColumnTypeChange.Result.CatalogOnly catalogOnly -> {
        boolean changes = column
            .filter(c -> c.type().equals(alter.type()) && alter.collation().isEmpty())
            .isEmpty();
        if (changes) {
          rebuildIndexes(alter.column(), catalogOnly.sameOrder());
          recheckConstraints(alter.column());
        }
        lockForeignKeys(alter.column(), false);
      }
      case ColumnTypeChange.Result.Rewrites rewrites -> {
        rewriteTable(alter.column(), rewrites);
        lockForeignKeys(alter.column(), true);
      }
      case ColumnTypeChange.Result.Refused refused ->
        effects.fails(refused.sqlState(), refused.reason());
      case ColumnTypeChange.Result.Unknown unknown -> {
        effects.assume(unknown.assumption() + ": taken to need a rewrite");
        effects.rewrite(table, "each value may have to be converted");
      }
    }
  }

  private void rewriteTable(String column, ColumnTypeChange.Result.Rewrites rewrites) {
    effects.rewrite(table, rewrites.reason());
    effects
        .table(table)
        .ifPresent(t -> t.indexes().stream()
            .filter(i -> mentions(i, column))
            .forEach(i ->
                effects.lock(Effects.full(table).sibling(i.name()), LockMode.ACCESS_EXCLUSIVE)));
    rewrites
        .failsWhen()
        .ifPresent(w -> effects.dependsOnData(rewrites.sqlState().orElse("22000"), w));
  }

  private void rebuildIndexes(String column, boolean sameOrder) {
    for (Index index : effects.table(table).map(Table::indexes).orElse(List.of())) {
      if (!mentions(index, column)) {
        continue;
      }
      effects.lock(Effects.full(table).sibling(index.name()), LockMode.ACCESS_EXCLUSIVE);
      boolean plain =
          index.keys().stream().noneMatch(k -> !k.equals(column) && Words.contain(k, column))
              && index.predicate().filter(p -> Words.contain(p, column)).isEmpty();
      if (!sameOrder || !plain) {
        effects.work(new Work.IndexBuild(
            Effects.full(table),
            Optional.of(index.name()),
            index.keys().size(),
            false,
            index.unique(),
            true,
            index.method()));
      }
    }
    if (effects.table(table).isEmpty()) {
      effects.assume("the indexes of " + table + " are not known: some may have to be built anew");
    }
  }

  private void recheckConstraints(String column) {
    for (Constraint constraint : effects.table(table).map(Table::constraints).orElse(List.of())) {
      boolean checked = constraint.definition() instanceof Check check
          && check.condition().columns().contains(column)
          && constraint.validated();
      if (checked) {
        effects.scan(
            table,
            Reason.CHECK,
            "constraint \"" + constraint.name() + "\" is tested again on every row");
      }
    }
  }

  /** Foreign keys on the column are made anew, which locks the other table; with other values they are checked anew. */
  private void lockForeignKeys(String column, boolean recheck) {
    Optional<Table> known = effects.table(table);
    for (Constraint constraint : known.map(Table::constraints).orElse(List.of())) {
      if (constraint.definition() instanceof ForeignKey key && key.columns().contains(column)) {
        effects.lock(key.references(), LockMode.ACCESS_EXCLUSIVE);
        if (recheck && constraint.validated()) {
          effects.scan(
              table,
              Reason.FOREIGN_KEY,
              "foreign key \"" + constraint.name() + "\" is checked again");
        }
      }
    }
    for (Table other : effects.schema().referencing(table)) {
      for (Constraint constraint : other.constraints()) {
        if (constraint.definition() instanceof ForeignKey key && references(key, column)) {
          effects.lock(other.name(), LockMode.ACCESS_EXCLUSIVE);
          if (recheck && constraint.validated()) {
            effects.scan(
                other.name(),
                Reason.FOREIGN_KEY,
                "foreign key \"" + constraint.name() + "\" is checked again");
          }
        }
      }
    }
  }

  private boolean references(ForeignKey key, String column) {
    if (!Effects.full(key.references()).equals(Effects.full(table))) {
      return false;
    }
    List<String> columns = key.referencedColumns().isEmpty()
        ? effects.table(table).map(Table::indexes).orElse(List.of()).stream()
            .filter(Index::primary)
            .flatMap(i -> i.keys().stream())
            .toList()
        : key.referencedColumns();
    return columns.contains(column);
  }

  private static boolean mentions(Index index, String column) {
    return index.keys().stream().anyMatch(k -> k.equals(column) || Words.contain(k, column))
        || index.predicate().filter(p -> Words.contain(p, column)).isPresent();
  }
}
