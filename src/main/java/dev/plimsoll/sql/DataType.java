package dev.plimsoll.sql;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A column's type.
 *
 * @param schema absent for built-in types and for those found by the search path
 * @param name PostgreSQL's internal name: {@code int4}, {@code varchar}, {@code timestamptz}, {@code serial}; other engines: lower case, as written
 * @param modifiers length, precision and scale, as written
 * @param dimensions 0 for a scalar, 1 for {@code int[]}
 */
public record DataType(
    Optional<String> schema, String name, List<Integer> modifiers, int dimensions) {

  /** The masks of an interval's fields (timestamp.h, INTERVAL_MASK); alone, 2, 4 and 6 may also be a precision. */
  public static final Map<String, Integer> INTERVAL_FIELDS = Map.ofEntries(
      Map.entry("month", 2),
      Map.entry("year", 4),
      Map.entry("year to month", 6),
      Map.entry("day", 8),
      Map.entry("hour", 1024),
      Map.entry("day to hour", 1032),
      Map.entry("minute", 2048),
      Map.entry("hour to minute", 3072),
      Map.entry("day to minute", 3080),
      Map.entry("second", 4096),
      Map.entry("minute to second", 6144),
      Map.entry("hour to second", 7168),
      Map.entry("day to second", 7176));

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
    return !isArray()
        && switch (name) {
          case "serial", "serial4", "bigserial", "serial8", "smallserial", "serial2" -> true;
          default -> false;
        };
  }

  /** As PostgreSQL's {@code format_type} spells it. */
  public String sql() {
    String args = modifiers.isEmpty()
        ? ""
        : "(" + String.join(",", modifiers.stream().map(String::valueOf).toList()) + ")";
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
      case "interval" -> schema.isEmpty() ? "interval" + intervalArgs() : qualified(args);
      default -> qualified(args);
    };
    return base + "[]".repeat(dimensions);
  }

  /** An interval's fields are a modifier: PostgreSQL's bit mask of them, before the precision. */
  private String intervalArgs() {
    if (modifiers.isEmpty()) {
      return "";
    }
    String fields = INTERVAL_FIELDS.entrySet().stream()
        .filter(e -> e.getValue().equals(modifiers.getFirst())
            && (modifiers.size() == 2 || e.getValue() > 6))
        .map(e -> " " + e.getKey())
        .findFirst()
        .orElse("");
    List<Integer> precision = fields.isEmpty() ? modifiers : modifiers.subList(1, modifiers.size());
    return fields + (precision.isEmpty() ? "" : "(" + precision.getLast() + ")");
  }

  private String qualified(String args) {
    return schema.map(s -> Identifier.quote(s) + ".").orElse("") + Identifier.quote(name) + args;
  }

  @Override
  public String toString() {
    return sql();
  }
}
