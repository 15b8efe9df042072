package dev.plimsoll.schema;

import dev.plimsoll.sql.DataType;
import java.util.Optional;

/**
 * A table's column.
 *
 * @param defaultSql the default as SQL, absent when there is none
 * @param generated its value is computed from other columns
 */
public record Column(
    String name, DataType type, boolean notNull, Optional<String> defaultSql, boolean generated) {

  public Column withNotNull(boolean value) {
    return new Column(name, type, value, defaultSql, generated);
  }

  public Column withType(DataType value) {
    return new Column(name, value, notNull, defaultSql, generated);
  }

  public Column withDefault(Optional<String> value) {
    return new Column(name, type, notNull, value, generated);
  }

  public Column withName(String value) {
    return new Column(value, type, notNull, defaultSql, generated);
  }
}
