package dev.plimsoll.rules;

import dev.plimsoll.impact.Outcome;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.TableChange.SetDefault;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** SET DEFAULT on a column that rows have no value in: they keep none. */
public final class DefaultForNewRowsOnly implements Rule {

  @Override
  public RuleInfo info() {
    return RuleInfo.of("default-for-new-rows-only", Severity.ADVICE)
        .says("SET DEFAULT does nothing for the rows that exist")
        .because(
            "A default is used when a row is inserted without a value. Rows that are there already keep what they have.");
  }

  @Override
  public Stream<Finding> check(Deployment deployment) {
    NullFacts nulls = new NullFacts(deployment);
    return deployment
        .changes(SetDefault.class)
        .filter(
            s -> !s.command().value().isNull() && !(s.impact().outcome() instanceof Outcome.Fails))
        .flatMap(s -> finding(deployment, nulls, s).stream());
  }

  private Optional<Finding> finding(
      Deployment deployment, NullFacts nulls, Change<SetDefault> set) {
    String column = set.command().column();
    Exposure exposure = deployment.exposure(set.table(), set.step());
    boolean addedEmpty = nulls.isAddedEmpty(set.step(), set.table(), column);
    Optional<Double> share = addedEmpty ? Optional.of(1.0) : nulls.share(set.table(), column);
    boolean filled = nulls.isFilledSomewhere(set.table(), column);
    if (exposure.isNegligible()
        || !exposure.mayHaveRows()
        || filled
        || share.filter(s -> s > 0).isEmpty()) {
      return Optional.empty();
    }
    RelationName table = TableWords.name(set.table());
    Backfill backfill =
        Backfill.update(set.table(), column, set.command().value().sql());
    return Optional.of(Draft.of(this, deployment, set)
        .table(set.table())
        .headline("The rows that {} has today keep NULL in {}.", table, Prose.code(column))
        .effect(
            "{} {} of them have no value in {}, and this default is for new rows only. If it is meant for the old ones too, they must be filled.",
            TableWords.facts(exposure),
            capital(TableWords.share(share.get())),
            Prose.code(column))
        .fix(backfill
            .stage(set.step(), "Fill the rows that exist, in batches")
            .map(s -> new Fix.Sequence(
                Prose.of("If the old rows mean the same, in a migration after this one:"),
                List.of(s))))
        .finding());
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0))
        + text.substring(1).replace(" of the rows", "").replace(" rows", "");
  }
}
