package dev.plimsoll.forge.github;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeException.Kind;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What this process remembers of its own writes, so that a run that is cut off and starts again makes nothing twice. After a restart the
 * lists of the forge have to do.
 */
final class Traces {

  private static final Duration LISTS_MAY_LAG = Duration.ofMinutes(10);

  private final Cache<String, Boolean> unanswered = Caffeine.newBuilder()
      .maximumSize(50_000)
      .expireAfterWrite(Duration.ofHours(6))
      .build();
  private final Cache<String, String> unreported =
      Caffeine.newBuilder().maximumSize(50_000).expireAfterWrite(LISTS_MAY_LAG).build();
  private final Cache<String, Boolean> fresh =
      Caffeine.newBuilder().maximumSize(50_000).expireAfterWrite(LISTS_MAY_LAG).build();

  /** Writes of these were begun and not answered. */
  void unanswered(String place, Collection<String> things) {
    things.forEach(t -> unanswered.put(place + " " + t, true));
  }

  boolean isUnanswered(String place, Collection<String> things) {
    return things.stream().anyMatch(t -> unanswered.getIfPresent(place + " " + t) != null);
  }

  void answered(String place, Collection<String> things) {
    things.forEach(t -> unanswered.invalidate(place + " " + t));
  }

  /** Made by an action that has not ended: should it fail further on, its caller does not learn of this. */
  void made(String place, String thing, String id) {
    unreported.put(place + " " + thing, id);
    fresh.put(place + " " + id, true);
    unanswered.invalidate(place + " " + thing);
  }

  Map<String, String> unreported(String place, Collection<String> things) {
    Map<String, String> known = new LinkedHashMap<>();
    for (String thing : things) {
      Optional.ofNullable(unreported.getIfPresent(place + " " + thing))
          .ifPresent(id -> known.put(thing, id));
    }
    return known;
  }

  void reported(String place, Collection<String> things) {
    things.forEach(t -> unreported.invalidate(place + " " + t));
  }

  /** GitHub says that it does not have this. What was made minutes ago it will have. */
  ForgeException missing(String place, String id, String message) {
    Kind kind = fresh.getIfPresent(place + " " + id) != null ? Kind.RETRY_LATER : Kind.NOT_FOUND;
    return new ForgeException(kind, message);
  }
}
