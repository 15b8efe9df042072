package dev.plimsoll.rules;

import dev.plimsoll.schema.Schema;
import dev.plimsoll.sql.ConstraintDefinition.NotNull;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.Statement.Update;
import dev.plimsoll.sql.TableChange;
import dev.plimsoll.sql.TableChange.AddColumn;
import dev.plimsoll.sql.TableChange.AddConstraint;
import dev.plimsoll.sql.TableChange.SetNotNull;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What is known of the nulls in the columns that a deployment meets. */
final class NullFacts {

  private record ColumnName(RelationName table, String column) {}

  private final Deployment deployment;
  private final Map<ColumnName, Integer> firstUpdate = new HashMap<>();
  private final Map<ColumnName, Integer> addedEmpty = new HashMap<>();

  NullFacts(Deployment deployment) {
    this.deployment = deployment;
    for (Step step : deployment.steps()) {
      if (step.statement() instanceof Update update) {
        update
            .columns()
            .forEach(c -> firstUpdate.putIfAbsent(key(update.table(), c), step.index()));
      }
    }
    deployment
        .changes(AddColumn.class)
        .filter(c -> c.command().column().hasNoDefault())
        .forEach(c -> addedEmpty.putIfAbsent(
            key(c.table(), c.command().column().name()), c.step().index()));
  }

  /** The column that a command makes NOT NULL. */
  static Optional<String> columnOf(TableChange change) {
    return switch (change) {
      case SetNotNull set -> Optional.of(set.column());
      case AddConstraint add
      when add.constraint() instanceof NotNull notNull -> Optional.of(notNull.column());
      default -> Optional.empty();
    };
  }

  /** The share of rows without a value in production, by the server's statistics: 0 to 1. */
  Optional<Double> share(RelationName table, String column) {
    return deployment
        .catalog()
        .flatMap(c -> c.table(table))
        .flatMap(t -> Optional.ofNullable(t.nullFractions().get(column)));
  }

  /** An UPDATE of this deployment before {@code step} writes the column. */
  boolean isFilledBefore(Step step, RelationName table, String column) {
    return firstUpdate.getOrDefault(key(table, column), Integer.MAX_VALUE) < step.index();
  }

  /** An UPDATE of this deployment, wherever it stands, writes the column. */
  boolean isFilledSomewhere(RelationName table, String column) {
    return firstUpdate.containsKey(key(table, column));
  }

  /** An earlier step of this deployment adds the column without a value for the rows that exist. */
  boolean isAddedEmpty(Step step, RelationName table, String column) {
    return addedEmpty.getOrDefault(key(table, column), Integer.MAX_VALUE) < step.index();
  }

  private static ColumnName key(RelationName table, String column) {
    return new ColumnName(table.in(Schema.DEFAULT_SCHEMA), column);
  }
}
