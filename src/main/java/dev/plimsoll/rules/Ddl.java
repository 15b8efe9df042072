package dev.plimsoll.rules;

import dev.plimsoll.sql.ColumnDefinition;
import dev.plimsoll.sql.ConstraintDefinition;
import dev.plimsoll.sql.ConstraintDefinition.Check;
import dev.plimsoll.sql.ConstraintDefinition.ForeignKey;
import dev.plimsoll.sql.ConstraintDefinition.NotNull;
import dev.plimsoll.sql.ConstraintDefinition.PrimaryKey;
import dev.plimsoll.sql.ConstraintDefinition.Unique;
import dev.plimsoll.sql.Expression;
import dev.plimsoll.sql.Identifier;
import dev.plimsoll.sql.ReferentialAction;
import dev.plimsoll.sql.RelationName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** PostgreSQL's ALTER TABLE as the fixes write it. */
final class Ddl {

  /** PostgreSQL cuts names off behind this many bytes. */
  private static final int LONGEST_NAME = 63;

  private Ddl() {}

  static String alter(RelationName table, String command) {
    return "ALTER TABLE " + table.sql() + " " + command;
  }

  static String addColumn(RelationName table, ColumnDefinition column) {
    return alter(table, "ADD COLUMN " + plainColumn(column.name(), column));
  }

  static String setDefault(RelationName table, String column, String value) {
    return alter(table, "ALTER COLUMN " + Identifier.quote(column) + " SET DEFAULT " + value);
  }

  static String setNotNull(RelationName table, String column) {
    return alter(table, "ALTER COLUMN " + Identifier.quote(column) + " SET NOT NULL");
  }

  static String dropNotNull(RelationName table, String column) {
    return alter(table, "ALTER COLUMN " + Identifier.quote(column) + " DROP NOT NULL");
  }

  static String addConstraint(RelationName table, String name, String definition) {
    return alter(table, "ADD CONSTRAINT " + Identifier.quote(name) + " " + definition);
  }

  static String validate(RelationName table, String constraint) {
    return alter(table, "VALIDATE CONSTRAINT " + Identifier.quote(constraint));
  }

  static String dropConstraint(RelationName table, String constraint) {
    return alter(table, "DROP CONSTRAINT " + Identifier.quote(constraint));
  }

  /** CHECK, FOREIGN KEY or NOT NULL that does not look at existing rows; absent for those that have no such form. */
  static Optional<String> notValid(ConstraintDefinition constraint, List<String> ofColumn) {
    return valid(constraint, ofColumn).map(definition -> definition + " NOT VALID");
  }

  /** As it stands behind the constraint's name. */
  static Optional<String> valid(ConstraintDefinition constraint, List<String> ofColumn) {
    return switch (constraint) {
      case Check check ->
        Optional.of("CHECK (" + check.condition() + ")" + (check.noInherit() ? " NO INHERIT" : ""));
      case ForeignKey key ->
        Optional.of(foreignKey(key, key.columns().isEmpty() ? ofColumn : key.columns()));
      case NotNull notNull -> Optional.of("NOT NULL " + Identifier.quote(notNull.column()));
      default -> Optional.empty();
    };
  }

  /** UNIQUE or PRIMARY KEY over an index that is there already. */
  static Optional<String> usingIndex(ConstraintDefinition constraint, String index) {
    return switch (constraint) {
      case Unique unique ->
        Optional.of("UNIQUE USING INDEX " + Identifier.quote(index)
            + (unique.deferrable() ? " DEFERRABLE" : ""));
      case PrimaryKey ignored -> Optional.of("PRIMARY KEY USING INDEX " + Identifier.quote(index));
      default -> Optional.empty();
    };
  }

  /** The name that PostgreSQL would choose, or the given one. */
  static String nameOf(ConstraintDefinition constraint, RelationName table, List<String> ofColumn) {
    return constraint.name().orElseGet(() -> switch (constraint) {
      case Check check ->
        name(
            table,
            check.condition().columns().size() == 1
                ? List.copyOf(check.condition().columns())
                : ofColumn,
            "check");
      case ForeignKey key ->
        name(table, key.columns().isEmpty() ? ofColumn : key.columns(), "fkey");
      case Unique unique ->
        name(table, unique.columns().isEmpty() ? ofColumn : unique.columns(), "key");
      case PrimaryKey ignored -> name(table, List.of(), "pkey");
      case NotNull notNull -> name(table, List.of(notNull.column()), "not_null");
      case ConstraintDefinition.Exclude ignored -> name(table, ofColumn, "excl");
    });
  }

  /** {@code orders_status_check}, no longer than the server keeps it. */
  static String name(RelationName table, List<String> columns, String suffix) {
    String middle = columns.isEmpty() ? "" : "_" + String.join("_", columns);
    String start = table.name() + middle;
    int room = LONGEST_NAME - suffix.length() - 1;
    while (start.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > room) {
      start = start.substring(0, start.offsetByCodePoints(start.length(), -1));
    }
    return start + "_" + suffix;
  }

  static String columns(List<String> names) {
    return names.stream().map(Identifier::quote).collect(Collectors.joining(", ", "(", ")"));
  }

  /** Name, type and collation: what costs nothing to add. */
  private static String plainColumn(String name, ColumnDefinition column) {
    String collation =
        column.collation().map(c -> " COLLATE " + Identifier.quote(c)).orElse("");
    return Identifier.quote(name) + " " + storedType(column) + collation;
  }

  /** serial without its sequence. */
  static String storedType(ColumnDefinition column) {
    return switch (column.type().name()) {
      case "serial", "serial4" -> "integer";
      case "bigserial", "serial8" -> "bigint";
      case "smallserial", "serial2" -> "smallint";
      default -> column.type().sql();
    };
  }

  private static String foreignKey(ForeignKey key, List<String> columns) {
    return "FOREIGN KEY " + columns(columns) + " REFERENCES " + key.references().sql()
        + (key.referencedColumns().isEmpty() ? "" : " " + columns(key.referencedColumns()))
        + action(" ON DELETE ", key.onDelete())
        + action(" ON UPDATE ", key.onUpdate())
        + (key.deferrable() ? " DEFERRABLE" : "");
  }

  private static String action(String event, ReferentialAction action) {
    return action == ReferentialAction.NO_ACTION ? "" : event + action.name().replace('_', ' ');
  }

  /** Where only a person knows the value: it reads as what is missing, and the server refuses it until it is replaced. */
  static String missingValue(String column) {
    return Identifier.quote("value_for_" + column);
  }

  static Optional<String> valueOf(ColumnDefinition column) {
    return column.defaultValue().filter(d -> !d.isNull()).map(Expression::sql);
  }
}
