package dev.plimsoll.rules;

import dev.plimsoll.impact.Estimate;
import dev.plimsoll.rules.Fix.Stage;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.Statement;
import dev.plimsoll.sql.Statement.Delete;
import dev.plimsoll.sql.Statement.Update;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An UPDATE or DELETE that may go through a whole large table in one transaction. */
public final class UnboundedDataChange implements Rule {

  /** A data change holds up only writers of the same rows, so it may take this much longer than a lock on the table. */
  private static final int MILDER = 5;

  @Override
  public RuleInfo info() {
    return RuleInfo.of("unbounded-data-change", Severity.BLOCKING)
        .says("UPDATE or DELETE of a whole table in one statement")
        .because(
            "Every changed row stays locked until the statement's transaction ends, no vacuum can clean up behind it, and replicas have it all "
                + "to replay at once. In batches each row is locked for a moment, and the work can be stopped and taken up again.");
  }

  @Override
  public Stream<Finding> check(Deployment deployment) {
    HeldLocks locks = HeldLocks.of(deployment);
    return deployment.steps().stream()
        .filter(s -> s.statement() instanceof Update || s.statement() instanceof Delete)
        .filter(s -> LockKeptThroughDataChange.blocking(deployment, locks, s)
            .filter(b -> !b.isHarmless())
            .isEmpty())
        .flatMap(s -> finding(deployment, s, DataReach.of(s)).stream());
  }

  private Optional<Finding> finding(Deployment deployment, Step step, DataReach reach) {
    RelationName target = tableOf(step.statement());
    Exposure exposure = deployment.exposure(target, step);
    return severity(deployment.thresholds(), exposure, step.estimate(), reach).map(severity -> {
      RelationName table = TableWords.name(target);
      String verb = step.statement() instanceof Update ? "changes" : "deletes";
      Draft draft = Draft.of(this, deployment, step).severity(severity).table(target);
      if (reach == DataReach.WHOLE_TABLE) {
        draft.headline("This {} every row of {} in one transaction.", verb, table);
      } else {
        draft.headline(
            "This may {} any number of rows of {} in one transaction.",
            verb.substring(0, verb.length() - 1),
            table);
      }
      draft.effect("{} {}", TableWords.facts(exposure), time(step.estimate()));
      switch (reach) {
        case UNSUPPORTED_CONDITION ->
          draft.effect(
              "No index serves the condition, so the whole table is read, and how many rows meet it cannot be known from here.");
        case SUPPORTED_CONDITION ->
          draft.effect(
              "How many rows meet the condition cannot be known from here: if they are few, all is well.");
        case WHOLE_TABLE, BOUNDED -> {}
      }
      return draft
          .effect(
              "Who writes to one of these rows meanwhile waits until the transaction has ended.")
          .fix(DataChangeSql.backfill(step).flatMap(b -> fix(step, b)))
          .finding();
    });
  }

  static RelationName tableOf(Statement statement) {
    return switch (statement) {
      case Update update -> update.table();
      case Delete delete -> delete.table();
      default -> throw new IllegalArgumentException("changes no rows: " + statement);
    };
  }

  private static Optional<Severity> severity(
      Thresholds thresholds, Exposure exposure, Estimate estimate, DataReach reach) {
    if (exposure.isNegligible() || reach == DataReach.BOUNDED) {
      return Optional.empty();
    }
    Severity most = reach == DataReach.SUPPORTED_CONDITION ? Severity.ADVICE : Severity.BLOCKING;
    return switch (estimate) {
      case Estimate.Unknown ignored -> Optional.of(most);
      case Estimate.Known known -> {
        Duration limit = exposure.hot()
            ? thresholds.tolerableBlock()
            : thresholds.tolerableBlock().multipliedBy(MILDER);
        if (known.range().high().compareTo(limit) > 0) {
          yield Optional.of(most);
        }
        boolean worthSaying = known.range().high().multipliedBy(2).compareTo(limit) > 0;
        yield worthSaying ? Optional.of(Severity.ADVICE) : Optional.empty();
      }
    };
  }

  private static Prose time(Estimate estimate) {
    return switch (estimate) {
      case Estimate.Unknown ignored -> Prose.of("How long it lasts cannot be said.");
      case Estimate.Known known -> Prose.of("It lasts {}.", Blocking.lasting(known));
    };
  }

  private static Optional<Fix> fix(Step step, Backfill backfill) {
    Prose summary = Prose.of(
        "In batches that commit one by one, beside the traffic. It cannot run in a transaction.");
    Optional<Stage> stage = backfill.stage(step, "Go through the rows in batches");
    return stage.map(s -> new Fix.Sequence(
        OutsideTransaction.howTo(step).map(summary::then).orElse(summary), List.of(s)));
  }
}
