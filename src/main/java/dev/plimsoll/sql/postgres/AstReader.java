package dev.plimsoll.sql.postgres;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;

/**
 * Reads the parser's JSON into a tree, within bounds: the JSON of a hostile input can be a hundred times its size, and
 * deeper than any recursion over the tree can follow.
 */
final class AstReader {
  /** Of a VALUES list, the rows beyond this many are counted and left out: seed data says nothing that its first rows do not. */
  static final int ROWS_KEPT = 1_000;

  /** Two levels of JSON make one of the tree. A recursive walk over this many needs some 0.5 MB of stack. */
  static final int MAXIMUM_DEPTH = 5_000;

  /** Objects, arrays and values. A node takes about 60 bytes. */
  static final int MAXIMUM_NODES = 5_000_000;

  private static final JsonFactory JSON = JsonFactory.builder()
      .streamReadConstraints(StreamReadConstraints.builder()
          .maxNestingDepth(Integer.MAX_VALUE) // kept here, by MAXIMUM_DEPTH
          .maxStringLength(Integer.MAX_VALUE) // bounded by the input's size
          .build())
      .build();

  /** Nearly all objects have one to four members; the usual map has room for twelve. */
  private static final JsonNodeFactory NODES = new JsonNodeFactory(false) {
    private static final long serialVersionUID = 1L;

    @Override
    public ObjectNode objectNode() {
      return new ObjectNode(this, LinkedHashMap.newLinkedHashMap(3));
    }
  };

  private final JsonParser json;
  private int nodes;
  private int depth;

  private AstReader(JsonParser json) {
    this.json = json;
  }

  /** The tree in a JSON document that is known to be well-formed. */
  static JsonNode read(byte[] utf8) throws RefusedInput {
    try (JsonParser json = JSON.createParser(utf8)) {
      json.nextToken();
      return new AstReader(json).value();
    } catch (IOException e) {
      throw new IllegalStateException("the parser wrote a JSON document that is none", e);
    }
  }

  /** Tokens of a document whose shape the caller knows. */
  static JsonParser parser(byte[] utf8) throws IOException {
    return JSON.createParser(utf8);
  }

  private JsonNode value() throws IOException, RefusedInput {
    if (++nodes > MAXIMUM_NODES) {
      throw new RefusedInput(
          "it is too large: its parse tree has more than " + MAXIMUM_NODES + " nodes");
    }
    return switch (json.currentToken()) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> NODES.textNode(json.getText());
      case VALUE_NUMBER_INT -> NODES.numberNode(json.getLongValue());
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(json.getDoubleValue());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      default -> NODES.nullNode();
    };
  }

  private ObjectNode object() throws IOException, RefusedInput {
    enter();
    ObjectNode object = NODES.objectNode();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      if (name.equals("valuesLists")) {
        rowsInto(object);
      } else {
        object.set(name, value());
      }
    }
    depth--;
    return object;
  }

  private ArrayNode array() throws IOException, RefusedInput {
    enter();
    ArrayNode array = NODES.arrayNode();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      array.add(value());
    }
    depth--;
    return array;
  }

  private void rowsInto(ObjectNode object) throws IOException, RefusedInput {
    enter();
    ArrayNode rows = object.putArray("valuesLists");
    int length = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (++length <= ROWS_KEPT) {
        rows.add(value());
      } else {
        json.skipChildren();
      }
    }
    if (length > ROWS_KEPT) {
      object.put("valuesListsLength", length);
    }
    depth--;
  }

  private void enter() throws RefusedInput {
    if (++depth > MAXIMUM_DEPTH) {
      throw new RefusedInput(PgParser.TOO_DEEP);
    }
  }
}
