package dev.plimsoll.sql;

import java.util.Optional;

/**
 * The name of a table, index, view or sequence, as the server stores it (folded to lower case unless it was quoted).
 *
 * @param schema absent when the statement leaves it to the search path
 */
public record RelationName(Optional<String> schema, String name)
    implements Comparable<RelationName> {

  public static RelationName of(String name) {
    return new RelationName(Optional.empty(), name);
  }

  public static RelationName of(String schema, String name) {
    return new RelationName(Optional.of(schema), name);
  }

  /** The same name with {@code schema} where it has none. */
  public RelationName in(String defaultSchema) {
    return schema.isPresent() ? this : of(defaultSchema, name);
  }

  /** The same name, without its schema where that is {@code defaultSchema}: as people say it. */
  public RelationName within(String defaultSchema) {
    return schema.filter(defaultSchema::equals).isPresent() ? of(name) : this;
  }

  /** The same schema, another name. */
  public RelationName sibling(String otherName) {
    return new RelationName(schema, otherName);
  }

  /** As it is written in SQL, quoted where it must be. */
  public String sql() {
    return schema.map(s -> Identifier.quote(s) + ".").orElse("") + Identifier.quote(name);
  }

  @Override
  public int compareTo(RelationName other) {
    return sql().compareTo(other.sql());
  }

  /** For people: {@code orders}, {@code audit.orders}; the schema {@code public} goes without saying. */
  @Override
  public String toString() {
    return schema.filter(s -> !s.equals("public")).map(s -> s + ".").orElse("") + name;
  }
}
