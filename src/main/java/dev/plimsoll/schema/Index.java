package dev.plimsoll.schema;

import java.util.List;
import java.util.Optional;

/**
 * A table's index.
 *
 * @param keys column names, or expressions as SQL
 * @param valid false for what a failed CREATE INDEX CONCURRENTLY left behind
 * @param predicate a partial index's condition as SQL
 */
public record Index(
    String name,
    List<String> keys,
    boolean unique,
    boolean primary,
    boolean valid,
    Optional<String> predicate,
    String method) {

  public Index {
    keys = List.copyOf(keys);
  }
}
