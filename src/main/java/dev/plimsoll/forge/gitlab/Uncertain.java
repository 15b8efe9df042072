package dev.plimsoll.forge.gitlab;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Collection;

/** What may have been made although the call for it failed: before it is made again, it is looked for. */
final class Uncertain {

  private final Cache<String, Boolean> things = Caffeine.newBuilder()
      .maximumSize(50_000)
      .expireAfterWrite(Duration.ofHours(6))
      .build();

  void add(Place place, Collection<String> added) {
    added.forEach(t -> things.put(key(place, t), true));
  }

  boolean holdsAny(Place place, Collection<String> asked) {
    return asked.stream().anyMatch(t -> things.getIfPresent(key(place, t)) != null);
  }

  void clear(Place place, Collection<String> cleared) {
    cleared.forEach(t -> things.invalidate(key(place, t)));
  }

  private static String key(Place place, String thing) {
    return place.id().key() + " " + thing;
  }
}
