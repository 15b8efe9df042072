package dev.plimsoll.rules;

import dev.plimsoll.impact.LockMode;
import dev.plimsoll.impact.Outcome;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.Statement.Truncate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** TRUNCATE on a table of production. */
public final class TableTruncated implements Rule {

  @Override
  public RuleInfo info() {
    return RuleInfo.of("table-truncated", Severity.BLOCKING)
        .says("TRUNCATE deletes all rows for good, with CASCADE those of other tables too")
        .because(
            "TRUNCATE throws the table's files away. It fires no DELETE trigger, and once it is committed nothing brings the rows back.");
  }

  @Override
  public Stream<Finding> check(Deployment deployment) {
    return deployment
        .statements(Truncate.class)
        .filter(s -> !(s.impact().outcome() instanceof Outcome.Fails))
        .flatMap(s -> finding(deployment, s, (Truncate) s.statement()).stream());
  }

  private Optional<Finding> finding(Deployment deployment, Step step, Truncate truncate) {
    List<Exposure> emptied = Blocking.of(deployment, step).held().stream()
        .filter(h -> h.mode() == LockMode.ACCESS_EXCLUSIVE)
        .map(Blocking.Held::exposure)
        .toList();
    Optional<Severity> severity =
        emptied.stream().flatMap(e -> InUse.ofRows(e).stream()).max(Comparator.naturalOrder());
    List<RelationName> names = emptied.stream().map(Exposure::table).toList();
    boolean cascades = truncate.cascade() && emptied.size() > truncate.tables().size();
    return severity.map(s -> Draft.of(this, deployment, step)
        .severity(s)
        .tables(names)
        .headline("All rows of {} are gone for good.", TableWords.names(names))
        .effect(emptied.stream().map(TableWords::facts).toList())
        .effect(
            "{}Readers wait for a moment and then find no rows.",
            cascades ? "CASCADE empties the tables that refer to it as well. " : "")
        .finding());
  }
}
