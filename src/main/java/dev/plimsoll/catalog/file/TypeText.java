package dev.plimsoll.catalog.file;

import dev.plimsoll.sql.DataType;
import dev.plimsoll.sql.Engine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a column's type as {@code format_type} spells it, or as people do: {@code character varying(50)}, {@code varchar(50)},
 * {@code timestamp(3) with time zone}, {@code integer[]}, {@code public.mood}. The reverse of {@link DataType#sql}.
 *
 * <p>Modifiers that are not numbers ({@code geometry(Point,4326)}) are left out: {@link DataType} has no place for them.
 */
final class TypeText {

  private static final int MAX_LENGTH = 1_000;

  private static final Map<String, String> INTERNAL = Map.ofEntries(
      Map.entry("smallint", "int2"),
      Map.entry("integer", "int4"),
      Map.entry("int", "int4"),
      Map.entry("bigint", "int8"),
      Map.entry("real", "float4"),
      Map.entry("float", "float8"),
      Map.entry("double precision", "float8"),
      Map.entry("boolean", "bool"),
      Map.entry("decimal", "numeric"),
      Map.entry("dec", "numeric"),
      Map.entry("character varying", "varchar"),
      Map.entry("char varying", "varchar"),
      Map.entry("character", "bpchar"),
      Map.entry("char", "bpchar"),
      Map.entry("bit varying", "varbit"),
      Map.entry("timestamp without time zone", "timestamp"),
      Map.entry("timestamp with time zone", "timestamptz"),
      Map.entry("time without time zone", "time"),
      Map.entry("time with time zone", "timetz"));

  private final Engine engine;
  private final Map<String, Optional<DataType>> seen = new HashMap<>();

  /** Remembers what it has read: a database of 100,000 tables has some hundred types. */
  TypeText(Engine engine) {
    this.engine = engine;
  }

  /** Empty when the text is no type. */
  Optional<DataType> read(String text) {
    Optional<DataType> known = seen.get(text);
    if (known != null) {
      return known;
    }
    Optional<DataType> type = text.length() > MAX_LENGTH ? Optional.empty() : new Scan(text).type();
    seen.put(text, type);
    return type;
  }

  /** One pass over one text. */
  private final class Scan {

    private final String text;
    private int at;
    private boolean quoted;

    Scan(String text) {
      this.text = text;
    }

    Optional<DataType> type() {
      List<String> parts = new ArrayList<>();
      StringBuilder words = new StringBuilder();
      List<Integer> modifiers = new ArrayList<>();
      int dimensions = 0;
      while (at < text.length()) {
        char c = text.charAt(at);
        if (c == '"') {
          if (!words.isEmpty() || !identifier(words)) {
            return Optional.empty();
          }
          quoted = true;
        } else if (c == '.') {
          if (words.isEmpty()) {
            return Optional.empty();
          }
          parts.add(words.toString());
          words.setLength(0);
          quoted = false;
          at++;
        } else if (c == '(') {
          int end = text.indexOf(')', at);
          if (end < 0) {
            return Optional.empty();
          }
          modifiers(text.substring(at + 1, end), modifiers);
          at = end + 1;
        } else if (c == '[') {
          int end = text.indexOf(']', at);
          if (end < 0) {
            return Optional.empty();
          }
          dimensions++;
          at = end + 1;
        } else if (c == ')' || c == ']') {
          return Optional.empty();
        } else if (Character.isWhitespace(c)) {
          if (!words.isEmpty() && words.charAt(words.length() - 1) != ' ' && !quoted) {
            words.append(' ');
          }
          at++;
        } else {
          if (quoted) {
            return Optional.empty();
          }
          words.append(Character.toLowerCase(c));
          at++;
        }
      }
      String name = quoted ? words.toString() : words.toString().strip();
      if (!quoted && engine == Engine.POSTGRESQL && name.endsWith(" array")) {
        name = name.substring(0, name.length() - " array".length());
        dimensions = Math.max(dimensions, 1);
      }
      if (name.isEmpty() || parts.size() > 2) {
        return Optional.empty();
      }
      return Optional.of(resolve(parts, name, modifiers, dimensions));
    }

    private DataType resolve(
        List<String> parts, String name, List<Integer> modifiers, int dimensions) {
      Optional<String> schema = parts.isEmpty() ? Optional.empty() : Optional.of(parts.getLast());
      if (engine != Engine.POSTGRESQL) {
        return new DataType(schema, name, modifiers, dimensions);
      }
      if (schema.isPresent() && schema.get().equals("pg_catalog")) {
        // Behind the schema's name stands an internal name, not the standard's.
        return new DataType(Optional.empty(), name, modifiers, dimensions);
      }
      if (schema.isPresent() || quoted) {
        return new DataType(schema, name, modifiers, dimensions);
      }
      if (name.startsWith("interval ")) {
        Integer fields = DataType.INTERVAL_FIELDS.get(name.substring("interval ".length()));
        if (fields != null) {
          modifiers.addFirst(fields);
        }
        return new DataType(schema, "interval", modifiers, dimensions);
      }
      if (name.equals("float") && modifiers.size() == 1) {
        return new DataType(
            schema, modifiers.getFirst() <= 24 ? "float4" : "float8", List.of(), dimensions);
      }
      return new DataType(schema, INTERNAL.getOrDefault(name, name), modifiers, dimensions);
    }

    private void modifiers(String list, List<Integer> modifiers) {
      List<Integer> numbers = new ArrayList<>();
      for (String part : list.split(",")) {
        try {
          numbers.add(Integer.valueOf(part.strip()));
        } catch (NumberFormatException e) {
          return;
        }
      }
      modifiers.addAll(numbers);
    }

    /** A quoted identifier, its quotes taken off. */
    private boolean identifier(StringBuilder into) {
      for (at++; at < text.length(); at++) {
        if (text.charAt(at) != '"') {
          into.append(text.charAt(at));
        } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
          into.append('"');
          at++;
        } else {
          at++;
          return !into.isEmpty();
        }
      }
      return false;
    }
  }

  /** As the file spells a type, which {@link #read} brings back. */
  static String write(DataType type, Engine engine) {
    return engine == Engine.POSTGRESQL ? type.sql() : foreign(type);
  }

  private static String foreign(DataType type) {
    String modifiers = type.modifiers().isEmpty()
        ? ""
        : "(" + String.join(",", type.modifiers().stream().map(String::valueOf).toList()) + ")";
    return type.schema().map(s -> s + ".").orElse("")
        + type.name().toLowerCase(Locale.ROOT)
        + modifiers
        + "[]".repeat(type.dimensions());
  }
}
