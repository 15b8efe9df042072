package dev.plimsoll.rules;

import dev.plimsoll.impact.Outcome;
import dev.plimsoll.schema.Column;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.TableChange.DropColumn;
import dev.plimsoll.sql.TableChange.DropNotNull;
import java.util.Optional;
import java.util.stream.Stream;

/** DROP NOT NULL: from now on nulls reach code that has never seen one. */
public final class NullableAgain implements Rule {

  @Override
  public RuleInfo info() {
    return RuleInfo.of("nullable-again", Severity.ADVICE)
        .says("DROP NOT NULL lets nulls reach code that does not expect them")
        .because(
            "Code that reads the column was written when every row had a value. The way back, SET NOT NULL, fails as soon as there is one null.");
  }

  @Override
  public Stream<Finding> check(Deployment deployment) {
    return deployment
        .changes(DropNotNull.class)
        .filter(d -> !(d.impact().outcome() instanceof Outcome.Fails))
        .filter(d -> wasRequired(d) && !isDroppedLater(deployment, d))
        .flatMap(d -> finding(deployment, d).stream());
  }

  private static boolean wasRequired(Change<DropNotNull> drop) {
    return drop.step()
        .before()
        .table(drop.table())
        .flatMap(t -> t.column(drop.command().column()))
        .map(Column::notNull)
        .orElse(true);
  }

  private static boolean isDroppedLater(Deployment deployment, Change<DropNotNull> drop) {
    return deployment
        .changes(DropColumn.class)
        .anyMatch(d -> d.table().equals(drop.table())
            && d.command().column().equals(drop.command().column()));
  }

  private Optional<Finding> finding(Deployment deployment, Change<DropNotNull> drop) {
    Exposure exposure = deployment.exposure(drop.table(), drop.step());
    if (exposure.isNegligible()) {
      return Optional.empty();
    }
    RelationName table = TableWords.name(drop.table());
    Prose.Part column = Prose.code(drop.command().column());
    return Optional.of(Draft.of(this, deployment, drop)
        .table(drop.table())
        .headline(
            "Code that reads {} of {} must be ready for NULL before this runs.", column, table)
        .effect(
            "The command takes a moment. {} From here on any of its rows may lack the value.",
            TableWords.facts(exposure))
        .finding());
  }
}
