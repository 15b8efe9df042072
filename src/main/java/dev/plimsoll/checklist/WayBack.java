package dev.plimsoll.checklist;

import dev.plimsoll.migration.Down;
import dev.plimsoll.rules.Deployment;
import dev.plimsoll.rules.Prose;
import dev.plimsoll.rules.Step;
import dev.plimsoll.schema.Schema;
import dev.plimsoll.schema.SchemaChanges;
import dev.plimsoll.sql.NamedRelations;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.SqlStatement;
import dev.plimsoll.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether a migration's down brings back the tables as they were. A table that the catalog lacks begins as an empty outline, so that what is
 * added to it and taken away again can still be compared; a change of it that leaves no trace in the outline cannot, and is said.
 */
final class WayBack {

  sealed interface Verdict {
    record NothingToUndo() implements Verdict {}

    record Undone() implements Verdict {}

    record Doubtful(List<Prose> reasons) implements Verdict {}
  }

  private final Deployment deployment;
  private final List<Step> steps;

  /**
   * @param steps of one migration, in order; at least one
   */
  WayBack(Deployment deployment, List<Step> steps) {
    this.deployment = deployment;
    this.steps = steps;
  }

  boolean nothingToUndo() {
    return steps.stream().allMatch(s -> !s.impact().isOpaque() && Undoing.isNeutral(s.statement()));
  }

  Verdict by(Down.Statements down) {
    List<Prose> reasons = new ArrayList<>();
    Schema before = outlined(steps.getFirst().before(), down);
    Schema after = before;
    Set<RelationName> createdHere = new HashSet<>();
    for (Step step : steps) {
      Schema next = SchemaChanges.apply(after, step.statement());
      if (step.statement() instanceof Statement.CreateTable create) {
        createdHere.add(create.table().in(Schema.DEFAULT_SCHEMA));
      }
      reasons.addAll(new Undoing(deployment, step, createdHere).doubts(after, next, down));
      after = next;
    }
    for (SqlStatement statement : down.statements()) {
      if (statement.statement() instanceof Statement.Opaque opaque) {
        reasons.add(
            Prose.of("a statement of its way back could not be read ({})", opaque.reason()));
      }
      after = SchemaChanges.apply(after, statement.statement());
    }
    reasons.addAll(SchemaDifference.between(before, after));
    return reasons.isEmpty() ? new Verdict.Undone() : new Verdict.Doubtful(reasons);
  }

  private Schema outlined(Schema schema, Down.Statements down) {
    Schema outlined = schema;
    Set<RelationName> made = new HashSet<>();
    List<Statement> all = new ArrayList<>();
    steps.forEach(s -> all.add(s.statement()));
    down.statements().forEach(s -> all.add(s.statement()));
    for (Statement statement : all) {
      if (statement instanceof Statement.CreateTable create) {
        made.add(create.table().in(Schema.DEFAULT_SCHEMA));
      } else if (statement instanceof Statement.Rename rename
          && rename.kind() == Statement.Rename.Kind.TABLE) {
        made.add(rename.relation().sibling(rename.newName()).in(Schema.DEFAULT_SCHEMA));
      }
      if (changesTables(statement)) {
        for (RelationName name : NamedRelations.of(statement)) {
          if (outlined.isUnknown(name) && !made.contains(name.in(Schema.DEFAULT_SCHEMA))) {
            outlined = SchemaChanges.apply(outlined, outlineOf(name));
          }
        }
      }
    }
    return outlined;
  }

  private static boolean changesTables(Statement statement) {
    return statement instanceof Statement.AlterTable
        || statement instanceof Statement.CreateIndex
        || statement instanceof Statement.DropTable
        || (statement instanceof Statement.Rename rename
            && rename.kind() != Statement.Rename.Kind.OTHER);
  }

  private static Statement outlineOf(RelationName name) {
    return new Statement.CreateTable(
        name,
        false,
        false,
        List.of(),
        List.of(),
        java.util.Optional.empty(),
        false,
        List.of(),
        false);
  }
}
