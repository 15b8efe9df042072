package dev.plimsoll.sql;

import java.util.Set;

/**
 * An SQL expression, with what its effect on a table depends on.
 *
 * @param sql as it stands in the source
 * @param kind what evaluating it needs
 * @param functions the functions called, lower case, with their schema only where written; operators are not listed
 * @param columns the columns named
 * @param provesNotNull the columns of which it says {@code IS NOT NULL}, alone or joined by AND
 */
public record Expression(
    String sql, Kind kind, Set<String> functions, Set<String> columns, Set<String> provesNotNull) {

  public enum Kind {
    /** The literal NULL, cast or not. */
    NULL,
    /** A literal, cast or not. */
    LITERAL,
    /** Literals, operators, casts, functions and columns that this program has read completely. */
    COMPUTED,
    /** Holds a part that could not be read: a subquery, a parameter, an engine's own construct. */
    OPAQUE
  }

  public Expression {
    functions = Set.copyOf(functions);
    columns = Set.copyOf(columns);
    provesNotNull = Set.copyOf(provesNotNull);
  }

  public static Expression literal(String sql) {
    return new Expression(sql, Kind.LITERAL, Set.of(), Set.of(), Set.of());
  }

  public boolean isNull() {
    return kind == Kind.NULL;
  }

  @Override
  public String toString() {
    return sql;
  }
}
