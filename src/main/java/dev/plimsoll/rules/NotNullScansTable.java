package dev.plimsoll.rules;

import dev.plimsoll.impact.Work;
import dev.plimsoll.sql.ConstraintDefinition.NotNull;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.TableChange;
import dev.plimsoll.sql.TableChange.AddConstraint;
import dev.plimsoll.sql.TableChange.SetNotNull;
import java.util.Optional;
import java.util.stream.Stream;

/** SET NOT NULL without a valid CHECK that proves it: every row is read under the strongest lock. */
public final class NotNullScansTable implements Rule {

  @Override
  public RuleInfo info() {
    return RuleInfo.of("not-null-scans-table", Severity.BLOCKING)
        .says("SET NOT NULL reads the whole table under ACCESS EXCLUSIVE")
        .because("PostgreSQL must see that no row lacks a value. It skips the scan only when a valid CHECK (column IS NOT NULL) says so already.");
  }

  @Override
  public Stream<Finding> check(Deployment deployment) {
    Stream<Change<? extends TableChange>> set = deployment.changes(SetNotNull.class).map(c -> c);
    Stream<Change<? extends TableChange>> added = deployment.changes(AddConstraint.class)
        .filter(c -> c.command().constraint() instanceof NotNull)
        .map(c -> c);
    return Stream.concat(set, added).filter(NotNullScansTable::scans).flatMap(c -> finding(deployment, c).stream());
  }

  private static boolean scans(Change<?> change) {
    return change.impact().work().stream()
        .anyMatch(w -> w instanceof Work.Scan scan && scan.reason() == Work.Scan.Reason.NOT_NULL);
  }

  private Optional<Finding> finding(Deployment deployment, Change<?> change) {
    Blocking blocking = Blocking.of(deployment, change);
    if (blocking.isHarmless()) {
      return Optional.empty();
    }
    RelationName table = TableWords.name(change.table());
    String column = NullFacts.columnOf(change.command()).orElseThrow();
    return Optional.of(Draft.of(this, deployment, change)
        .headline("Checking {} for nulls blocks reads and writes {}.", table, blocking.spell())
        .effect("PostgreSQL reads every row of {} to see that {} has a value.", table, Prose.code(column))
        .effect(blocking)
        .fix(new Fix.Sequence(
            Prose.of("Check the rows while reads and writes go on:"),
            NotNullInSteps.of(deployment, change.step(), change.table(), column)))
        .finding());
  }
}
