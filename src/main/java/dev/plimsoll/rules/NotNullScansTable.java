package dev.plimsoll.rules;

import dev.plimsoll.impact.Impact;
import dev.plimsoll.impact.Work;
import dev.plimsoll.sql.ConstraintDefinition.NotNull;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.TableChange;
import dev.plimsoll.sql.TableChange.AddConstraint;
import dev.plimsoll.sql.TableChange.SetNotNull;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** SET NOT NULL without a valid CHECK that proves it: every row is read under the strongest lock. */
public final class NotNullScansTable implements Rule {

  @Override
  public RuleInfo info() {
    return RuleInfo.of("not-null-scans-table", Severity.BLOCKING)
        .says("SET NOT NULL reads the whole table under ACCESS EXCLUSIVE")
        .because(
            "PostgreSQL must see that no row lacks a value. It skips the scan only when a valid CHECK (column IS NOT NULL) says so already.");
  }

  @Override
  public Stream<Finding> check(Deployment deployment) {
    NullFacts nulls = new NullFacts(deployment);
    List<Change<? extends TableChange>> required = required(deployment);
    Set<Integer> stepsThatScanAnyway = required.stream()
        .filter(c -> scans(c.impact()))
        .map(c -> c.step().index())
        .collect(Collectors.toSet());
    return required.stream().filter(c -> !meetsNulls(deployment, nulls, c)).flatMap(c -> {
      boolean becauseOfOthers =
          !stepsThatScanAnyway.contains(c.step().index()) && scans(c.step().impact());
      return scans(c.impact()) || becauseOfOthers
          ? finding(deployment, c).stream()
          : Stream.empty();
    });
  }

  private static List<Change<? extends TableChange>> required(Deployment deployment) {
    List<Change<? extends TableChange>> required = new ArrayList<>();
    deployment.changes(SetNotNull.class).forEach(required::add);
    deployment
        .changes(AddConstraint.class)
        .filter(c -> c.command().constraint() instanceof NotNull)
        .forEach(required::add);
    return required;
  }

  /** Then it fails, and the way around that makes the scan harmless as well. */
  private static boolean meetsNulls(Deployment deployment, NullFacts nulls, Change<?> change) {
    return NullFacts.columnOf(change.command())
        .flatMap(column -> NotNullMeetsNulls.nullsMet(deployment, nulls, change, column))
        .isPresent();
  }

  private static boolean scans(Impact impact) {
    return impact.work().stream()
        .anyMatch(w -> w instanceof Work.Scan scan && scan.reason() == Work.Scan.Reason.NOT_NULL);
  }

  private Optional<Finding> finding(Deployment deployment, Change<?> change) {
    boolean becauseOfOthers = !scans(change.impact());
    Blocking blocking =
        becauseOfOthers ? Blocking.of(deployment, change.step()) : Blocking.of(deployment, change);
    if (blocking.isHarmless()) {
      return Optional.empty();
    }
    RelationName table = TableWords.name(change.table());
    String column = NullFacts.columnOf(change.command()).orElseThrow();
    Draft draft = Draft.of(this, deployment, change);
    if (becauseOfOthers) {
      draft.because(
          "Another command of this statement drops the CHECK that would have spared the scan. In a statement of its own, after this one, it does not.");
    }
    return Optional.of(draft
        .headline("Checking {} for nulls blocks reads and writes {}.", table, blocking.spell())
        .effect(
            "PostgreSQL reads every row of {} to see that {} has a value.",
            table,
            Prose.code(column))
        .effect(blocking)
        .fix(new Fix.Sequence(
            Prose.of("Check the rows while reads and writes go on:"),
            NotNullInSteps.of(deployment, change.step(), change.table(), column)))
        .finding());
  }
}
