package dev.plimsoll.rules;

import dev.plimsoll.impact.Estimate;
import dev.plimsoll.impact.Impact;
import dev.plimsoll.migration.Migration;
import dev.plimsoll.schema.Schema;
import dev.plimsoll.sql.SqlStatement;
import dev.plimsoll.sql.Statement;

/**
 * A statement of a deployment, with what is known when it runs.
 *
 * @param index from 0, over the whole deployment
 * @param transaction the number of the transaction that it runs in; statements of one transaction keep each other's locks
 * @param inTransaction it runs inside a transaction block
 * @param before the tables when it begins
 * @param after the tables when it has gone through
 * @param fingerprint of its text without comments and white space, and of which of several equal ones it is
 */
public record Step(
    int index,
    Migration migration,
    SqlStatement sql,
    int transaction,
    boolean inTransaction,
    Timeouts timeouts,
    Schema before,
    Schema after,
    Impact impact,
    Estimate estimate,
    Fingerprint fingerprint) {

  public Statement statement() {
    return sql.statement();
  }
}
