package dev.plimsoll.sql;

import java.util.List;
import java.util.Optional;

/** A constraint as a statement defines it, on a column or on the table. */
public sealed interface ConstraintDefinition {

  /** Absent where the server chooses the name. */
  Optional<String> name();

  /**
   * @param notValid existing rows are not checked
   */
  record Check(Optional<String> name, Expression condition, boolean notValid, boolean noInherit)
      implements ConstraintDefinition {}

  /**
   * @param columns the referencing columns
   * @param referencedColumns empty for the referenced table's primary key
   */
  record ForeignKey(
      Optional<String> name,
      List<String> columns,
      RelationName references,
      List<String> referencedColumns,
      ReferentialAction onDelete,
      ReferentialAction onUpdate,
      boolean notValid,
      boolean deferrable)
      implements ConstraintDefinition {
    public ForeignKey {
      columns = List.copyOf(columns);
      referencedColumns = List.copyOf(referencedColumns);
    }
  }

  /**
   * @param usingIndex an existing unique index that becomes the constraint's
   */
  record Unique(
      Optional<String> name, List<String> columns, Optional<String> usingIndex, boolean deferrable)
      implements ConstraintDefinition {
    public Unique {
      columns = List.copyOf(columns);
    }
  }

  /**
   * @param usingIndex an existing unique index that becomes the constraint's
   */
  record PrimaryKey(Optional<String> name, List<String> columns, Optional<String> usingIndex)
      implements ConstraintDefinition {
    public PrimaryKey {
      columns = List.copyOf(columns);
    }
  }

  /** PostgreSQL 18: NOT NULL as a table constraint, which may be NOT VALID. */
  record NotNull(Optional<String> name, String column, boolean notValid)
      implements ConstraintDefinition {}

  /** EXCLUDE: builds an index of the given method. */
  record Exclude(Optional<String> name, String method) implements ConstraintDefinition {}
}
