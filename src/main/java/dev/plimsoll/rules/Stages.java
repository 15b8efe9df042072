package dev.plimsoll.rules;

import dev.plimsoll.rules.Fix.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The migrations of a fix, made in the manner that fits the statement they replace. */
final class Stages {

  /** How long a statement of a fix waits for its lock. */
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);

  private final Step step;
  private final Thresholds thresholds;

  Stages(Deployment deployment, Step step) {
    this.step = step;
    this.thresholds = deployment.thresholds();
  }

  /** Statements that take strong locks for a moment, in one transaction, with a limit for the wait. */
  Stage brief(String title, String... statements) {
    List<String> all = new ArrayList<>();
    if (!isLimited(step.timeouts(), thresholds)) {
      all.add("SET LOCAL lock_timeout = '" + limit(thresholds) + "'");
    }
    all.addAll(List.of(statements));
    return new Stage(Prose.of(title), all, true, Optional.empty());
  }

  /** A statement that works for long without blocking anybody, in a transaction that holds nothing else. */
  static Stage longRunning(String title, String statement) {
    return new Stage(Prose.of(title), List.of(statement), true, Optional.empty());
  }

  /** Statements that the server refuses in a transaction, or that commit as they go. */
  static Stage outside(String title, String... statements) {
    return new Stage(Prose.of(title), List.of(statements), false, Optional.empty());
  }

  static Stage afterDeploying(Prose version, Stage stage) {
    return new Stage(stage.title(), stage.statements(), stage.transaction(), Optional.of(version));
  }

  static boolean isLimited(Timeouts timeouts, Thresholds thresholds) {
    return timeouts
        .lock()
        .filter(t -> t.compareTo(thresholds.maxLockTimeout()) <= 0)
        .isPresent();
  }

  /** As SET writes it: {@code 5s}, {@code 500ms}. */
  static String limit(Thresholds thresholds) {
    Duration limit = LOCK_TIMEOUT.compareTo(thresholds.maxLockTimeout()) < 0
        ? LOCK_TIMEOUT
        : thresholds.maxLockTimeout();
    return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + "s" : limit.toMillis() + "ms";
  }
}
