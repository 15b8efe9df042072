package dev.plimsoll.rules;

import dev.plimsoll.impact.Outcome;
import dev.plimsoll.rules.Fix.Stage;
import dev.plimsoll.schema.Column;
import dev.plimsoll.schema.Schema;
import dev.plimsoll.sql.Identifier;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.Statement;
import dev.plimsoll.sql.Statement.CreateObject;
import dev.plimsoll.sql.Statement.Rename;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Renaming a table or column that the running application knows by its old name. */
public final class RenameBreaksRunningCode implements Rule {

  @Override
  public RuleInfo info() {
    return RuleInfo.of("rename-breaks-running-code", Severity.BLOCKING)
        .says("Renaming a table or column breaks code that uses the old name")
        .because(
            "The old version of the application uses the old name, the new version the new one. Whichever of them runs at the moment of the "
                + "rename or after it, one of them fails.");
  }

  @Override
  public Stream<Finding> check(Deployment deployment) {
    return deployment
        .statements(Rename.class)
        .filter(s -> !(s.impact().outcome() instanceof Outcome.Fails))
        .flatMap(s -> finding(deployment, s, (Rename) s.statement()).stream());
  }

  private Optional<Finding> finding(Deployment deployment, Step step, Rename rename) {
    return switch (rename.kind()) {
      case TABLE ->
        oldTableNameStays(deployment, step, rename)
            ? Optional.empty()
            : table(deployment, step, rename);
      case COLUMN ->
        rename
            .part()
            .filter(c -> !oldColumnNameStays(deployment, step, rename, c))
            .flatMap(c -> column(deployment, step, rename, c));
      case CONSTRAINT, INDEX, OTHER -> Optional.empty();
    };
  }

  private Optional<Finding> table(Deployment deployment, Step step, Rename rename) {
    Exposure exposure = deployment.exposure(rename.relation(), step);
    RelationName table = TableWords.name(rename.relation());
    RelationName renamed = rename.relation().sibling(rename.newName());
    Fix fix = new Fix.Sequence(
        Prose.of(
            "Keep the old name as a view in the same transaction; simple views take reads and writes:"),
        List.of(
            new Stages(deployment, step)
                .brief(
                    "Rename, and leave a view under the old name",
                    "ALTER TABLE " + rename.relation().sql() + " RENAME TO "
                        + Identifier.quote(rename.newName()),
                    "CREATE VIEW " + rename.relation().sql() + " AS SELECT * FROM "
                        + renamed.sql()),
            Stages.afterDeploying(
                Prose.of(
                    "A version that uses {} is live everywhere.", Prose.code(rename.newName())),
                new Stages(deployment, step)
                    .brief("Drop the view", "DROP VIEW " + rename.relation().sql()))));
    return InUse.ofNames(exposure)
        .map(severity -> Draft.of(this, deployment, step)
            .severity(severity)
            .table(rename.relation())
            .headline("Code that uses the name {} fails from here on.", table)
            .effect("{} The rename itself takes a moment.", TableWords.facts(exposure))
            .fix(fix)
            .finding());
  }

  private Optional<Finding> column(Deployment deployment, Step step, Rename rename, String column) {
    if (InUse.isColumnOfThisDeployment(deployment, rename.relation(), column)) {
      return Optional.empty();
    }
    Exposure exposure = deployment.exposure(rename.relation(), step);
    RelationName table = TableWords.name(rename.relation());
    return InUse.ofNames(exposure)
        .map(severity -> Draft.of(this, deployment, step)
            .severity(severity)
            .table(rename.relation())
            .headline(
                "Code that uses the name {} of {} fails from here on.", Prose.code(column), table)
            .effect("{} The rename itself takes a moment.", TableWords.facts(exposure))
            .fix(columnFix(deployment, step, rename, column))
            .finding());
  }

  private static Optional<Fix> columnFix(
      Deployment deployment, Step step, Rename rename, String column) {
    RelationName table = rename.relation();
    Optional<Column> known = step.before().table(table).flatMap(t -> t.column(column));
    return known.map(c -> {
      Stages stages = new Stages(deployment, step);
      List<Stage> sequence = new ArrayList<>();
      String newName = Identifier.quote(rename.newName());
      sequence.add(stages.brief(
          "Add a column of the new name",
          Ddl.alter(table, "ADD COLUMN " + newName + " " + c.type().sql())));
      Backfill.update(table, rename.newName(), Identifier.quote(column))
          .stage(step, "Copy the values that exist, in batches")
          .map(s ->
              Stages.afterDeploying(Prose.of("A version that writes both columns is live."), s))
          .ifPresent(sequence::add);
      if (c.notNull()) {
        sequence.addAll(NotNullInSteps.of(deployment, step, table, rename.newName()));
      }
      sequence.add(Stages.afterDeploying(
          Prose.of("A version that uses only {} is live everywhere.", Prose.code(rename.newName())),
          stages.brief(
              "Drop the old column", Ddl.alter(table, "DROP COLUMN " + Identifier.quote(column)))));
      return new Fix.Sequence(
          Prose.of(
              "If the name matters enough, use both for a while. Often it is enough to map the new name to {} in the code.",
              Prose.code(column)),
          sequence);
    });
  }

  /** Another table, or a view, has the old name when the transaction ends. */
  private static boolean oldTableNameStays(Deployment deployment, Step step, Rename rename) {
    RelationName old = rename.relation().in(Schema.DEFAULT_SCHEMA);
    return laterInTransaction(deployment, step)
        .anyMatch(s -> makes(s.statement(), old)
            || (s.statement() instanceof Rename other
                && other.kind() == Rename.Kind.TABLE
                && other
                    .relation()
                    .in(Schema.DEFAULT_SCHEMA)
                    .sibling(other.newName())
                    .equals(old)));
  }

  private static boolean makes(Statement statement, RelationName name) {
    return statement instanceof CreateObject create
        && create.kind().contains("VIEW")
        && (create.name().equals(name.name()) || create.name().equals(name.toString()));
  }

  private static boolean oldColumnNameStays(
      Deployment deployment, Step step, Rename rename, String column) {
    return laterInTransaction(deployment, step)
        .anyMatch(s -> s.statement() instanceof Rename other
            && other.kind() == Rename.Kind.COLUMN
            && other
                .relation()
                .in(Schema.DEFAULT_SCHEMA)
                .equals(rename.relation().in(Schema.DEFAULT_SCHEMA))
            && other.newName().equals(column));
  }

  private static Stream<Step> laterInTransaction(Deployment deployment, Step step) {
    return deployment.steps().stream()
        .skip(step.index() + 1L)
        .takeWhile(s -> s.inTransaction() && s.transaction() == step.transaction());
  }
}
