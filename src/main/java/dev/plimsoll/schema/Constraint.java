package dev.plimsoll.schema;

import dev.plimsoll.sql.ConstraintDefinition;

/**
 * A constraint that stands on a table.
 *
 * @param validated false after ADD ... NOT VALID until VALIDATE CONSTRAINT
 */
public record Constraint(String name, ConstraintDefinition definition, boolean validated) {}
