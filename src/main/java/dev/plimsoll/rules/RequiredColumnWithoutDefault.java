package dev.plimsoll.rules;

import dev.plimsoll.impact.Outcome;
import dev.plimsoll.rules.Fix.Stage;
import dev.plimsoll.sql.ColumnDefinition;
import dev.plimsoll.sql.Identifier;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.TableChange.AddColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A NOT NULL column without a default: PostgreSQL refuses it (23502) as soon as the table has one row. */
public final class RequiredColumnWithoutDefault implements Rule {

  @Override
  public RuleInfo info() {
    return RuleInfo.of("required-column-without-default", Severity.BLOCKING)
        .says("A new NOT NULL column without a default fails on a table that has rows")
        .because(
            "The rows that exist would have no value in the new column. In development the table is empty, so it passes there.");
  }

  @Override
  public Stream<Finding> check(Deployment deployment) {
    return deployment
        .changes(AddColumn.class)
        .filter(RequiredColumnWithoutDefault::isRefused)
        .map(add -> finding(deployment, add));
  }

  /** Besides this rule nothing makes ADD COLUMN fail with "contains null values". */
  static boolean isRefused(Change<AddColumn> add) {
    return add.impact().outcome() instanceof Outcome.Fails fails
        && fails.sqlState().equals("23502");
  }

  private Finding finding(Deployment deployment, Change<AddColumn> add) {
    Exposure exposure = deployment.exposure(add.table(), add.step());
    RelationName table = TableWords.name(add.table());
    String column = add.command().column().name();
    Draft draft =
        Draft.of(this, deployment, add).table(add.table()).fix(fix(deployment, add, exposure));
    if (exposure.isUnknown()) {
      draft
          .headline("This statement fails as soon as {} has a single row.", table)
          .effect(
              "The catalog says nothing of the size of {}: it is unknown. If the table has rows in production, PostgreSQL refuses the statement with 23502: column {} contains null values.",
              table,
              Prose.code(column));
    } else if (exposure.isNew()) {
      draft
          .headline("This statement fails: {} has rows by then.", table)
          .effect(
              "An earlier statement of this deployment puts rows into {}. PostgreSQL refuses this one with 23502: column {} contains null values.",
              table,
              Prose.code(column));
    } else {
      draft
          .headline("This statement fails in production.")
          .effect(
              "{} PostgreSQL refuses the statement at once with 23502: column {} contains null values. Nothing is rewritten, and the deployment stops here.",
              TableWords.facts(exposure),
              Prose.code(column));
    }
    return draft.finding();
  }

  private static Fix fix(Deployment deployment, Change<AddColumn> add, Exposure exposure) {
    RelationName table = add.table();
    ColumnDefinition column = add.command().column();
    Stages stages = new Stages(deployment, add.step());
    Backfill backfill = Backfill.update(table, column.name(), Ddl.missingValue(column.name()));
    Prose constant = Prose.of(
        "If one constant is right for all rows that exist, {} with a constant default is enough: it changes only the catalog.",
        Prose.code("ADD COLUMN " + Identifier.quote(column.name()) + " " + Ddl.storedType(column)
            + " NOT NULL DEFAULT ..."));
    if (exposure.isNegligible()) {
      Stage all = stages.brief(
          "Add the column, fill it, then require it",
          Ddl.addColumn(table, column),
          backfill.atOnce(),
          Ddl.setNotNull(table, column.name()));
      return new Fix.Sequence(
          constant.then(Prose.of("Otherwise, as the table is small, in one migration:")),
          List.of(all));
    }
    List<Stage> sequence = new ArrayList<>();
    sequence.add(stages.brief("Add the column without NOT NULL", Ddl.addColumn(table, column)));
    backfill
        .stage(add.step(), "Fill the rows that exist, in batches")
        .map(s -> Stages.afterDeploying(
            Prose.of(
                "A version that writes {} in every new row is live.", Prose.code(column.name())),
            s))
        .ifPresent(sequence::add);
    sequence.addAll(NotNullInSteps.of(deployment, add.step(), table, column.name()));
    return new Fix.Sequence(
        constant.then(Prose.of("Otherwise in steps that block nobody:")), sequence);
  }
}
