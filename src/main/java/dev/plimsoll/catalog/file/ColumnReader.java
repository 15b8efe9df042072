package dev.plimsoll.catalog.file;

import dev.plimsoll.schema.Column;
import dev.plimsoll.sql.DataType;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads one column. */
final class ColumnReader {

  private final JsonCursor json;
  private final TypeText types;

  /** Columns repeat: a database of 100,000 tables has their {@code id} 100,000 times. A newcomer takes the place of an older one. */
  private final Column[] shared = new Column[1 << 12];

  private Optional<String> name;
  private Optional<DataType> type;
  private boolean nullable;
  private Optional<String> defaultSql;
  private boolean generated;
  private OptionalDouble nullFraction;

  ColumnReader(JsonCursor json, TypeText types) {
    this.json = json;
    this.types = types;
  }

  /** Empty, with a problem, when it cannot be read. */
  Optional<Column> read() throws IOException {
    name = Optional.empty();
    type = Optional.empty();
    nullable = true;
    defaultSql = Optional.empty();
    generated = false;
    nullFraction = OptionalDouble.empty();
    int before = json.problems().size();
    JsonCursor.Mark mark = json.mark();
    if (!json.object("must be an object that describes a column", this::key)
        || json.problems().size() > before) {
      return Optional.empty();
    }
    if (name.isEmpty() || type.isEmpty()) {
      json.problemAt(mark, "this column lacks " + (name.isEmpty() ? "\"name\"" : "\"type\""));
      return Optional.empty();
    }
    Column column = new Column(name.get(), type.get(), !nullable, defaultSql, generated);
    int place = column.name().hashCode() * 0x9E3779B9 >>> 20;
    if (!column.equals(shared[place])) {
      shared[place] = column;
    }
    return Optional.of(shared[place]);
  }

  /** The share of NULLs in the column that was read last. */
  OptionalDouble nullFraction() {
    return nullFraction;
  }

  private boolean key(String key) throws IOException {
    switch (key) {
      case "name" -> name = json.name("must be the column's name");
      case "type" -> type = type();
      case "nullable" -> nullable = json.flag("must be true or false").orElse(true);
      case "default" -> defaultSql = json.text("must be the default as SQL");
      case "generated" -> generated = json.flag("must be true or false").orElse(false);
      case "null_fraction" ->
        nullFraction = json.number("must be the share of NULLs, from 0 to 1", 1);
      // Known to the format, not yet used by a review.
      case "identity", "generation", "generation_expression" -> json.text("must be a string");
      default -> {
        return false;
      }
    }
    return true;
  }

  private Optional<DataType> type() throws IOException {
    String expected =
        "must be a type as the server spells it, such as integer or character varying(50)";
    Optional<String> text = json.text(expected);
    Optional<DataType> found = text.flatMap(types::read);
    if (text.isPresent() && found.isEmpty()) {
      json.problem(expected + ", and is \"" + JsonCursor.shortened(text.get()) + "\"");
    }
    return found;
  }
}
