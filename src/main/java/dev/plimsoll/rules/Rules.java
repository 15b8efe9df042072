package dev.plimsoll.rules;

import dev.plimsoll.sql.Engine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All rules, and what they say of a deployment. A new rule is entered here. */
public final class Rules {

  private static final List<Rule> ALL = List.of(
      new RequiredColumnWithoutDefault(),
      new NewColumnRewritesTable(),
      new TypeChangeRewritesTable(),
      new NotNullScansTable(),
      new NotNullMeetsNulls(),
      new ConstraintScansTable(),
      new ConstraintBuildsIndex(),
      new ValidateInSameTransaction(),
      new IndexBlocksWrites(),
      new DropIndexLocksTable(),
      new ConcurrentlyInTransaction(),
      new ColumnDroppedWhileInUse(),
      new RenameBreaksRunningCode(),
      new TableDropped(),
      new TableTruncated(),
      new UnboundedDataChange(),
      new LockKeptThroughDataChange(),
      new NoLockTimeout(),
      new DefaultForNewRowsOnly(),
      new NullableAgain(),
      new StatementFails());

  private Rules() {}

  public static List<Rule> all() {
    return ALL;
  }

  public static Optional<Rule> byId(String id) {
    return ALL.stream().filter(r -> r.info().id().equals(id)).findFirst();
  }

  /**
   * What the rules say, in the order in which the statements run; of one place the worst first.
   *
   * @param configured severities that differ from the rules' own, by rule id; absent value: the rule is off. A lower one than the rule's
   *     own is the most that its findings can be, a higher one is what they all are. Safe ways are written for PostgreSQL; another engine's users get none rather than a wrong one.
   */
  public static List<Finding> check(
      Deployment deployment, Map<String, Optional<Severity>> configured) {
    List<Finding> findings = new ArrayList<>();
    for (Rule rule : ALL) {
      Severity own = rule.info().severity();
      configured
          .getOrDefault(rule.info().id(), Optional.of(own))
          .ifPresent(wanted -> rule.check(deployment)
              .map(f -> wanted == own ? f : f.withSeverity(wanted))
              .map(f -> deployment.engine() == Engine.POSTGRESQL ? f : f.withoutFix())
              .forEach(findings::add));
    }
    Map<String, Integer> files = new HashMap<>();
    deployment.steps().forEach(s -> files.putIfAbsent(s.sql().span().file(), s.index()));
    findings.sort(Comparator.<Finding>comparingInt(
            f -> files.getOrDefault(f.place().file(), Integer.MAX_VALUE))
        .thenComparingInt(f -> f.place().start().offset())
        .thenComparing(Finding::severity, Comparator.reverseOrder()));
    return List.copyOf(findings);
  }
}
