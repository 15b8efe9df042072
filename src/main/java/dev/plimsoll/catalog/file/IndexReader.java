package dev.plimsoll.catalog.file;

import dev.plimsoll.catalog.Bytes;
import dev.plimsoll.schema.Index;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads one index. */
final class IndexReader {

  private final JsonCursor json;

  private Optional<String> name;
  private List<String> keys;
  private boolean unique;
  private boolean primary;
  private boolean valid;
  private Optional<String> predicate;
  private Optional<String> method;
  private OptionalLong bytes;

  IndexReader(JsonCursor json) {
    this.json = json;
  }

  /** Empty, with a problem, when it cannot be read. */
  Optional<Index> read() throws IOException {
    name = Optional.empty();
    keys = List.of();
    unique = false;
    primary = false;
    valid = true;
    predicate = Optional.empty();
    method = Optional.empty();
    bytes = OptionalLong.empty();
    int before = json.problems().size();
    JsonCursor.Mark mark = json.mark();
    if (!json.object("must be an object that describes an index", this::key)
        || json.problems().size() > before) {
      return Optional.empty();
    }
    if (name.isEmpty() || keys.isEmpty()) {
      json.problemAt(
          mark,
          "this index lacks "
              + (name.isEmpty() ? "\"name\"" : "\"keys\": its columns and expressions"));
      return Optional.empty();
    }
    return Optional.of(new Index(
        name.get(), keys, unique || primary, primary, valid, predicate, method.orElse("btree")));
  }

  /** The size of the index that was read last. */
  Optional<Bytes> bytes() {
    return bytes.isPresent() ? Optional.of(new Bytes(bytes.getAsLong())) : Optional.empty();
  }

  private boolean key(String key) throws IOException {
    switch (key) {
      case "name" -> name = json.text("must be the index's name");
      case "keys" ->
        keys = json.names("must be an array of strings: the index's columns and expressions");
      case "unique" -> unique = json.flag("must be true or false").orElse(false);
      case "primary" -> primary = json.flag("must be true or false").orElse(false);
      case "valid" -> valid = json.flag("must be true or false").orElse(true);
      case "predicate" -> predicate = json.text("must be a partial index's condition as SQL");
      case "method" -> method = json.name("must be the index method, such as btree");
      case "bytes" -> bytes = json.whole("must be the index's size in bytes");
      // Known to the format, not yet used by a review.
      case "include" ->
        json.names("must be an array of strings: the columns that are stored and not searched");
      default -> {
        return false;
      }
    }
    return true;
  }
}
