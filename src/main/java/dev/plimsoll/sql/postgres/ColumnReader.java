package dev.plimsoll.sql.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.sql.ColumnDefinition;
import dev.plimsoll.sql.ColumnDefinition.Generated;
import dev.plimsoll.sql.ConstraintDefinition;
import dev.plimsoll.sql.DataType;
import dev.plimsoll.sql.Expression;
import dev.plimsoll.sql.postgres.ConstraintReader.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the definition of a column. */
final class ColumnReader {
  private final PieceSource source;
  private final Names names;
  private final ExpressionReader expressions;
  private final TypeReader types;
  private final ConstraintReader constraints;

  ColumnReader(
      PieceSource source,
      Names names,
      ExpressionReader expressions,
      TypeReader types,
      ConstraintReader constraints) {
    this.source = source;
    this.names = names;
    this.expressions = expressions;
    this.types = types;
    this.constraints = constraints;
  }

  ColumnDefinition read(JsonNode column) {
    DataType type = types.read(column.path("typeName"));
    JsonNode written = column.path("constraints");
    boolean notNull = type.isSerial();
    boolean identity = false;
    Optional<Expression> defaultValue = Optional.empty();
    Optional<Generated> generated = Optional.empty();
    for (JsonNode item : written) {
      JsonNode constraint = item.path("Constraint");
      switch (constraint.path("contype").asText()) {
        case "CONSTR_NOTNULL", "CONSTR_PRIMARY" -> notNull = true;
        case "CONSTR_IDENTITY" -> {
          notNull = true;
          identity = true;
        }
        case "CONSTR_DEFAULT" -> defaultValue = Optional.of(defaultValue(column, constraint));
        case "CONSTR_GENERATED" -> {
          boolean stored = constraint.path("generated_kind").asText().equals("s");
          generated = Optional.of(new Generated(constraints.condition(constraint), stored));
        }
        default -> {
          // read as a constraint, or an attribute of one
        }
      }
    }
    return new ColumnDefinition(
        names.text(column, "colname"),
        type,
        notNull,
        defaultValue,
        generated,
        identity,
        collation(column),
        constraintsOf(column));
  }

  Optional<String> collation(JsonNode column) {
    List<String> parts = names.strings(column.path("collClause").path("collname"));
    return parts.isEmpty() ? Optional.empty() : Optional.of(parts.getLast());
  }

  /** The constraints written with a column, with the attributes that stand behind each. */
  List<ConstraintDefinition> constraintsOf(JsonNode column) {
    List<ConstraintDefinition> found = new ArrayList<>();
    JsonNode written = column.path("constraints");
    for (int i = 0; i < written.size(); i++) {
      JsonNode constraint = written.path(i).path("Constraint");
      constraints
          .ofColumn(constraint, names.text(column, "colname"), attributesBehind(written, i))
          .ifPresent(found::add);
    }
    return found;
  }

  private static Attributes attributesBehind(JsonNode written, int index) {
    boolean deferrable = false;
    boolean enforced = true;
    for (int i = index + 1; i < written.size(); i++) {
      switch (written.path(i).path("Constraint").path("contype").asText()) {
        case "CONSTR_ATTR_DEFERRABLE", "CONSTR_ATTR_DEFERRED" -> deferrable = true;
        case "CONSTR_ATTR_NOT_DEFERRABLE", "CONSTR_ATTR_IMMEDIATE", "CONSTR_ATTR_ENFORCED" -> {
          // as without them
        }
        case "CONSTR_ATTR_NOT_ENFORCED" -> enforced = false;
        default -> {
          return new Attributes(deferrable, enforced);
        }
      }
    }
    return new Attributes(deferrable, enforced);
  }

  /** From behind DEFAULT to the next clause of the column, or to the column's end. */
  private Expression defaultValue(JsonNode column, JsonNode constraint) {
    TokenList tokens = source.tokens();
    int keyword = source.token(constraint);
    while (keyword < source.to() && !tokens.is(keyword, "DEFAULT")) {
      keyword++; // CONSTRAINT name DEFAULT
    }
    int first = keyword + 1;
    int behind = tokens.endOfElement(first, source.to());
    for (JsonNode other : column.path("constraints")) {
      behind = before(behind, first, source.token(other.path("Constraint")));
    }
    if (column.has("collClause")) {
      behind = before(behind, first, source.token(column.path("collClause")));
    }
    return expressions.read(constraint.path("raw_expr"), first, behind);
  }

  private static int before(int behind, int first, int clause) {
    return clause >= first && clause < behind ? clause : behind;
  }
}
