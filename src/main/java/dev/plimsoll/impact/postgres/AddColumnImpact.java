package dev.plimsoll.impact.postgres;

import dev.plimsoll.catalog.Volatility;
import dev.plimsoll.impact.LockMode;
import dev.plimsoll.impact.Work;
import dev.plimsoll.impact.Work.Scan.Reason;
import dev.plimsoll.sql.ColumnDefinition;
import dev.plimsoll.sql.ConstraintDefinition;
import dev.plimsoll.sql.Expression;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.TableChange.AddColumn;
import java.util.Optional;

/** ALTER TABLE ... ADD COLUMN. Conformance cases: class "ADD COLUMN". */
final class AddColumnImpact {

  private final Effects effects;
  private final RelationName table;

  AddColumnImpact(Effects effects, RelationName table) {
    this.effects = effects;
    this.table = table;
  }

  void add(AddColumn add) {
    ColumnDefinition column = add.column();
    effects.lockTree(table, LockMode.ACCESS_EXCLUSIVE);
    if (effects.table(table).flatMap(t -> t.column(column.name())).isPresent()) {
      if (!add.ifNotExists()) {
        effects.fails("42701", "column \"" + column.name() + "\" exists already");
      }
      return;
    }
    if (isVirtual(column) && effects.version() < 18) {
      effects.fails("42601", "virtual generated columns need PostgreSQL 18");
      return;
    }
    boolean hasValue = valueOf(column);
    if (effects.hasFailed()) {
      return;
    }
    requireValues(column, hasValue);
    for (ConstraintDefinition constraint : column.constraints()) {
      constraint(column, constraint, hasValue);
    }
  }

  /** Whether existing rows get a value other than NULL; notes the rewrite that this may need. */
  private boolean valueOf(ColumnDefinition column) {
    if (column.type().isSerial() || column.identity()) {
      effects.rewrite(table, "each row gets the next value of a sequence");
      return true;
    }
    if (column.generated().isPresent()) {
      if (column.generated().get().stored()) {
        effects.rewrite(table, "the generated value is computed and stored for each row");
      }
      return true;
    }
    Optional<Expression> value = column.defaultValue();
    value.ifPresent(this::defaultValue);
    if (!SystemCatalog.isBuiltInType(column.type().name())) {
      effects.assume(
          "the type " + column.type().sql()
              + " is taken to be no domain with a constraint: adding a column of such a domain rewrites the table");
    }
    return value.filter(v -> !v.isNull()).isPresent();
  }

  private void defaultValue(Expression value) {
    Expressions.sequence(value)
        .ifPresent(s -> effects.lock(sequenceName(s), LockMode.ROW_EXCLUSIVE));
    for (String function : value.functions()) {
      boolean fromAnotherVersion =
          SystemCatalog.volatility(function, effects.version()).isEmpty()
              && SystemCatalog.isBuiltInSomewhere(function);
      if (fromAnotherVersion) {
        effects.assume(function + "() is not part of PostgreSQL " + effects.version()
            + ": it must come from an extension");
      }
    }
    Volatility volatility = Expressions.volatility(
        value,
        effects.version(),
        f -> effects.assume("whether " + f
            + "() is volatile is not known: taken as volatile, which rewrites the table"));
    if (volatility == Volatility.VOLATILE) {
      effects.rewrite(table, "the default is computed anew for each row");
    }
  }

  private void requireValues(ColumnDefinition column, boolean hasValue) {
    if (!column.notNull()) {
      return;
    }
    if (isVirtual(column)) {
      effects.scan(table, Reason.NOT_NULL, "every row's computed value is checked");
      effects.dependsOnData("23502", "the computed value of some row is null");
      return;
    }
    if (!hasValue && effects.situation.mayHaveRows().test(Effects.full(table))) {
      effects.fails(
          "23502",
          "existing rows have no value for \"" + column.name() + "\", which may not be null");
    }
  }

  private void constraint(
      ColumnDefinition column, ConstraintDefinition constraint, boolean hasValue) {
    switch (constraint) {
      case ConstraintDefinition.Check check -> {
        effects.scan(table, Reason.CHECK, "the new column's CHECK is tested on every row");
        if (hasValue) {
          effects.dependsOnData(
              "23514", "the value that existing rows get does not satisfy " + check.condition());
        }
      }
      case ConstraintDefinition.Unique unique -> buildIndex(column, unique.name(), hasValue);
      case ConstraintDefinition.PrimaryKey key -> buildIndex(column, key.name(), hasValue);
      case ConstraintDefinition.ForeignKey key -> {
        effects.lockTree(key.references(), LockMode.SHARE_ROW_EXCLUSIVE);
        if (hasValue && !key.notValid()) {
          effects.scan(
              table, Reason.FOREIGN_KEY, "every row's value is looked up in " + key.references());
          effects.dependsOnData(
              "23503", "the value that existing rows get is not in " + key.references());
        }
      }
      case ConstraintDefinition.NotNull ignored -> {}
      case ConstraintDefinition.Exclude exclude ->
        effects
            .storage(table)
            .forEach(t -> effects.work(
                new Work.IndexBuild(t, exclude.name(), 1, false, true, false, exclude.method())));
    }
  }

  private void buildIndex(ColumnDefinition column, Optional<String> name, boolean hasValue) {
    effects
        .storage(table)
        .forEach(t -> effects.work(new Work.IndexBuild(t, name, 1, false, true, false, "btree")));
    boolean oneValueForAll = hasValue && !column.type().isSerial() && !column.identity();
    if (oneValueForAll) {
      effects.dependsOnData("23505", "the table has two rows or more: all get the same value");
    }
  }

  private static boolean isVirtual(ColumnDefinition column) {
    return column.generated().filter(g -> !g.stored()).isPresent();
  }

  static RelationName sequenceName(String text) {
    int dot = text.indexOf('.');
    return dot < 0
        ? RelationName.of(text)
        : RelationName.of(text.substring(0, dot), text.substring(dot + 1));
  }
}
