package dev.plimsoll.impact.postgres;

import dev.plimsoll.impact.LockMode;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.TableChange.OtherChange;
import java.util.Map;
import java.util.Optional;

/**
 * Commands of ALTER TABLE that change nothing but the catalog and need no facts about the table: their lock is all there is to say.
 * Conformance cases: class "TABLE PROPERTIES".
 */
final class OtherChanges {

  private static final Map<String, LockMode> LOCKS = Map.ofEntries(
      Map.entry("OWNER TO", LockMode.ACCESS_EXCLUSIVE),
      Map.entry("ALTER COLUMN SET STATISTICS", LockMode.SHARE_UPDATE_EXCLUSIVE),
      Map.entry("ALTER COLUMN SET STORAGE", LockMode.ACCESS_EXCLUSIVE),
      Map.entry("ALTER COLUMN SET COMPRESSION", LockMode.ACCESS_EXCLUSIVE),
      Map.entry("CLUSTER ON", LockMode.SHARE_UPDATE_EXCLUSIVE),
      Map.entry("SET WITHOUT CLUSTER", LockMode.SHARE_UPDATE_EXCLUSIVE),
      Map.entry("ENABLE TRIGGER", LockMode.SHARE_ROW_EXCLUSIVE),
      Map.entry("ENABLE ALWAYS TRIGGER", LockMode.SHARE_ROW_EXCLUSIVE),
      Map.entry("ENABLE REPLICA TRIGGER", LockMode.SHARE_ROW_EXCLUSIVE),
      Map.entry("ENABLE TRIGGER ALL", LockMode.SHARE_ROW_EXCLUSIVE),
      Map.entry("ENABLE TRIGGER USER", LockMode.SHARE_ROW_EXCLUSIVE),
      Map.entry("DISABLE TRIGGER", LockMode.SHARE_ROW_EXCLUSIVE),
      Map.entry("DISABLE TRIGGER ALL", LockMode.SHARE_ROW_EXCLUSIVE),
      Map.entry("DISABLE TRIGGER USER", LockMode.SHARE_ROW_EXCLUSIVE),
      Map.entry("ENABLE RULE", LockMode.ACCESS_EXCLUSIVE),
      Map.entry("DISABLE RULE", LockMode.ACCESS_EXCLUSIVE),
      Map.entry("ENABLE ROW LEVEL SECURITY", LockMode.ACCESS_EXCLUSIVE),
      Map.entry("DISABLE ROW LEVEL SECURITY", LockMode.ACCESS_EXCLUSIVE),
      Map.entry("FORCE ROW LEVEL SECURITY", LockMode.ACCESS_EXCLUSIVE),
      Map.entry("NO FORCE ROW LEVEL SECURITY", LockMode.ACCESS_EXCLUSIVE),
      Map.entry("REPLICA IDENTITY", LockMode.ACCESS_EXCLUSIVE),
      Map.entry("NOT OF", LockMode.ACCESS_EXCLUSIVE));

  private OtherChanges() {}

  static Optional<LockMode> lockOf(OtherChange change) {
    return Optional.ofNullable(LOCKS.get(change.description()));
  }

  static void apply(Effects effects, RelationName table, OtherChange change) {
    effects.lockTree(table, lockOf(change).orElse(LockMode.ACCESS_EXCLUSIVE));
  }
}
