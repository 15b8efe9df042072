package dev.plimsoll.rules;

import dev.plimsoll.impact.Outcome;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.Statement.CreateIndex;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** CONCURRENTLY inside of a transaction block: refused (25001), whatever the table. */
public final class ConcurrentlyInTransaction implements Rule {

  /** active_sql_transaction */
  private static final String SQL_STATE = "25001";

  @Override
  public RuleInfo info() {
    return RuleInfo.of("concurrently-in-transaction", Severity.BLOCKING)
        .says("CONCURRENTLY fails inside of a transaction")
        .because(
            "The CONCURRENTLY forms commit several times while they work, so they cannot be part of a transaction. Most migration tools "
                + "open one for each migration.");
  }

  @Override
  public Stream<Finding> check(Deployment deployment) {
    return deployment.steps().stream()
        .filter(ConcurrentlyInTransaction::isRefused)
        .map(s -> finding(deployment, s));
  }

  static boolean isRefused(Step step) {
    return step.impact().outcome() instanceof Outcome.Fails fails
        && fails.sqlState().equals(SQL_STATE);
  }

  private Finding finding(Deployment deployment, Step step) {
    Outcome.Fails fails = (Outcome.Fails) step.impact().outcome();
    Draft draft = Draft.of(this, deployment, step)
        .headline("This statement fails: it runs inside of a transaction.")
        .effect("PostgreSQL refuses it with {}: {}. {}", SQL_STATE, fails.reason(), inWhat(step));
    if (step.statement() instanceof CreateIndex create) {
      draft.table(create.table());
    }
    return draft.fix(fix(deployment, step)).finding();
  }

  private static String inWhat(Step step) {
    return switch (step.migration().transactionMode()) {
      case TRANSACTION -> "The whole migration runs in one transaction.";
      case SINGLE_QUERY ->
        "The migration is sent as one query, and several statements of one query share a transaction.";
      case AUTOCOMMIT -> "It stands between BEGIN and COMMIT.";
    };
  }

  private static Optional<Fix> fix(Deployment deployment, Step step) {
    if (step.statement() instanceof CreateIndex create) {
      Optional<IndexSql> sql = IndexSql.parse(step.sql().text());
      boolean nobodyWaits = deployment.exposure(create.table(), step).isNegligible();
      if (nobodyWaits && sql.isPresent()) {
        RelationName table = TableWords.name(create.table());
        return Optional.of(new Fix.Replacement(
            step.sql().span(),
            sql.get().plain(create.table()),
            Prose.of(
                "{} is new or small: nobody would notice the lock of a plain CREATE INDEX.",
                table)));
      }
    }
    Prose summary = Prose.of("Take it out of the transaction.");
    return Optional.of(new Fix.Sequence(
        OutsideTransaction.howTo(step).map(summary::then).orElse(summary),
        List.of(Stages.outside("By itself, outside of a transaction", step.sql().text()))));
  }
}
