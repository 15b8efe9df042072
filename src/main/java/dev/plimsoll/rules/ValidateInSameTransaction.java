package dev.plimsoll.rules;

import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.TableChange.ValidateConstraint;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** VALIDATE CONSTRAINT in a transaction that holds a stronger lock already: the check runs under that one. */
public final class ValidateInSameTransaction implements Rule {

  @Override
  public RuleInfo info() {
    return RuleInfo.of("validate-in-same-transaction", Severity.BLOCKING)
        .says(
            "VALIDATE CONSTRAINT in the transaction of ADD ... NOT VALID keeps the strong lock through the scan")
        .because(
            "Locks are held until the transaction ends. VALIDATE by itself blocks neither reads nor writes, but the lock that an earlier "
                + "statement of the transaction took does.");
  }

  @Override
  public Stream<Finding> check(Deployment deployment) {
    HeldLocks locks = HeldLocks.of(deployment);
    return deployment
        .changes(ValidateConstraint.class)
        .filter(v -> v.impact().growsWithData())
        .flatMap(v -> finding(deployment, locks, v).stream());
  }

  private Optional<Finding> finding(
      Deployment deployment, HeldLocks locks, Change<ValidateConstraint> validate) {
    Step step = validate.step();
    Blocking blocking = Blocking.of(deployment, step, locks.before(step), validate.estimate());
    if (blocking.isHarmless()) {
      return Optional.empty();
    }
    RelationName table = TableWords.name(validate.table());
    String constraint = validate.command().name();
    return Optional.of(Draft.of(this, deployment, validate)
        .headline(
            "Validating {} in this transaction blocks {} {}.",
            Prose.code(constraint),
            blocking.blocked(),
            blocking.spell())
        .effect(
            "VALIDATE CONSTRAINT reads every row of {}. In a transaction of its own that blocks nobody; here the statement in line {} holds a stronger lock until the end.",
            table,
            locks.takenBy(step).map(s -> s.sql().span().line()).orElse(0))
        .effect(blocking)
        .fix(new Fix.Sequence(
            Prose.of("Move it to the next migration, which has a transaction of its own:"),
            List.of(Stages.longRunning(
                "Check the rows that exist; reads and writes go on",
                Ddl.validate(validate.table(), constraint)))))
        .finding());
  }
}
