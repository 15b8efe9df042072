package dev.plimsoll.sql.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.sql.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the names of types. */
final class TypeReader {

  /** The fields of an interval by their bits in its first modifier (datetime.h), the highest field first. */
  private static final Map<String, Integer> INTERVAL_FIELDS = intervalFields();

  /** Stands in the parse tree where {@code interval(3)} names no fields (INTERVAL_FULL_RANGE of timestamp.h). */
  private static final int ALL_FIELDS = 0x7FFF;

  private final Names names;

  TypeReader(Names names) {
    this.names = names;
  }

  private static Map<String, Integer> intervalFields() {
    Map<String, Integer> fields = new LinkedHashMap<>();
    fields.put("year", 1 << 2);
    fields.put("month", 1 << 1);
    fields.put("day", 1 << 3);
    fields.put("hour", 1 << 10);
    fields.put("minute", 1 << 11);
    fields.put("second", 1 << 12);
    return fields;
  }

  DataType read(JsonNode typeName) {
    List<String> parts = names.strings(typeName.path("names"));
    String name = parts.isEmpty() ? "" : parts.getLast();
    Optional<String> schema =
        parts.size() < 2 ? Optional.empty() : Optional.of(parts.get(parts.size() - 2));
    boolean builtIn = schema.filter("pg_catalog"::equals).isPresent();
    List<Integer> modifiers = modifiers(typeName.path("typmods"));
    if (builtIn && name.equals("interval") && !modifiers.isEmpty()) {
      name += intervalFields(modifiers.removeFirst());
    }
    return new DataType(
        builtIn ? Optional.empty() : schema,
        name,
        modifiers,
        typeName.path("arrayBounds").size());
  }

  /** {@code  day to second}, from its first field to its last. */
  private static String intervalFields(int bits) {
    List<String> named = INTERVAL_FIELDS.keySet().stream()
        .filter(field -> (bits & INTERVAL_FIELDS.get(field)) != 0)
        .toList();
    if (bits == ALL_FIELDS || named.isEmpty()) {
      return "";
    }
    return " " + named.getFirst() + (named.size() > 1 ? " to " + named.getLast() : "");
  }

  private static List<Integer> modifiers(JsonNode list) {
    List<Integer> modifiers = new ArrayList<>();
    for (JsonNode modifier : list) {
      JsonNode constant = modifier.path("A_Const");
      if (constant.has("ival")) {
        modifiers.add(constant.path("ival").path("ival").asInt(0));
      }
    }
    return modifiers;
  }
}
