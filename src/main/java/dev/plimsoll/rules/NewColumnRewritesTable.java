package dev.plimsoll.rules;

import dev.plimsoll.impact.Work;
import dev.plimsoll.rules.Fix.Stage;
import dev.plimsoll.sql.ColumnDefinition;
import dev.plimsoll.sql.Expression;
import dev.plimsoll.sql.Identifier;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.TableChange.AddColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A new column whose value differs from row to row: a volatile default, a sequence, a stored generated value. */
public final class NewColumnRewritesTable implements Rule {

  private static final int VIRTUAL_FROM = 18;

  @Override
  public RuleInfo info() {
    return RuleInfo.of("new-column-rewrites-table", Severity.BLOCKING)
        .says("A new column with a value of its own for each row rewrites the table")
        .because(
            "A constant default is kept once in the catalog. A value that differs from row to row must be written into every row, and "
                + "nobody may read the table meanwhile.");
  }

  @Override
  public Stream<Finding> check(Deployment deployment) {
    return deployment
        .changes(AddColumn.class)
        .filter(add -> !add.impact().isOpaque() && reason(add).isPresent())
        .flatMap(add -> finding(deployment, add).stream());
  }

  private static Optional<String> reason(Change<?> change) {
    return change.impact().work().stream()
        .filter(Work.Rewrite.class::isInstance)
        .map(w -> ((Work.Rewrite) w).reason())
        .findFirst();
  }

  private Optional<Finding> finding(Deployment deployment, Change<AddColumn> add) {
    Blocking blocking = Blocking.of(deployment, add);
    if (blocking.isHarmless()) {
      return Optional.empty();
    }
    RelationName table = TableWords.name(add.table());
    return Optional.of(Draft.of(this, deployment, add)
        .headline("Writing {} anew blocks reads and writes {}.", table, blocking.spell())
        .effect(
            "PostgreSQL writes every row and every index of {} anew: {}.",
            table,
            reason(add).orElseThrow())
        .effect(blocking)
        .assumptions(add.impact().assumptions())
        .fix(fix(deployment, add))
        .finding());
  }

  private static Optional<Fix> fix(Deployment deployment, Change<AddColumn> add) {
    ColumnDefinition column = add.command().column();
    if (column.generated().isPresent()) {
      return Optional.of(
          generated(deployment, add, column, column.generated().get().expression()));
    }
    return column.identity() || column.type().isSerial()
        ? Optional.of(numbered(deployment, add, column))
        : Ddl.valueOf(column).map(value -> withDefault(deployment, add, column, value));
  }

  private static Fix withDefault(
      Deployment deployment, Change<AddColumn> add, ColumnDefinition column, String value) {
    RelationName table = add.table();
    List<Stage> stages = new ArrayList<>();
    stages.add(new Stages(deployment, add.step())
        .brief(
            "Add the column, then its default: it holds for new rows only",
            Ddl.addColumn(table, column),
            Ddl.setDefault(table, column.name(), value)));
    Backfill.update(table, column.name(), value)
        .stage(add.step(), "Fill the rows that exist, in batches")
        .ifPresent(stages::add);
    return finish(
        deployment,
        add,
        column,
        stages,
        Prose.of("Add the column empty, then fill it while reads and writes go on:"));
  }

  private static Fix numbered(
      Deployment deployment, Change<AddColumn> add, ColumnDefinition column) {
    RelationName table = add.table();
    RelationName sequence =
        table.sibling(Ddl.name(RelationName.of(table.name()), List.of(column.name()), "seq"));
    String next = "nextval('" + sequence.sql().replace("'", "''") + "')";
    List<Stage> stages = new ArrayList<>();
    stages.add(new Stages(deployment, add.step())
        .brief(
            "Add a plain column that takes its numbers from a sequence",
            Ddl.addColumn(table, column),
            "CREATE SEQUENCE " + sequence.sql() + " OWNED BY " + table.sql() + "."
                + Identifier.quote(column.name()),
            Ddl.setDefault(table, column.name(), next)));
    Backfill.update(table, column.name(), next)
        .stage(add.step(), "Number the rows that exist, in batches")
        .ifPresent(stages::add);
    return finish(
        deployment, add, column, stages, Prose.of("Number the rows while reads and writes go on:"));
  }

  private static Fix generated(
      Deployment deployment, Change<AddColumn> add, ColumnDefinition column, Expression value) {
    RelationName table = add.table();
    if (deployment.majorVersion() >= VIRTUAL_FROM) {
      String virtual =
          Ddl.addColumn(table, column) + " GENERATED ALWAYS AS (" + value + ") VIRTUAL";
      return new Fix.Sequence(
          Prose.of("A VIRTUAL column is computed when it is read and needs no rewrite:"),
          List.of(new Stages(deployment, add.step()).brief("Add the column as virtual", virtual)));
    }
    List<Stage> stages = new ArrayList<>();
    stages.add(new Stages(deployment, add.step())
        .brief("Add a plain column", Ddl.addColumn(table, column)));
    Backfill.update(table, column.name(), value.sql())
        .stage(add.step(), "Fill the rows that exist, in batches")
        .map(s -> Stages.afterDeploying(
            Prose.of(
                "A version, or a trigger, that writes {} with each change of a row is live.",
                Prose.code(column.name())),
            s))
        .ifPresent(stages::add);
    return finish(
        deployment,
        add,
        column,
        stages,
        Prose.of(
            "No generated column can be added without a rewrite before PostgreSQL 18. A plain column can:"));
  }

  private static Fix finish(
      Deployment deployment,
      Change<AddColumn> add,
      ColumnDefinition column,
      List<Stage> stages,
      Prose summary) {
    if (column.notNull()) {
      stages.addAll(NotNullInSteps.of(deployment, add.step(), add.table(), column.name()));
    }
    return new Fix.Sequence(summary, stages);
  }
}
