package dev.plimsoll.rules;

import dev.plimsoll.impact.Work;
import dev.plimsoll.rules.Fix.Stage;
import dev.plimsoll.sql.ColumnDefinition;
import dev.plimsoll.sql.ConstraintDefinition;
import dev.plimsoll.sql.ConstraintDefinition.Exclude;
import dev.plimsoll.sql.ConstraintDefinition.PrimaryKey;
import dev.plimsoll.sql.ConstraintDefinition.Unique;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.TableChange;
import dev.plimsoll.sql.TableChange.AddColumn;
import dev.plimsoll.sql.TableChange.AddConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** UNIQUE, PRIMARY KEY or EXCLUDE that builds its index while nobody may read the table. */
public final class ConstraintBuildsIndex implements Rule {

  @Override
  public RuleInfo info() {
    return RuleInfo.of("constraint-builds-index", Severity.BLOCKING)
        .says("UNIQUE and PRIMARY KEY build their index under ACCESS EXCLUSIVE")
        .because(
            "A constraint that needs an index builds it under the lock of ALTER TABLE, which blocks reads too. CREATE UNIQUE INDEX "
                + "CONCURRENTLY builds the same index beside the traffic, and USING INDEX then takes it over at once.");
  }

  @Override
  public Stream<Finding> check(Deployment deployment) {
    Stream<Finding> constraints = deployment
        .changes(AddConstraint.class)
        .filter(ConstraintBuildsIndex::builds)
        .flatMap(
            c -> finding(deployment, c, c.command().constraint(), fix(deployment, c)).stream());
    Stream<Finding> columns = deployment
        .changes(AddColumn.class)
        .filter(ConstraintBuildsIndex::builds)
        .flatMap(c -> keyOf(c.command().column()).stream()
            .flatMap(key -> finding(deployment, c, key, fixOfColumn(deployment, c, key)).stream()));
    return Stream.concat(constraints, columns);
  }

  private static boolean builds(Change<?> change) {
    boolean rewrites = change.impact().work().stream().anyMatch(Work.Rewrite.class::isInstance);
    return !rewrites
        && change.impact().work().stream()
            .anyMatch(w -> w instanceof Work.IndexBuild build && !build.rebuild());
  }

  private static Optional<ConstraintDefinition> keyOf(ColumnDefinition column) {
    return column.constraints().stream()
        .filter(c -> c instanceof Unique || c instanceof PrimaryKey || c instanceof Exclude)
        .findFirst();
  }

  private Optional<Finding> finding(
      Deployment deployment,
      Change<? extends TableChange> change,
      ConstraintDefinition constraint,
      Optional<Fix> fix) {
    Blocking blocking = Blocking.of(deployment, change);
    if (blocking.isHarmless()) {
      return Optional.empty();
    }
    RelationName table = TableWords.name(change.table());
    Draft draft = Draft.of(this, deployment, change)
        .headline(
            "Building the index of {} blocks {} on {} {}.",
            kind(constraint),
            blocking.blocked(),
            table,
            blocking.spell())
        .effect(blocking)
        .assumptions(change.impact().assumptions())
        .fix(fix);
    if (constraint instanceof Exclude) {
      draft.because(
          "EXCLUDE has no form that builds its index beside the traffic: it needs a window in which {} may stand still.",
          table);
    }
    return Optional.of(draft.finding());
  }

  private static String kind(ConstraintDefinition constraint) {
    return switch (constraint) {
      case PrimaryKey ignored -> "PRIMARY KEY";
      case Exclude ignored -> "EXCLUDE";
      default -> "UNIQUE";
    };
  }

  private static Optional<Fix> fix(Deployment deployment, Change<AddConstraint> add) {
    ConstraintDefinition constraint = add.command().constraint();
    List<String> columns = switch (constraint) {
      case Unique unique -> unique.columns();
      case PrimaryKey key -> key.columns();
      default -> List.of();
    };
    return new ConstraintInSteps(deployment, add)
        .indexThenConstraint(constraint, columns)
        .map(s -> sequence(add.step(), s));
  }

  private static Optional<Fix> fixOfColumn(
      Deployment deployment, Change<AddColumn> add, ConstraintDefinition key) {
    ColumnDefinition column = add.command().column();
    return new ConstraintInSteps(deployment, add)
        .indexThenConstraint(key, List.of(column.name()))
        .map(later -> {
          List<Stage> stages = new ArrayList<>();
          stages.add(new Stages(deployment, add.step())
              .brief("Add the column without its constraint", Ddl.addColumn(add.table(), column)));
          stages.addAll(later);
          return sequence(add.step(), stages);
        });
  }

  private static Fix sequence(Step step, List<Stage> stages) {
    Prose summary =
        Prose.of("Build the index first, beside the traffic, then make it the constraint's.");
    return new Fix.Sequence(
        OutsideTransaction.howTo(step)
            .map(how -> summary
                .then(Prose.of("CREATE INDEX CONCURRENTLY cannot run in a transaction."))
                .then(how))
            .orElse(summary),
        stages);
  }
}
