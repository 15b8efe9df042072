package dev.plimsoll.rules;

import dev.plimsoll.migration.Migration;
import dev.plimsoll.sql.Statement;
import dev.plimsoll.sql.Statement.TransactionControl;

/** Which statements of a migration share a transaction, by the format's way of sending it and the BEGIN and COMMIT in it. */
final class TransactionTracker {

  private final boolean wrapped;
  private boolean explicitBlock;
  private boolean fresh = true;
  private boolean starts;

  TransactionTracker(Migration migration) {
    boolean several = migration.up().size() > 1;
    this.wrapped = switch (migration.transactionMode()) {
      case TRANSACTION -> true;
      case AUTOCOMMIT -> false;
      case SINGLE_QUERY -> several;
    };
  }

  /** Before a statement: whether it runs inside a transaction block. */
  boolean enter(Statement statement) {
    boolean begins = isControl(statement, TransactionControl.Kind.BEGIN);
    starts = fresh || (!wrapped && !explicitBlock);
    fresh = false;
    return wrapped || explicitBlock || begins;
  }

  /** Whether the statement that was entered last is the first of a transaction. */
  boolean startsTransaction() {
    return starts;
  }

  void leave(Statement statement) {
    if (isControl(statement, TransactionControl.Kind.BEGIN)) {
      explicitBlock = true;
    }
    boolean ends = isControl(statement, TransactionControl.Kind.COMMIT)
        || isControl(statement, TransactionControl.Kind.ROLLBACK);
    if (ends) {
      explicitBlock = false;
      fresh = true;
    }
  }

  private static boolean isControl(Statement statement, TransactionControl.Kind kind) {
    return statement instanceof TransactionControl control && control.kind() == kind;
  }
}
