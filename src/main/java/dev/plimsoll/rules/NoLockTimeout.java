package dev.plimsoll.rules;

import dev.plimsoll.impact.LockMode;
import dev.plimsoll.impact.Outcome;
import dev.plimsoll.migration.Migration;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.Statement.DropIndex;
import dev.plimsoll.sql.Statement.SetSetting;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A strong lock on a busy table that is waited for without a limit: everything that comes later queues behind it. */
public final class NoLockTimeout implements Rule {

  @Override
  public RuleInfo info() {
    return RuleInfo.of("no-lock-timeout", Severity.ADVICE)
        .says("Waiting for a strong lock without lock_timeout makes everything else wait")
        .because(
            "A lock that is waited for already holds up all that conflicts with it. One long query in front of a change that takes a "
                + "millisecond is enough for an outage. With lock_timeout the change gives up and can be tried again.");
  }

  @Override
  public Stream<Finding> check(Deployment deployment) {
    Map<Migration, List<Step>> unguarded = new IdentityHashMap<>();
    List<Migration> order = new ArrayList<>();
    deployment.steps().stream().filter(s -> isUnguarded(deployment, s)).forEach(s -> {
      if (!unguarded.containsKey(s.migration())) {
        order.add(s.migration());
      }
      unguarded.computeIfAbsent(s.migration(), m -> new ArrayList<>()).add(s);
    });
    return order.stream().flatMap(m -> finding(deployment, unguarded.get(m)).stream());
  }

  /** Large, busy or unknown: a queue in front of it would be noticed. */
  static boolean isWorthGuarding(Exposure exposure) {
    return exposure.hot()
        || switch (exposure.band()) {
          case LARGE, HUGE, UNKNOWN -> true;
          case NEW, TINY, SMALL -> false;
        };
  }

  private static boolean isUnguarded(Deployment deployment, Step step) {
    boolean takesStrongLock =
        step.impact().strongestLock().filter(LockMode::blocksWrites).isPresent();
    boolean fails = step.impact().outcome() instanceof Outcome.Fails;
    boolean hasItsOwnRule = step.statement() instanceof DropIndex;
    return takesStrongLock
        && !fails
        && !hasItsOwnRule
        && !Stages.isLimited(step.timeouts(), deployment.thresholds());
  }

  private Optional<Finding> finding(Deployment deployment, List<Step> steps) {
    Optional<Step> first =
        steps.stream().filter(s -> !guarded(deployment, s).isEmpty()).findFirst();
    return first.map(step -> {
      List<Exposure> busy = guarded(deployment, step);
      List<RelationName> tables = busy.stream().map(Exposure::table).toList();
      return Draft.of(this, deployment, step)
          .tables(tables)
          .headline(
              "While this waits for its lock, everything that wants {} waits behind it.",
              TableWords.names(tables))
          .effect("{}", limit(deployment, step))
          .effect(busy.stream().map(TableWords::facts).toList())
          .fix(fix(deployment, step))
          .finding();
    });
  }

  private static List<Exposure> guarded(Deployment deployment, Step step) {
    return Blocking.of(deployment, step).held().stream()
        .map(Blocking.Held::exposure)
        .filter(NoLockTimeout::isWorthGuarding)
        .toList();
  }

  private static Prose limit(Deployment deployment, Step step) {
    Optional<Integer> later = laterLine(step);
    if (later.isPresent()) {
      return Prose.of(
          "lock_timeout is set in line {}, after this statement: it does not hold for it.",
          later.get());
    }
    if (step.timeouts().lock().isEmpty() && !step.inTransaction() && setsLocally(step)) {
      return Prose.of(
          "{} has no effect outside of a transaction, so no limit is in force.",
          Prose.code("SET LOCAL lock_timeout"));
    }
    return step.timeouts()
        .lock()
        .map(t -> Prose.of(
            "lock_timeout is {} s here: longer than the {} s that others can be made to wait.",
            t.toSeconds(),
            deployment.thresholds().maxLockTimeout().toSeconds()))
        .orElseGet(
            () -> Prose.of(
                "No lock_timeout is in force: it waits as long as the longest query or transaction in front of it."));
  }

  private static Optional<Integer> laterLine(Step step) {
    return step.migration().up().stream()
        .filter(s -> s.statement() instanceof SetSetting set
            && set.name().equalsIgnoreCase("lock_timeout")
            && set.value().isPresent()
            && s.span().start().offset() > step.sql().span().start().offset())
        .map(s -> s.span().line())
        .findFirst();
  }

  private static boolean setsLocally(Step step) {
    return step.migration().up().stream()
        .anyMatch(s -> s.statement() instanceof SetSetting set
            && set.local()
            && set.name().equalsIgnoreCase("lock_timeout"));
  }

  private static Fix fix(Deployment deployment, Step step) {
    String local = step.inTransaction() ? "LOCAL " : "";
    String set = "SET " + local + "lock_timeout = '" + Stages.limit(deployment.thresholds()) + "'";
    return new Fix.Sequence(
        Prose.of(
            "Limit the wait before the first strong lock, and run the migration again if it gives up:"),
        List.of(new Fix.Stage(
            Prose.of("Set lock_timeout first"),
            List.of(set, step.sql().text()),
            step.inTransaction(),
            Optional.empty())));
  }
}
