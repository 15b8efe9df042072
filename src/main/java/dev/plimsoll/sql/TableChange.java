package dev.plimsoll.sql;

import java.util.Optional;

/** One command of an ALTER TABLE. */
public sealed interface TableChange {

  record AddColumn(ColumnDefinition column, boolean ifNotExists) implements TableChange {}

  record DropColumn(String column, boolean ifExists, boolean cascade) implements TableChange {}

  /**
   * @param using how existing values are converted, where written
   */
  record AlterColumnType(
      String column, DataType type, Optional<Expression> using, Optional<String> collation)
      implements TableChange {}

  record SetNotNull(String column) implements TableChange {}

  record DropNotNull(String column) implements TableChange {}

  record SetDefault(String column, Expression value) implements TableChange {}

  record DropDefault(String column) implements TableChange {}

  record AddConstraint(ConstraintDefinition constraint) implements TableChange {}

  record ValidateConstraint(String name) implements TableChange {}

  record DropConstraint(String name, boolean ifExists, boolean cascade) implements TableChange {}

  /**
   * @param isDefault FOR VALUES is DEFAULT
   */
  record AttachPartition(RelationName partition, boolean isDefault) implements TableChange {}

  record DetachPartition(RelationName partition, boolean concurrently) implements TableChange {}

  /**
   * Read, but without a model of what it does.
   *
   * @param description as the statement spells it: {@code SET TABLESPACE}
   */
  record OtherChange(String description) implements TableChange {}
}
