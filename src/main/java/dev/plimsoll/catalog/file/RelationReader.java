package dev.plimsoll.catalog.file;

import dev.plimsoll.sql.RelationName;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Reads the name of another relation: an object, for a dot may be part of a name. */
final class RelationReader {

  private final JsonCursor json;
  private Optional<String> schema = Optional.empty();
  private Optional<String> name = Optional.empty();
  private List<String> columns = List.of();

  RelationReader(JsonCursor json) {
    this.json = json;
  }

  Optional<RelationName> read(String expected) throws IOException {
    if (json.isNull()) {
      return Optional.empty();
    }
    JsonCursor.Mark mark = json.mark();
    int before = json.problems().size();
    if (!json.object(expected, this::key)) {
      return Optional.empty();
    }
    if (name.isEmpty() && json.problems().size() == before) {
      json.problemAt(mark, "this lacks \"name\"");
    }
    return name.map(n -> new RelationName(schema, n));
  }

  List<String> columns() {
    return columns;
  }

  private boolean key(String key) throws IOException {
    switch (key) {
      case "schema" -> schema = json.name("must be the schema's name");
      case "name" -> name = json.name("must be the table's name");
      case "columns" -> columns = json.names("must be an array of strings: the referenced columns");
      default -> {
        return false;
      }
    }
    return true;
  }
}
