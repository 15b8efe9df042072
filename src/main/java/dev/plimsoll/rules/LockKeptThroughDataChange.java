package dev.plimsoll.rules;

import dev.plimsoll.impact.Work;
import dev.plimsoll.rules.Fix.Stage;
import dev.plimsoll.sql.RelationName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A data change in the transaction of a schema change: the schema change's lock is held until all rows are written. */
public final class LockKeptThroughDataChange implements Rule {

  @Override
  public RuleInfo info() {
    return RuleInfo.of("lock-kept-through-data-change", Severity.BLOCKING)
        .says(
            "A data change after a schema change in one transaction keeps the strong lock until all rows are written")
        .because(
            "Locks are held until the transaction ends. The schema change takes a moment, but its lock stays while the rows are changed.");
  }

  @Override
  public Stream<Finding> check(Deployment deployment) {
    HeldLocks locks = HeldLocks.of(deployment);
    return deployment.steps().stream()
        .flatMap(s ->
            blocking(deployment, locks, s).flatMap(b -> finding(deployment, locks, s, b)).stream());
  }

  /** Absent for a step that does not go through rows, or not through many. */
  static Optional<Blocking> blocking(Deployment deployment, HeldLocks locks, Step step) {
    boolean goesThroughRows =
        step.impact().work().stream().anyMatch(LockKeptThroughDataChange::isOfData);
    if (!goesThroughRows
        || locks.before(step).isEmpty()
        || DataReach.of(step) == DataReach.BOUNDED) {
      return Optional.empty();
    }
    return Optional.of(Blocking.of(deployment, step, locks.before(step), step.estimate()));
  }

  private static boolean isOfData(Work work) {
    return work instanceof Work.Modify
        || (work instanceof Work.Scan scan && scan.reason() == Work.Scan.Reason.QUERY);
  }

  private Optional<Finding> finding(
      Deployment deployment, HeldLocks locks, Step step, Blocking blocking) {
    if (blocking.isHarmless()) {
      return Optional.empty();
    }
    List<RelationName> tables = blocking.tables();
    return Optional.of(Draft.of(this, deployment, step)
        .headline(
            "This runs while an earlier statement's lock blocks {} on {} {}.",
            blocking.blocked(),
            TableWords.names(tables),
            blocking.spell())
        .effect(
            "The statement in line {} changes the schema in the same transaction. By itself that takes a moment, but its lock is held until the transaction ends, and so through this statement.",
            locks.takenBy(step).map(s -> s.sql().span().line()).orElse(0))
        .effect(blocking)
        .fix(fix(step))
        .finding());
  }

  private static Fix fix(Step step) {
    List<Stage> stages = new ArrayList<>();
    DataChangeSql.backfill(step)
        .flatMap(b -> b.stage(step, "Change the rows in batches, in the next migration"))
        .ifPresentOrElse(
            stages::add,
            () -> stages.add(Stages.longRunning(
                "Change the rows in the next migration", step.sql().text())));
    Prose summary = Prose.of(
        "Let the schema change commit first, and move the data change to a migration of its own:");
    return new Fix.Sequence(summary, stages);
  }
}
