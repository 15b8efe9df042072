package dev.plimsoll.forge.github;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.plimsoll.forge.ReviewTarget;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What webhooks have told: which installation a repository belongs to, and which change requests GitHub has just spoken of. Shared by
 * {@link GitHubEvents}, which fills it, and {@link GitHubForge}, which saves a call by it.
 */
public final class Installations {

  /** GitHub's own copies take seconds, seldom minutes, to show what a webhook has told. */
  private static final Duration MAY_LAG = Duration.ofMinutes(10);

  private final Cache<String, Long> byRepository =
      Caffeine.newBuilder().maximumSize(100_000).build();
  private final Cache<String, Boolean> announced;

  public Installations() {
    this(Ticker.systemTicker());
  }

  Installations(Ticker ticker) {
    announced = Caffeine.newBuilder()
        .maximumSize(100_000)
        .expireAfterWrite(MAY_LAG)
        .ticker(ticker)
        .build();
  }

  void remember(String repository, long installation) {
    byRepository.put(key(repository), installation);
  }

  void forget(String repository) {
    byRepository.invalidate(key(repository));
  }

  Optional<Long> of(String repository) {
    return Optional.ofNullable(byRepository.getIfPresent(key(repository)));
  }

  void announce(ReviewTarget target) {
    announced.put(target.key(), true);
  }

  /** A webhook spoke of it minutes ago: when GitHub does not know it, it will soon. */
  boolean mayLag(ReviewTarget target) {
    return announced.getIfPresent(target.key()) != null;
  }

  private static String key(String repository) {
    return repository.toLowerCase(Locale.ROOT);
  }
}
