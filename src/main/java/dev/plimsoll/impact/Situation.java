package dev.plimsoll.impact;

import dev.plimsoll.schema.Schema;
import dev.plimsoll.sql.RelationName;
import java.util.function.Predicate;

/**
 * Where and when a statement runs.
 *
 * @param majorVersion of the server
 * @param inTransaction inside a transaction block
 * @param timeZoneIsUtc the server's TimeZone is UTC: then timestamp to timestamptz needs no rewrite
 * @param mayHaveRows false only for tables of which it is known that they are empty
 */
public record Situation(
    Schema schema,
    int majorVersion,
    boolean inTransaction,
    boolean timeZoneIsUtc,
    Predicate<RelationName> mayHaveRows) {

  public Situation with(Schema now) {
    return new Situation(now, majorVersion, inTransaction, timeZoneIsUtc, mayHaveRows);
  }
}
