package dev.plimsoll.forge.memory;

import dev.plimsoll.forge.PostedLedger;
import dev.plimsoll.forge.ReviewTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Lost at the end of the process. */
public final class MemoryLedger implements PostedLedger {

  private final Map<String, List<Entry>> entries = new ConcurrentHashMap<>();

  @Override
  public List<Entry> entries(ReviewTarget target) {
    return entries.getOrDefault(target.key(), List.of());
  }

  @Override
  public void put(ReviewTarget target, Entry entry) {
    entries.merge(target.key(), List.of(entry), (old, added) -> {
      List<Entry> all = new ArrayList<>(old);
      all.removeIf(e -> e.id().equals(entry.id()) && e.getClass() == entry.getClass());
      all.addAll(added);
      return List.copyOf(all);
    });
  }

  @Override
  public void forget(ReviewTarget target, String id) {
    entries.computeIfPresent(
        target.key(), (key, old) -> old.stream().filter(e -> !e.id().equals(id)).toList());
  }
}
