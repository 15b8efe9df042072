package dev.plimsoll.rules;

import dev.plimsoll.impact.Outcome;
import dev.plimsoll.schema.TableKind;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.Statement.DropIndex;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** DROP INDEX without CONCURRENTLY and without a limit for its wait, on a table where a queue would hurt. */
public final class DropIndexLocksTable implements Rule {

  @Override
  public RuleInfo info() {
    return RuleInfo.of("drop-index-locks-table", Severity.ADVICE)
        .says("DROP INDEX takes ACCESS EXCLUSIVE on the table; CONCURRENTLY waits without a queue")
        .because(
            "DROP INDEX is quick once it has its lock. Until then everything that wants the table queues behind it.");
  }

  @Override
  public Stream<Finding> check(Deployment deployment) {
    return deployment
        .statements(DropIndex.class)
        .filter(s -> !((DropIndex) s.statement()).concurrently()
            && !(s.impact().outcome() instanceof Outcome.Fails))
        .filter(s -> !Stages.isLimited(s.timeouts(), deployment.thresholds()))
        .flatMap(s -> finding(deployment, s, (DropIndex) s.statement()).stream());
  }

  private Optional<Finding> finding(Deployment deployment, Step step, DropIndex drop) {
    List<Exposure> busy = Blocking.of(deployment, step).held().stream()
        .map(Blocking.Held::exposure)
        .filter(NoLockTimeout::isWorthGuarding)
        .toList();
    if (busy.isEmpty()) {
      return Optional.empty();
    }
    List<RelationName> tables = busy.stream().map(Exposure::table).toList();
    return Optional.of(Draft.of(this, deployment, step)
        .tables(tables)
        .headline(
            "While this waits for its lock, everything that wants {} waits behind it.",
            TableWords.names(tables))
        .effect(busy.stream().map(TableWords::facts).toList())
        .effect(
            "One query that runs for ten minutes makes DROP INDEX wait as long, and all reads and writes behind it.")
        .fix(fix(step, drop))
        .finding());
  }

  private static Optional<Fix> fix(Step step, DropIndex drop) {
    boolean partitioned = drop.indexes().stream()
        .anyMatch(i -> step.before()
            .tableOfIndex(i)
            .filter(t -> t.kind() == TableKind.PARTITIONED)
            .isPresent());
    if (partitioned || drop.cascade()) {
      return Optional.empty();
    }
    String condition = drop.ifExists() ? "IF EXISTS " : "";
    List<String> statements = drop.indexes().stream()
        .map(i -> "DROP INDEX CONCURRENTLY " + condition + i.sql())
        .toList();
    if (statements.size() == 1 && OutsideTransaction.isPossibleInPlace(step)) {
      Prose why =
          OutsideTransaction.howTo(step).orElse(Prose.of("It waits without holding anybody up."));
      return Optional.of(new Fix.Replacement(step.sql().span(), statements.getFirst(), why));
    }
    Prose summary = Prose.of(
        "DROP INDEX CONCURRENTLY drops one index at a time and cannot run in a transaction.");
    return Optional.of(new Fix.Sequence(
        OutsideTransaction.howTo(step).map(summary::then).orElse(summary),
        List.of(Stages.outside("Drop without a queue", statements.toArray(String[]::new)))));
  }
}
