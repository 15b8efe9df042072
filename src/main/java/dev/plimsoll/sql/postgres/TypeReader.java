package dev.plimsoll.sql.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.sql.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the names of types. */
final class TypeReader {

  /** Stands in the parse tree where {@code interval(3)} names no fields (INTERVAL_FULL_RANGE of timestamp.h). */
  private static final int ALL_FIELDS = 0x7FFF;

  private final Names names;

  TypeReader(Names names) {
    this.names = names;
  }

  DataType read(JsonNode typeName) {
    List<String> parts = names.strings(typeName.path("names"));
    String name = parts.isEmpty() ? "" : parts.getLast();
    Optional<String> schema =
        parts.size() < 2 ? Optional.empty() : Optional.of(parts.get(parts.size() - 2));
    boolean builtIn = schema.filter("pg_catalog"::equals).isPresent();
    List<Integer> modifiers = modifiers(typeName.path("typmods"));
    if (builtIn
        && name.equals("interval")
        && !modifiers.isEmpty()
        && modifiers.getFirst() == ALL_FIELDS) {
      modifiers.removeFirst();
    }
    return new DataType(
        builtIn ? Optional.empty() : schema,
        name,
        modifiers,
        typeName.path("arrayBounds").size());
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
