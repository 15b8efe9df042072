package dev.plimsoll.sql.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.sql.ConstraintDefinition;
import dev.plimsoll.sql.Expression;
import dev.plimsoll.sql.ReferentialAction;
import java.util.List;
import java.util.Optional;

/** Reads constraints of columns and tables. */
final class ConstraintReader {
  private final PieceSource source;
  private final Names names;
  private final ExpressionReader expressions;

  ConstraintReader(PieceSource source, Names names, ExpressionReader expressions) {
    this.source = source;
    this.names = names;
    this.expressions = expressions;
  }

  /**
   * What is written behind a column's constraint.
   *
   * @param deferrable DEFERRABLE or INITIALLY DEFERRED
   * @param enforced not NOT ENFORCED
   */
  record Attributes(boolean deferrable, boolean enforced) {
    static final Attributes NONE = new Attributes(false, true);
  }

  /** A constraint of a table; empty for a kind that is none of those modelled. */
  Optional<ConstraintDefinition> ofTable(JsonNode constraint) {
    return read(constraint, List.of(), Attributes.NONE);
  }

  /** A constraint of a column; empty for NOT NULL, DEFAULT and the like, which {@link ColumnReader} reads. */
  Optional<ConstraintDefinition> ofColumn(
      JsonNode constraint, String column, Attributes attributes) {
    boolean isNotNull = constraint.path("contype").asText().equals("CONSTR_NOTNULL");
    return isNotNull ? Optional.empty() : read(constraint, List.of(column), attributes);
  }

  private Optional<ConstraintDefinition> read(
      JsonNode constraint, List<String> ofColumn, Attributes attributes) {
    Optional<String> name = names.optional(constraint, "conname");
    Optional<String> index = names.optional(constraint, "indexname");
    List<String> keys = ofColumn.isEmpty() ? names.strings(constraint.path("keys")) : ofColumn;
    boolean deferrable = constraint.path("deferrable").asBoolean() || attributes.deferrable();
    boolean unchecked = constraint.path("skip_validation").asBoolean();
    boolean enforced = constraint.path("is_enforced").asBoolean() && attributes.enforced();
    return Optional.ofNullable(
        switch (constraint.path("contype").asText()) {
          case "CONSTR_CHECK" ->
            new ConstraintDefinition.Check(
                name,
                condition(constraint),
                unchecked || !enforced,
                constraint.path("is_no_inherit").asBoolean());
          case "CONSTR_FOREIGN" ->
            foreignKey(constraint, ofColumn, unchecked || !enforced, deferrable);
          case "CONSTR_UNIQUE" -> new ConstraintDefinition.Unique(name, keys, index, deferrable);
          case "CONSTR_PRIMARY" -> new ConstraintDefinition.PrimaryKey(name, keys, index);
          case "CONSTR_NOTNULL" ->
            new ConstraintDefinition.NotNull(
                name, keys.isEmpty() ? "" : keys.getFirst(), unchecked);
          case "CONSTR_EXCLUSION" ->
            new ConstraintDefinition.Exclude(
                name, names.optional(constraint, "access_method").orElse("gist"));
          default -> null;
        });
  }

  private ConstraintDefinition foreignKey(
      JsonNode constraint, List<String> ofColumn, boolean notValid, boolean deferrable) {
    return new ConstraintDefinition.ForeignKey(
        names.optional(constraint, "conname"),
        ofColumn.isEmpty() ? names.strings(constraint.path("fk_attrs")) : ofColumn,
        names.relation(constraint.path("pktable")),
        names.strings(constraint.path("pk_attrs")),
        action(constraint.path("fk_del_action").asText()),
        action(constraint.path("fk_upd_action").asText()),
        notValid,
        deferrable);
  }

  /** What stands in the brackets behind the constraint's place. */
  Expression condition(JsonNode constraint) {
    TokenList tokens = source.tokens();
    int open = source.token(constraint);
    while (open < source.to() && !tokens.is(open, '(')) {
      open++;
    }
    return expressions.read(
        constraint.path("raw_expr"), open + 1, tokens.closing(open, source.to()));
  }

  private static ReferentialAction action(String code) {
    return switch (code) {
      case "r" -> ReferentialAction.RESTRICT;
      case "c" -> ReferentialAction.CASCADE;
      case "n" -> ReferentialAction.SET_NULL;
      case "d" -> ReferentialAction.SET_DEFAULT;
      default -> ReferentialAction.NO_ACTION;
    };
  }
}
