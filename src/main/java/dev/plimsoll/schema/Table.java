package dev.plimsoll.schema;

import dev.plimsoll.sql.RelationName;
import java.util.List;
import java.util.Optional;

/**
 * A relation with columns.
 *
 * @param name with its schema
 * @param columns in order; empty when unknown
 * @param partitionOf the parent of a partition
 */
public record Table(
    RelationName name,
    TableKind kind,
    List<Column> columns,
    List<Index> indexes,
    List<Constraint> constraints,
    Optional<RelationName> partitionOf) {

  public Table {
    columns = List.copyOf(columns);
    indexes = List.copyOf(indexes);
    constraints = List.copyOf(constraints);
  }

  public Optional<Column> column(String columnName) {
    return columns.stream().filter(c -> c.name().equals(columnName)).findFirst();
  }

  public Optional<Index> index(String indexName) {
    return indexes.stream().filter(i -> i.name().equals(indexName)).findFirst();
  }

  public Optional<Constraint> constraint(String constraintName) {
    return constraints.stream().filter(c -> c.name().equals(constraintName)).findFirst();
  }

  public Table withColumns(List<Column> value) {
    return new Table(name, kind, value, indexes, constraints, partitionOf);
  }

  public Table withIndexes(List<Index> value) {
    return new Table(name, kind, columns, value, constraints, partitionOf);
  }

  public Table withConstraints(List<Constraint> value) {
    return new Table(name, kind, columns, indexes, value, partitionOf);
  }

  public Table withPartitionOf(Optional<RelationName> value) {
    return new Table(name, kind, columns, indexes, constraints, value);
  }

  public Table withName(RelationName value) {
    return new Table(value, kind, columns, indexes, constraints, partitionOf);
  }
}
