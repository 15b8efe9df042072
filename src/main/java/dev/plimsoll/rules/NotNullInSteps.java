package dev.plimsoll.rules;

import dev.plimsoll.rules.Fix.Stage;
import dev.plimsoll.sql.Identifier;
import dev.plimsoll.sql.RelationName;
import java.util.List;

/** Making a column NOT NULL while reads and writes go on: first promised for new rows, then checked for the others. */
final class NotNullInSteps {

  private static final int NOT_VALID_FROM = 18;

  private NotNullInSteps() {}

  static List<Stage> of(Deployment deployment, Step step, RelationName table, String column) {
    Stages stages = new Stages(deployment, step);
    String name = Ddl.name(table, List.of(column), "not_null");
    String quoted = Identifier.quote(column);
    if (deployment.majorVersion() >= NOT_VALID_FROM) {
      return List.of(
          stages.brief(
              "Require a value in new rows",
              Ddl.addConstraint(table, name, "NOT NULL " + quoted + " NOT VALID")),
          Stages.longRunning(
              "Check the rows that exist; reads and writes go on", Ddl.validate(table, name)));
    }
    return List.of(
        stages.brief(
            "Require a value in new rows",
            Ddl.addConstraint(table, name, "CHECK (" + quoted + " IS NOT NULL) NOT VALID")),
        Stages.longRunning(
            "Check the rows that exist; reads and writes go on", Ddl.validate(table, name)),
        stages.brief(
            "Make the column NOT NULL: the valid CHECK spares the scan",
            Ddl.setNotNull(table, column),
            Ddl.dropConstraint(table, name)));
  }
}
