package dev.plimsoll.rules;

import dev.plimsoll.impact.Outcome;
import dev.plimsoll.rules.Fix.Stage;
import dev.plimsoll.schema.Column;
import dev.plimsoll.sql.Identifier;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.TableChange.DropColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** DROP COLUMN while the version of the application that runs still names the column. */
public final class ColumnDroppedWhileInUse implements Rule {

  @Override
  public RuleInfo info() {
    return RuleInfo.of("column-dropped-while-in-use", Severity.BLOCKING)
        .says("Dropping a column breaks code that still names it, and its values are gone")
        .because(
            "During a deployment the old version still runs. Its statements name the column, often by listing all columns, and fail from "
                + "this moment on.");
  }

  @Override
  public Stream<Finding> check(Deployment deployment) {
    return deployment
        .changes(DropColumn.class)
        .filter(d -> !(d.impact().outcome() instanceof Outcome.Fails))
        .filter(d ->
            !InUse.isColumnOfThisDeployment(deployment, d.table(), d.command().column()))
        .flatMap(d -> finding(deployment, d).stream());
  }

  private Optional<Finding> finding(Deployment deployment, Change<DropColumn> drop) {
    Exposure exposure = deployment.exposure(drop.table(), drop.step());
    RelationName table = TableWords.name(drop.table());
    Prose.Part column = Prose.code(drop.command().column());
    return InUse.ofNames(exposure).map(severity -> {
      Draft draft = Draft.of(this, deployment, drop)
          .severity(severity)
          .table(drop.table())
          .headline("Code that still names {} of {} fails from here on.", column, table)
          .effect(
              "{} The command itself is a matter of a moment, whatever the size; but the values of {} cannot be had back.",
              TableWords.facts(exposure),
              column);
      if (!drop.impact().drops().isEmpty()) {
        draft.effect(
            "With the column go, without being named: {}.",
            String.join(", ", drop.impact().drops()));
      }
      return draft
          .assumptions(drop.impact().assumptions())
          .fix(fix(deployment, drop))
          .finding();
    });
  }

  private static Fix fix(Deployment deployment, Change<DropColumn> drop) {
    RelationName table = drop.table();
    String name = drop.command().column();
    Stages stages = new Stages(deployment, drop.step());
    List<Stage> sequence = new ArrayList<>();
    Optional<Column> column = drop.step().before().table(table).flatMap(t -> t.column(name));
    boolean mustBeGiven =
        column.filter(c -> c.notNull() && c.defaultSql().isEmpty()).isPresent();
    boolean inPrimaryKey = drop.step()
        .before()
        .table(table)
        .filter(t -> t.indexes().stream().anyMatch(i -> i.primary() && i.keys().contains(name)))
        .isPresent();
    if (mustBeGiven && !inPrimaryKey) {
      sequence.add(stages.brief(
          "Let rows go without a value, so that a version can stop writing it",
          Ddl.dropNotNull(table, name)));
    }
    String statement = Ddl.alter(
        table,
        "DROP COLUMN " + (drop.command().ifExists() ? "IF EXISTS " : "") + Identifier.quote(name)
            + (drop.command().cascade() ? " CASCADE" : ""));
    sequence.add(Stages.afterDeploying(
        Prose.of(
            "A version that neither reads nor writes {} is live everywhere.", Prose.code(name)),
        stages.brief("Drop the column", statement)));
    return new Fix.Sequence(Prose.of("Take the column out of the code first:"), sequence);
  }
}
