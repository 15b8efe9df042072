package dev.plimsoll.rules;

import dev.plimsoll.impact.Outcome;
import dev.plimsoll.rules.Fix.Stage;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.TableChange;
import dev.plimsoll.sql.TableChange.AddConstraint;
import dev.plimsoll.sql.TableChange.SetNotNull;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** NOT NULL on a column of which production's statistics say that some rows have no value. */
public final class NotNullMeetsNulls implements Rule {

  @Override
  public RuleInfo info() {
    return RuleInfo.of("not-null-meets-nulls", Severity.BLOCKING)
        .says("NOT NULL fails where rows without a value exist")
        .because(
            "A constraint is refused when a row that exists breaks it. Development data often lacks the old rows that do.");
  }

  @Override
  public Stream<Finding> check(Deployment deployment) {
    NullFacts nulls = new NullFacts(deployment);
    Stream<Change<? extends TableChange>> set =
        deployment.changes(SetNotNull.class).map(c -> c);
    Stream<Change<? extends TableChange>> added =
        deployment.changes(AddConstraint.class).map(c -> c);
    return Stream.concat(set, added)
        .filter(c -> c.impact().outcome() instanceof Outcome.DependsOnData depends
            && depends.sqlState().equals("23502"))
        .flatMap(
            c -> NullFacts.columnOf(c.command())
                .flatMap(column -> finding(deployment, nulls, c, column))
                .stream());
  }

  /** The share of rows without a value; absent when there are none, when it is not known, or when an UPDATE fills them before. */
  static Optional<Double> nullsMet(
      Deployment deployment, NullFacts nulls, Change<?> change, String column) {
    Exposure exposure = deployment.exposure(change.table(), change.step());
    boolean filled = nulls.isFilledBefore(change.step(), change.table(), column);
    if (filled || exposure.isNew()) {
      return Optional.empty();
    }
    boolean allEmpty = nulls.isAddedEmpty(change.step(), change.table(), column)
        && !exposure.isUnknown()
        && exposure.mayHaveRows();
    return (allEmpty ? Optional.of(1.0) : nulls.share(change.table(), column)).filter(s -> s > 0);
  }

  private Optional<Finding> finding(
      Deployment deployment, NullFacts nulls, Change<?> change, String column) {
    Exposure exposure = deployment.exposure(change.table(), change.step());
    Optional<Double> share = nullsMet(deployment, nulls, change, column);
    if (share.isEmpty()) {
      return Optional.empty();
    }
    boolean addedEmpty = nulls.isAddedEmpty(change.step(), change.table(), column);
    RelationName table = TableWords.name(change.table());
    Prose rows = addedEmpty
        ? Prose.of(
            "This deployment adds {} without a value, so no row of {} has one.",
            Prose.code(column),
            table)
        : Prose.of(
            "By production's statistics {} of {} have no value in {}.",
            TableWords.share(share.get()),
            table,
            Prose.code(column));
    return Optional.of(Draft.of(this, deployment, change)
        .table(change.table())
        .headline("This statement fails in production: {} has nulls.", Prose.code(column))
        .effect(
            "{} PostgreSQL refuses the statement with 23502: column {} contains null values.",
            rows,
            Prose.code(column))
        .fix(fix(deployment, change, column, exposure))
        .finding());
  }

  private static Fix fix(
      Deployment deployment, Change<?> change, String column, Exposure exposure) {
    Backfill backfill = Backfill.update(change.table(), column, Ddl.missingValue(column));
    Prose summary = Prose.of("Give every row a value first:");
    if (exposure.isNegligible()) {
      Stage all = new Stages(deployment, change.step())
          .brief(
              "Fill the column, then require it",
              backfill.atOnce(),
              Ddl.setNotNull(change.table(), column));
      return new Fix.Sequence(summary, List.of(all));
    }
    List<Stage> stages = new ArrayList<>();
    backfill
        .stage(change.step(), "Fill the rows that have none, in batches")
        .map(s -> Stages.afterDeploying(
            Prose.of("A version that writes {} in every new row is live.", Prose.code(column)), s))
        .ifPresent(stages::add);
    stages.addAll(NotNullInSteps.of(deployment, change.step(), change.table(), column));
    return new Fix.Sequence(summary, stages);
  }
}
