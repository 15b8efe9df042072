package dev.plimsoll.rules;

import dev.plimsoll.impact.Impact;
import dev.plimsoll.impact.Work;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.TableChange.AlterColumnType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** ALTER COLUMN TYPE that writes the table anew, builds its indexes anew or reads all of it, while nobody may read it. */
public final class TypeChangeRewritesTable implements Rule {

  @Override
  public RuleInfo info() {
    return RuleInfo.of("type-change-rewrites-table", Severity.BLOCKING)
        .says("Changing a column's type rewrites the table or its indexes under ACCESS EXCLUSIVE")
        .because(
            "Where the stored bytes differ between the two types, every row and every index is written anew. Where they do not, as from "
                + "varchar(50) to varchar(100) or text, only the catalog changes.");
  }

  @Override
  public Stream<Finding> check(Deployment deployment) {
    return deployment
        .changes(AlterColumnType.class)
        .filter(c -> c.impact().growsWithData())
        .flatMap(c -> finding(deployment, c).stream());
  }

  private Optional<Finding> finding(Deployment deployment, Change<AlterColumnType> change) {
    Blocking blocking = Blocking.of(deployment, change);
    if (blocking.isHarmless()) {
      return Optional.empty();
    }
    RelationName table = TableWords.name(change.table());
    Draft draft = Draft.of(this, deployment, change);
    Optional<String> reason = rewriteReason(change.impact());
    if (reason.isPresent()) {
      draft
          .headline("Writing {} anew blocks {} {}.", table, blocking.blocked(), blocking.spell())
          .effect(
              "PostgreSQL writes every row and every index of {} anew: {}.", table, reason.get());
    } else if (!rebuilt(change.impact()).isEmpty()) {
      draft
          .headline(
              "Building indexes of {} anew blocks {} {}.",
              table,
              blocking.blocked(),
              blocking.spell())
          .effect(
              "The rows stay as they are, but {} must be built anew.",
              Prose.codes(rebuilt(change.impact())))
          .because(
              "The new type or collation sorts differently, or an index holds an expression on the column.");
    } else {
      draft
          .headline("Checking {} again blocks {} {}.", table, blocking.blocked(), blocking.spell())
          .effect(
              "The rows stay as they are, but a constraint on the column is tested again on every row.")
          .because("A CHECK that names the column has to hold for the new type as well.");
    }
    return Optional.of(draft
        .effect(blocking)
        .assumptions(change.impact().assumptions())
        .fix(reason.isPresent() ? new ColumnSuccession(deployment, change).fix() : Optional.empty())
        .finding());
  }

  private static Optional<String> rewriteReason(Impact impact) {
    return impact.work().stream()
        .filter(Work.Rewrite.class::isInstance)
        .map(w -> ((Work.Rewrite) w).reason())
        .findFirst();
  }

  private static List<String> rebuilt(Impact impact) {
    return impact.work().stream()
        .filter(w -> w instanceof Work.IndexBuild build && build.rebuild())
        .flatMap(w -> ((Work.IndexBuild) w).index().stream())
        .toList();
  }
}
