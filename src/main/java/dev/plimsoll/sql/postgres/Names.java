package dev.plimsoll.sql.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.sql.RelationName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads names out of a parse tree, with the placeholders in them as they stand in the source. */
final class Names {
  private final Placeholders placeholders;

  Names(Placeholders placeholders) {
    this.placeholders = placeholders;
  }

  /** A text member; empty where it is absent. */
  Optional<String> optional(JsonNode node, String member) {
    JsonNode value = node.path(member);
    return value.isTextual()
        ? Optional.of(placeholders.restore(value.textValue()))
        : Optional.empty();
  }

  /** A text member; the empty text where it is absent. */
  String text(JsonNode node, String member) {
    return optional(node, member).orElse("");
  }

  /** Of a RangeVar. */
  RelationName relation(JsonNode rangeVar) {
    return new RelationName(optional(rangeVar, "schemaname"), text(rangeVar, "relname"));
  }

  /** Of a list of wrapped RangeVars. */
  List<RelationName> relations(JsonNode list) {
    List<RelationName> relations = new ArrayList<>();
    for (JsonNode item : list) {
      relations.add(relation(item.path("RangeVar")));
    }
    return relations;
  }

  /** Of a list of wrapped Strings, or of what wraps such a list: List, TypeName, ObjectWithArgs. */
  List<String> strings(JsonNode node) {
    JsonNode list = node;
    if (node.has("List")) {
      list = node.path("List").path("items");
    } else if (node.has("TypeName")) {
      list = node.path("TypeName").path("names");
    } else if (node.has("ObjectWithArgs")) {
      list = node.path("ObjectWithArgs").path("objname");
    } else if (node.has("String")) {
      return List.of(text(node.path("String"), "sval"));
    }
    List<String> strings = new ArrayList<>();
    for (JsonNode item : list) {
      if (item.has("String")) {
        strings.add(text(item.path("String"), "sval"));
      }
    }
    return strings;
  }

  /** Of a name in parts, of which the last is its own and the one before it the schema. */
  RelationName relation(List<String> parts) {
    int last = parts.size() - 1;
    Optional<String> schema = last > 0 ? Optional.of(parts.get(last - 1)) : Optional.empty();
    return new RelationName(schema, parts.isEmpty() ? "" : parts.get(last));
  }

  /** The name of a constraint, trigger, policy, rule or column stands behind that of its relation. */
  Optional<RelationName> relationOfPart(List<String> parts) {
    return parts.size() < 2
        ? Optional.empty()
        : Optional.of(relation(parts.subList(0, parts.size() - 1)));
  }
}
