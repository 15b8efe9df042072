package dev.plimsoll.impact;

import dev.plimsoll.sql.RelationName;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one statement does on a known schema and server version. A pure fact about the engine: sizes and traffic come in later.
 *
 * @param locks the strongest mode on each relation that was there before the statement (tables; indexes where they are locked by
 *     themselves), held until the transaction ends
 * @param work what takes longer the larger a table is; empty for a change of the catalog only
 * @param transactional false where the server refuses it inside a transaction block
 * @param waitsForSnapshots waits until transactions that are older than it have ended (the CONCURRENTLY forms)
 * @param drops what disappears besides what the statement names: indexes, constraints, defaults
 * @param assumptions what was taken for granted where facts are missing: {@code the present type of "total" is not known: taken to need a
 *     rewrite}
 * @param opaque why nothing is known; everything else is empty then
 */
public record Impact(
    Outcome outcome,
    Map<RelationName, LockMode> locks,
    List<Work> work,
    boolean transactional,
    boolean waitsForSnapshots,
    List<String> drops,
    List<String> assumptions,
    Optional<String> opaque) {

  public Impact {
    locks = Collections.unmodifiableMap(new TreeMap<>(locks));
    work = List.copyOf(work);
    drops = List.copyOf(drops);
    assumptions = List.copyOf(assumptions);
  }

  public static Impact opaque(String reason) {
    return new Impact(
        Outcome.SUCCEEDS,
        Map.of(),
        List.of(),
        true,
        false,
        List.of(),
        List.of(),
        Optional.of(reason));
  }

  public static Impact none() {
    return new Impact(
        Outcome.SUCCEEDS, Map.of(), List.of(), true, false, List.of(), List.of(), Optional.empty());
  }

  public boolean isOpaque() {
    return opaque.isPresent();
  }

  public boolean rewrites(RelationName table) {
    return work.stream().anyMatch(w -> w instanceof Work.Rewrite && w.table().equals(table));
  }

  /** The strongest lock of all, absent when nothing that existed is locked. */
  public Optional<LockMode> strongestLock() {
    return locks.values().stream().max(LockMode::compareTo);
  }

  /** False: a change of the system catalogs, however large the table. */
  public boolean growsWithData() {
    return !work.isEmpty();
  }
}
