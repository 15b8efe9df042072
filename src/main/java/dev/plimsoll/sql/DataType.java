package dev.plimsoll.sql;

import java.util.List;
import java.util.Optional;

/**
 * A column's type.
 *
 * @param schema absent for built-in types and for those found by the search path
 * @param name PostgreSQL's internal name: {@code int4}, {@code varchar}, {@code timestamptz}, {@code serial}, {@code interval day to second}; other engines: lower case, as written
 * @param modifiers length, precision and scale, as written
 * @param dimensions 0 for a scalar, 1 for {@code int[]}
 */
public record DataType(Optional<String> schema, String name, List<Integer> modifiers, int dimensions) {

  public DataType {
    modifiers = List.copyOf(modifiers);
  }

  public static DataType of(String name, Integer... modifiers) {
    return new DataType(Optional.empty(), name, List.of(modifiers), 0);
  }

  public boolean isArray() {
    return dimensions > 0;
  }

  /** serial, bigserial, smallserial: a sequence's next value is the default. */
  public boolean isSerial() {
    return !isArray() && switch (name) {
      case "serial", "serial4", "bigserial", "serial8", "smallserial", "serial2" -> true;
      default -> false;
    };
  }

  /** As PostgreSQL's {@code format_type} spells it. */
  public String sql() {
    String args = modifiers.isEmpty() ? "" : "(" + String.join(",", modifiers.stream().map(String::valueOf).toList()) + ")";
    String base = switch (name) {
      case "int2" -> "smallint";
      case "int4" -> "integer";
      case "int8" -> "bigint";
      case "float4" -> "real";
      case "float8" -> "double precision";
      case "bool" -> "boolean";
      case "varchar" -> "character varying" + args;
      case "bpchar" -> modifiers.isEmpty() ? "bpchar" : "character" + args;
      case "bit" -> modifiers.isEmpty() ? "\"bit\"" : "bit" + args;
      case "char" -> schema.isEmpty() ? "\"char\"" : qualified(args);
      case "timestamp" -> "timestamp" + args + " without time zone";
      case "timestamptz" -> "timestamp" + args + " with time zone";
      case "time" -> "time" + args + " without time zone";
      case "timetz" -> "time" + args + " with time zone";
      case "varbit" -> "bit varying" + args;
      // interval with fields, written before the precision: interval day to second(3)
      case String interval when schema.isEmpty() && interval.startsWith("interval ") -> interval + args;
      default -> qualified(args);
    };
    return base + "[]".repeat(dimensions);
  }

  private String qualified(String args) {
    return schema.map(s -> Identifier.quote(s) + ".").orElse("") + Identifier.quote(name) + args;
  }

  @Override
  public String toString() {
    return sql();
  }
}
