package dev.plimsoll.catalog.file;

import dev.plimsoll.sql.ConstraintDefinition;

/** The kinds of constraints, as the file names them. */
enum ConstraintKind {
  CHECK,
  FOREIGN_KEY,
  UNIQUE,
  PRIMARY_KEY,
  NOT_NULL,
  EXCLUDE;

  static final Words<ConstraintKind> WORDS = new Words<>(ConstraintKind.class);

  static ConstraintKind of(ConstraintDefinition definition) {
    return switch (definition) {
      case ConstraintDefinition.Check _ -> CHECK;
      case ConstraintDefinition.ForeignKey _ -> FOREIGN_KEY;
      case ConstraintDefinition.Unique _ -> UNIQUE;
      case ConstraintDefinition.PrimaryKey _ -> PRIMARY_KEY;
      case ConstraintDefinition.NotNull _ -> NOT_NULL;
      case ConstraintDefinition.Exclude _ -> EXCLUDE;
    };
  }
}
