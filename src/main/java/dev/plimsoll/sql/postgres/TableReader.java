package dev.plimsoll.sql.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.sql.ColumnDefinition;
import dev.plimsoll.sql.ConstraintDefinition;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.Statement;
import dev.plimsoll.sql.Statement.CreateTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads CREATE TABLE in its forms. */
final class TableReader {
  private final Names names;
  private final ColumnReader columns;
  private final ConstraintReader constraints;

  TableReader(Names names, ColumnReader columns, ConstraintReader constraints) {
    this.names = names;
    this.columns = columns;
    this.constraints = constraints;
  }

  Statement create(JsonNode statement) {
    List<ColumnDefinition> ownColumns = new ArrayList<>();
    List<ConstraintDefinition> ownConstraints = new ArrayList<>();
    for (JsonNode element : statement.path("tableElts")) {
      JsonNode column = element.path("ColumnDef");
      if (column.has("typeName")) {
        ownColumns.add(columns.read(column));
      } else if (column.isObject()) {
        refine(column, ownConstraints);
      } else if (element.has("Constraint")) {
        constraints.ofTable(element.path("Constraint")).ifPresent(ownConstraints::add);
      }
    }
    boolean isPartition = statement.has("partbound");
    List<RelationName> parents = names.relations(statement.path("inhRelations"));
    JsonNode relation = statement.path("relation");
    return new CreateTable(
        names.relation(relation),
        statement.path("if_not_exists").asBoolean(),
        isTemporary(relation),
        ownColumns,
        ownConstraints,
        isPartition ? parents.stream().findFirst() : Optional.empty(),
        statement.has("partspec"),
        isPartition ? List.of() : parents,
        false);
  }

  /** A partition, or a table of a type, may add to a column whose type stands elsewhere. */
  private void refine(JsonNode column, List<ConstraintDefinition> into) {
    for (JsonNode item : column.path("constraints")) {
      if (item.path("Constraint").path("contype").asText().equals("CONSTR_NOTNULL")) {
        into.add(new ConstraintDefinition.NotNull(
            Optional.empty(), names.text(column, "colname"), false));
      }
    }
    into.addAll(columns.constraintsOf(column));
  }

  /** CREATE TABLE AS and SELECT INTO: the table takes its columns from a query. */
  Statement fromQuery(JsonNode into, boolean ifNotExists) {
    JsonNode relation = into.path("rel");
    return new CreateTable(
        names.relation(relation),
        ifNotExists,
        isTemporary(relation),
        List.of(),
        List.of(),
        Optional.empty(),
        false,
        List.of(),
        true);
  }

  private static boolean isTemporary(JsonNode relation) {
    return relation.path("relpersistence").asText().equals("t");
  }
}
