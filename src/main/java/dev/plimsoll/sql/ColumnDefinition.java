package dev.plimsoll.sql;

import java.util.List;
import java.util.Optional;

/**
 * A column as a statement defines it.
 *
 * @param notNull NOT NULL is written, or follows from PRIMARY KEY, serial or identity
 * @param generated an expression that every row computes
 * @param constraints CHECK, UNIQUE, PRIMARY KEY and REFERENCES written with the column
 */
public record ColumnDefinition(
    String name,
    DataType type,
    boolean notNull,
    Optional<Expression> defaultValue,
    Optional<Generated> generated,
    boolean identity,
    Optional<String> collation,
    List<ConstraintDefinition> constraints) {

  /** A generated column: kept in the row, or (PostgreSQL 18) computed when read. */
  public record Generated(Expression expression, boolean stored) {}

  public ColumnDefinition {
    constraints = List.copyOf(constraints);
  }

  public boolean isRequired() {
    return notNull;
  }

  /** Nothing gives existing rows a value: no default other than NULL, not generated, no sequence. */
  public boolean hasNoDefault() {
    return defaultValue.filter(d -> !d.isNull()).isEmpty()
        && generated.isEmpty()
        && !identity
        && !type.isSerial();
  }
}
