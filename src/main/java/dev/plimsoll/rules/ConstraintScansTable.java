package dev.plimsoll.rules;

import dev.plimsoll.impact.Work;
import dev.plimsoll.rules.Fix.Stage;
import dev.plimsoll.sql.ColumnDefinition;
import dev.plimsoll.sql.ConstraintDefinition;
import dev.plimsoll.sql.ConstraintDefinition.ForeignKey;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.TableChange;
import dev.plimsoll.sql.TableChange.AddColumn;
import dev.plimsoll.sql.TableChange.AddConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A CHECK or FOREIGN KEY that is checked on every row while its locks are held: on both tables for a foreign key. */
public final class ConstraintScansTable implements Rule {

  private static final int NOT_VALID_ON_PARTITIONED_FROM = 18;
  private static final int PARTITIONS_SHOWN = 3;

  @Override
  public RuleInfo info() {
    return RuleInfo.of("constraint-scans-table", Severity.BLOCKING)
        .says("Adding a CHECK or FOREIGN KEY reads the whole table while its locks are held")
        .because(
            "A constraint that is added without NOT VALID is checked on every row at once. VALIDATE CONSTRAINT does the same check later "
                + "under a lock that blocks neither reads nor writes.");
  }

  @Override
  public Stream<Finding> check(Deployment deployment) {
    Stream<Finding> constraints = deployment
        .changes(AddConstraint.class)
        .filter(c -> scan(c).isPresent())
        .flatMap(c -> finding(deployment, c, fix(deployment, c)).stream());
    Stream<Finding> columns = deployment
        .changes(AddColumn.class)
        .filter(c -> scan(c).isPresent())
        .flatMap(c -> finding(deployment, c, fixOfColumn(deployment, c)).stream());
    return Stream.concat(constraints, columns);
  }

  /** A rewrite in the same command is worse and has its own rule. */
  private static Optional<Work.Scan> scan(Change<?> change) {
    boolean rewrites = change.impact().work().stream().anyMatch(Work.Rewrite.class::isInstance);
    return change.impact().work().stream()
        .filter(w -> !rewrites && w instanceof Work.Scan)
        .map(Work.Scan.class::cast)
        .filter(
            s -> s.reason() == Work.Scan.Reason.CHECK || s.reason() == Work.Scan.Reason.FOREIGN_KEY)
        .findFirst();
  }

  private <C extends TableChange> Optional<Finding> finding(
      Deployment deployment, Change<C> change, Optional<Fix> fix) {
    Blocking blocking = Blocking.of(deployment, change);
    if (blocking.isHarmless()) {
      return Optional.empty();
    }
    RelationName table = TableWords.name(change.table());
    Draft draft = Draft.of(this, deployment, change);
    if (scan(change).orElseThrow().reason() == Work.Scan.Reason.FOREIGN_KEY) {
      List<RelationName> tables = blocking.tables();
      draft
          .headline(
              "Checking the foreign key blocks {} to {} {}.",
              blocking.blocked(),
              TableWords.names(tables),
              blocking.spell())
          .effect(
              "PostgreSQL looks up the key of every row of {} before it lets go of its locks, which are on both tables.",
              table);
    } else {
      draft
          .headline("Checking {} blocks {} {}.", table, blocking.blocked(), blocking.spell())
          .effect(
              "PostgreSQL tests every row of {} against the condition before it lets go of the table.",
              table);
    }
    return Optional.of(draft
        .effect(blocking)
        .assumptions(change.impact().assumptions())
        .fix(fix)
        .finding());
  }

  private static Optional<Fix> fix(Deployment deployment, Change<AddConstraint> add) {
    ConstraintInSteps inSteps = new ConstraintInSteps(deployment, add);
    List<RelationName> partitions = add.step().before().partitionsOf(add.table());
    boolean hasNoNotValid = add.command().constraint() instanceof ForeignKey
        && !partitions.isEmpty()
        && deployment.majorVersion() < NOT_VALID_ON_PARTITIONED_FROM;
    if (hasNoNotValid) {
      return Optional.of(new Fix.Sequence(
          Prose.of(
              "Before PostgreSQL {} a partitioned table takes no NOT VALID foreign key, but its partitions do. The parent then takes theirs over without looking at a row{}.",
              NOT_VALID_ON_PARTITIONED_FROM,
              partitions.size() > PARTITIONS_SHOWN
                  ? " (the " + (partitions.size() - PARTITIONS_SHOWN)
                      + " partitions that are not shown likewise)"
                  : ""),
          inSteps.partitionByPartition(
              add, partitions.stream().limit(PARTITIONS_SHOWN).toList())));
    }
    return inSteps
        .notValidThenValidate(add)
        .map(stages ->
            new Fix.Sequence(Prose.of("In two steps, each in a transaction of its own:"), stages));
  }

  private static Optional<Fix> fixOfColumn(Deployment deployment, Change<AddColumn> add) {
    ColumnDefinition column = add.command().column();
    List<Stage> stages = new ArrayList<>();
    String plain = Ddl.addColumn(add.table(), column)
        + Ddl.valueOf(column).map(v -> " DEFAULT " + v).orElse("")
        + (column.notNull() ? " NOT NULL" : "");
    stages.add(
        new Stages(deployment, add.step()).brief("Add the column without its constraint", plain));
    ConstraintInSteps inSteps = new ConstraintInSteps(deployment, add);
    for (ConstraintDefinition constraint : column.constraints()) {
      inSteps.notValidThenValidate(constraint, column.name()).ifPresent(stages::addAll);
    }
    return stages.size() < 2
        ? Optional.empty()
        : Optional.of(new Fix.Sequence(Prose.of("The column first, then its constraint:"), stages));
  }
}
