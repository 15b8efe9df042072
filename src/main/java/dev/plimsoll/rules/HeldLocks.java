package dev.plimsoll.rules;

import dev.plimsoll.impact.LockMode;
import dev.plimsoll.sql.RelationName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The locks that a transaction holds when each of its steps begins. */
final class HeldLocks {

  /** More tables in one transaction would add nothing to what is said of it, but could be made to exhaust memory. */
  private static final int MOST = 30;

  private final Map<Integer, Map<RelationName, LockMode>> before = new HashMap<>();
  private final Map<Integer, Step> firstTaker = new HashMap<>();

  private HeldLocks() {}

  static HeldLocks of(Deployment deployment) {
    HeldLocks locks = new HeldLocks();
    Map<RelationName, LockMode> held = Map.of();
    int transaction = -1;
    for (Step step : deployment.steps()) {
      if (step.transaction() != transaction || !step.inTransaction()) {
        held = Map.of();
        transaction = step.transaction();
      }
      locks.before.put(step.index(), held);
      Map<RelationName, LockMode> now = with(held, step);
      if (held.isEmpty() && !now.isEmpty()) {
        locks.firstTaker.put(transaction, step);
      }
      held = now;
    }
    return locks;
  }

  /** Empty for the first step of a transaction. */
  Map<RelationName, LockMode> before(Step step) {
    return before.getOrDefault(step.index(), Map.of());
  }

  /** The first step of the transaction that took such a lock. */
  Optional<Step> takenBy(Step step) {
    return Optional.ofNullable(firstTaker.get(step.transaction()))
        .filter(s -> s.index() < step.index());
  }

  /** Only locks that somebody would wait for are kept, and the map is shared by the steps that add none. */
  private static Map<RelationName, LockMode> with(Map<RelationName, LockMode> held, Step step) {
    Map<RelationName, LockMode> next = held;
    for (Map.Entry<RelationName, LockMode> lock : step.impact().locks().entrySet()) {
      LockMode known = next.get(lock.getKey());
      boolean stronger = known == null || lock.getValue().compareTo(known) > 0;
      boolean room = known != null || next.size() < MOST;
      if (lock.getValue().blocksWrites()
          && stronger
          && room
          && !step.before().isCreated(lock.getKey())) {
        next = next == held ? new TreeMap<>(held) : next;
        next.put(lock.getKey(), lock.getValue());
      }
    }
    return next;
  }
}
