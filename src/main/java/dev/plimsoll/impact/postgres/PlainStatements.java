package dev.plimsoll.impact.postgres;

import dev.plimsoll.impact.LockMode;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.Statement.Unmodelled;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Statements of which a lock on the relations that they name is all there is to say: no work grows with a table, nothing depends on data.
 */
final class PlainStatements {

  private static final Map<String, LockMode> LOCKS = Map.ofEntries(
      Map.entry("CREATE TRIGGER", LockMode.SHARE_ROW_EXCLUSIVE),
      Map.entry("DROP TRIGGER", LockMode.ACCESS_EXCLUSIVE),
      Map.entry("CREATE POLICY", LockMode.ACCESS_EXCLUSIVE),
      Map.entry("ALTER POLICY", LockMode.ACCESS_EXCLUSIVE),
      Map.entry("DROP POLICY", LockMode.ACCESS_EXCLUSIVE),
      Map.entry("CREATE CONSTRAINT TRIGGER", LockMode.SHARE_ROW_EXCLUSIVE),
      Map.entry("CREATE OR REPLACE TRIGGER", LockMode.SHARE_ROW_EXCLUSIVE),
      Map.entry("ALTER SEQUENCE", LockMode.SHARE_ROW_EXCLUSIVE),
      Map.entry("ANALYZE", LockMode.SHARE_UPDATE_EXCLUSIVE),
      Map.entry("CREATE RULE", LockMode.ACCESS_EXCLUSIVE),
      Map.entry("DROP RULE", LockMode.ACCESS_EXCLUSIVE),
      Map.entry("CREATE STATISTICS", LockMode.SHARE_UPDATE_EXCLUSIVE),
      Map.entry("DROP VIEW", LockMode.ACCESS_EXCLUSIVE),
      Map.entry("DROP MATERIALIZED VIEW", LockMode.ACCESS_EXCLUSIVE),
      Map.entry("DROP SEQUENCE", LockMode.ACCESS_EXCLUSIVE));

  /** No relation with rows is locked in a way that anyone would wait for. */
  private static final Set<String> HARMLESS = Set.of(
      "GRANT",
      "GRANT ROLE",
      "REVOKE ROLE",
      "CREATE EVENT TRIGGER",
      "DROP EVENT TRIGGER",
      "ALTER EVENT TRIGGER",
      "SHOW",
      "REVOKE",
      "ALTER DEFAULT PRIVILEGES",
      "NOTIFY",
      "ALTER FUNCTION",
      "DROP FUNCTION",
      "ALTER TYPE ADD VALUE",
      "ALTER TYPE RENAME VALUE",
      "ALTER ROLE",
      "DROP ROLE",
      "ALTER EXTENSION",
      "CREATE CAST",
      "CREATE OPERATOR",
      "CREATE AGGREGATE");

  private PlainStatements() {}

  /** The reason why nothing is known of the statement; absent when it is modelled. */
  static Optional<String> apply(Effects effects, Unmodelled statement) {
    if (HARMLESS.contains(statement.kind())) {
      return Optional.empty();
    }
    if (statement.kind().equals("CREATE OR REPLACE VIEW")
        && !statement.relations().isEmpty()) {
      replaceView(effects, statement.relations());
      return Optional.empty();
    }
    LockMode mode = LOCKS.get(statement.kind());
    if (mode == null) {
      return Optional.of(statement.kind() + " is not modelled");
    }
    statement.relations().forEach(r -> effects.lock(r, mode));
    return Optional.empty();
  }

  /** The view comes first, then what it reads. */
  private static void replaceView(Effects effects, List<RelationName> relations) {
    relations.forEach(r -> effects.lock(r, LockMode.ACCESS_SHARE));
    if (effects.table(relations.getFirst()).isPresent()) {
      effects.lock(relations.getFirst(), LockMode.ACCESS_EXCLUSIVE);
    }
  }
}
