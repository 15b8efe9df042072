package dev.plimsoll.rules;

import dev.plimsoll.rules.Fix.Stage;
import dev.plimsoll.schema.Column;
import dev.plimsoll.sql.ConstraintDefinition;
import dev.plimsoll.sql.Identifier;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.TableChange.AddConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Adding a constraint while reads and writes go on. */
final class ConstraintInSteps {

  private final Deployment deployment;
  private final Step step;
  private final RelationName table;
  private final Stages stages;

  ConstraintInSteps(Deployment deployment, Change<?> change) {
    this.deployment = deployment;
    this.step = change.step();
    this.table = change.table();
    this.stages = new Stages(deployment, step);
  }

  /** ADD ... NOT VALID, then VALIDATE; absent where the constraint has no such form. */
  Optional<List<Stage>> notValidThenValidate(Change<AddConstraint> add) {
    ConstraintDefinition constraint = add.command().constraint();
    String name = Ddl.nameOf(constraint, table, List.of());
    return Ddl.notValid(constraint, List.of())
        .map(d -> asWritten(add, name).orElseGet(() -> Ddl.addConstraint(table, name, d)))
        .map(statement -> notValidThenValidate(name, statement));
  }

  /** The same for a constraint that was written with a new column. */
  Optional<List<Stage>> notValidThenValidate(ConstraintDefinition constraint, String ofColumn) {
    String name = Ddl.nameOf(constraint, table, List.of(ofColumn));
    return Ddl.notValid(constraint, List.of(ofColumn))
        .map(d -> notValidThenValidate(name, Ddl.addConstraint(table, name, d)));
  }

  /** The partitions one by one, then their parent, which finds its constraint on each of them. */
  List<Stage> partitionByPartition(Change<AddConstraint> add, List<RelationName> partitions) {
    ConstraintDefinition constraint = add.command().constraint();
    String definition =
        definitionAsWritten(add).or(() -> Ddl.valid(constraint, List.of())).orElseThrow();
    return partitionByPartition(constraint, definition, partitions);
  }

  List<Stage> partitionByPartition(
      ConstraintDefinition constraint, String definition, List<RelationName> partitions) {
    String name = Ddl.nameOf(constraint, table, List.of());
    List<Stage> sequence = new ArrayList<>();
    for (RelationName partition : partitions) {
      sequence.add(stages.brief(
          "For new and changed rows of a partition",
          Ddl.addConstraint(TableWords.name(partition), name, definition + " NOT VALID")));
      sequence.add(Stages.longRunning(
          "Check its rows; reads and writes go on",
          Ddl.validate(TableWords.name(partition), name)));
    }
    sequence.add(stages.brief("For the whole table", Ddl.addConstraint(table, name, definition)));
    return sequence;
  }

  private List<Stage> notValidThenValidate(String name, String add) {
    return List.of(
        stages.brief("Add it for new and changed rows only", add),
        Stages.longRunning(
            "Check the rows that exist; reads and writes go on", Ddl.validate(table, name)));
  }

  private Optional<String> asWritten(Change<AddConstraint> add, String name) {
    return definitionAsWritten(add)
        .map(definition -> Ddl.addConstraint(table, name, definition + " NOT VALID"));
  }

  /** With all that the author wrote and the model leaves out: MATCH FULL, INITIALLY DEFERRED. */
  private static Optional<String> definitionAsWritten(Change<AddConstraint> add) {
    return CommandText.of(add).flatMap(text -> {
      SqlCursor cursor = new SqlCursor(text);
      if (!cursor.take("ADD")) {
        return Optional.empty();
      }
      if (cursor.take("CONSTRAINT")) {
        cursor.takeName();
      }
      return Optional.of(cursor.rest());
    });
  }

  /** A unique index built concurrently, then UNIQUE or PRIMARY KEY over it. */
  Optional<List<Stage>> indexThenConstraint(ConstraintDefinition constraint, List<String> columns) {
    String name = Ddl.nameOf(constraint, table, columns);
    Optional<String> over = Ddl.usingIndex(constraint, name);
    boolean partitioned = !step.before().partitionsOf(table).isEmpty();
    if (over.isEmpty() || columns.isEmpty() || partitioned) {
      return Optional.empty();
    }
    List<Stage> sequence = new ArrayList<>();
    sequence.add(
        Stages.outside("Build the index; reads and writes go on", uniqueIndex(name, columns)));
    if (constraint instanceof ConstraintDefinition.PrimaryKey) {
      columns.stream()
          .filter(this::mayBeNull)
          .forEach(c -> sequence.addAll(NotNullInSteps.of(deployment, step, table, c)));
    }
    sequence.add(stages.brief(
        "Make the index the constraint's", Ddl.addConstraint(table, name, over.get())));
    return Optional.of(sequence);
  }

  private boolean mayBeNull(String column) {
    return step.before()
        .table(table)
        .flatMap(t -> t.column(column))
        .filter(Column::notNull)
        .isEmpty();
  }

  private String uniqueIndex(String name, List<String> columns) {
    return "CREATE UNIQUE INDEX CONCURRENTLY " + Identifier.quote(name) + " ON " + table.sql() + " "
        + Ddl.columns(columns);
  }
}
