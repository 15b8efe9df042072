package dev.plimsoll.rules;

import dev.plimsoll.impact.Outcome;
import dev.plimsoll.schema.Schema;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.Statement.DropTable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** DROP TABLE on a table of production. */
public final class TableDropped implements Rule {

  @Override
  public RuleInfo info() {
    return RuleInfo.of("table-dropped", Severity.BLOCKING)
        .says("Dropping a table deletes its rows for good and breaks code that uses it")
        .because(
            "No migration brings the rows back. A rollback can only make an empty table of the same shape.");
  }

  @Override
  public Stream<Finding> check(Deployment deployment) {
    return deployment
        .statements(DropTable.class)
        .filter(s -> !(s.impact().outcome() instanceof Outcome.Fails))
        .flatMap(s -> finding(deployment, s, (DropTable) s.statement()).stream());
  }

  private Optional<Finding> finding(Deployment deployment, Step step, DropTable drop) {
    List<Exposure> lost = drop.tables().stream()
        .map(t -> deployment.exposure(t, step))
        .filter(e -> !e.isNew()
            && !step.before().removedTables().contains(e.table().in(Schema.DEFAULT_SCHEMA)))
        .toList();
    Optional<Severity> severity =
        lost.stream().flatMap(e -> InUse.ofRows(e).stream()).max(Comparator.naturalOrder());
    List<RelationName> names = lost.stream().map(Exposure::table).toList();
    return severity.map(s -> {
      Draft draft = Draft.of(this, deployment, step)
          .severity(s)
          .tables(names)
          .headline(
              "The rows of {} are gone for good, and code that uses {} fails.",
              TableWords.names(names),
              names.size() == 1 ? "it" : "them")
          .effect(lost.stream().map(TableWords::facts).toList());
      if (!step.impact().drops().isEmpty()) {
        draft.effect(
            "With CASCADE go, without being named: {}.",
            String.join(", ", step.impact().drops()));
      }
      return draft.fix(fix(deployment, step)).finding();
    });
  }

  private static Fix fix(Deployment deployment, Step step) {
    return new Fix.Sequence(
        Prose.of(
            "Drop it in a deployment of its own, after its last user is gone and a backup or export of the rows is at hand:"),
        List.of(Stages.afterDeploying(
            Prose.of("No version that uses it is live any more."),
            new Stages(deployment, step).brief("Drop it", step.sql().text()))));
  }
}
