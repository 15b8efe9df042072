package dev.plimsoll.rules;

import dev.plimsoll.impact.Outcome;
import dev.plimsoll.sql.ConstraintDefinition;
import dev.plimsoll.sql.ConstraintDefinition.ForeignKey;
import dev.plimsoll.sql.Engine;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.Statement;
import dev.plimsoll.sql.TableChange;
import dev.plimsoll.sql.TableChange.AddColumn;
import dev.plimsoll.sql.TableChange.AddConstraint;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A statement that the server refuses, whatever the data, and that no other rule speaks of. */
public final class StatementFails implements Rule {

  private static final String WRONG_OBJECT_TYPE = "42809";

  /** Something is missing or there already: if the catalog is older than the last deployment, it may be right. */
  private static final Set<String> MAY_BE_STALE =
      Set.of("42701", "42703", "42704", "42710", "42P01", "42P07");

  @Override
  public RuleInfo info() {
    return RuleInfo.of("statement-fails", Severity.BLOCKING)
        .says("PostgreSQL refuses this statement, whatever the data")
        .because(
            "The server checks what a statement may do before it looks at a single row. The deployment stops here, half done if earlier "
                + "statements were committed.");
  }

  @Override
  public Stream<Finding> check(Deployment deployment) {
    Set<Integer> explained = new HashSet<>();
    deployment
        .changes(AddColumn.class)
        .filter(RequiredColumnWithoutDefault::isRefused)
        .forEach(c -> explained.add(c.step().index()));
    Map<Integer, Change<?>> failing = new HashMap<>();
    deployment
        .changes(TableChange.class)
        .filter(c -> c.impact().outcome() instanceof Outcome.Fails)
        .forEach(c -> failing.putIfAbsent(c.step().index(), c));
    return Stream.concat(
        syntaxErrors(deployment),
        deployment.steps().stream()
            .filter(s ->
                s.impact().outcome() instanceof Outcome.Fails && !explained.contains(s.index()))
            .filter(s -> !ConcurrentlyInTransaction.isRefused(s))
            .map(s ->
                finding(deployment, s, Optional.ofNullable(failing.get(s.index())), (Outcome.Fails)
                    s.impact().outcome())));
  }

  /** Its own parser says what the server would say. */
  private Stream<Finding> syntaxErrors(Deployment deployment) {
    if (deployment.engine() != Engine.POSTGRESQL) {
      return Stream.empty();
    }
    return deployment.steps().stream()
        .filter(s -> s.statement() instanceof Statement.Opaque opaque
            && opaque.at().isPresent()
            && opaque.reason().contains("syntax error"))
        .map(s -> Draft.of(this, deployment, s)
            .headline("PostgreSQL refuses this statement: it is not SQL that it knows.")
            .effect("It fails with 42601: {}.", ((Statement.Opaque) s.statement()).reason())
            .because(
                "This is what PostgreSQL 18's own parser says. What the statement would do could not be analysed.")
            .finding());
  }

  private Finding finding(
      Deployment deployment, Step step, Optional<Change<?>> command, Outcome.Fails fails) {
    boolean mayBeStale = MAY_BE_STALE.contains(fails.sqlState());
    Draft draft = command
        .map(c -> Draft.of(this, deployment, c))
        .orElseGet(() -> Draft.of(this, deployment, step))
        .tables(Blocking.of(deployment, step).tables())
        .headline("PostgreSQL {} refuses this statement.", deployment.majorVersion())
        .effect("It fails with {}: {}.", fails.sqlState(), fails.reason())
        .fix(command.flatMap(c -> fix(deployment, c)));
    return mayBeStale
        ? draft
            .severity(Severity.ADVICE)
            .because(
                "This goes by the catalog and the statements before this one. If production has changed since the catalog was taken, the statement may be right.")
            .finding()
        : draft.finding();
  }

  /** For the one refusal that has a way around it. */
  private static Optional<Fix> fix(Deployment deployment, Change<?> command) {
    List<RelationName> partitions = command.step().before().partitionsOf(command.table());
    boolean keyOnPartitioned = command.command() instanceof AddConstraint add
        && add.constraint() instanceof ForeignKey key
        && key.notValid()
        && !partitions.isEmpty()
        && command.impact().outcome() instanceof Outcome.Fails fails
        && fails.sqlState().equals(WRONG_OBJECT_TYPE);
    if (!keyOnPartitioned) {
      return Optional.empty();
    }
    ConstraintDefinition key = ((AddConstraint) command.command()).constraint();
    return Ddl.valid(key, List.of())
        .map(definition -> new Fix.Sequence(
            Prose.of(
                "The partitions take it one by one; the parent then takes theirs over without looking at a row."),
            new ConstraintInSteps(deployment, command)
                .partitionByPartition(key, definition, partitions)));
  }
}
