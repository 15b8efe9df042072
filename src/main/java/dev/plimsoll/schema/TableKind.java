package dev.plimsoll.schema;

/** What a relation with columns is. */
public enum TableKind {
  TABLE,
  PARTITIONED,
  VIEW,
  MATERIALIZED_VIEW,
  FOREIGN
}
