package dev.plimsoll.migration;

/** How a framework sends a migration to the server. */
public enum TransactionMode {
  /** All statements in one transaction. */
  TRANSACTION,
  /** Each statement by itself. */
  AUTOCOMMIT,
  /** The file in one message: alone, a statement runs outside a transaction block; several run in an implicit one. */
  SINGLE_QUERY
}
