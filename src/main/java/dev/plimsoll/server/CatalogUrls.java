package dev.plimsoll.server;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.plimsoll.catalog.CatalogState;
import dev.plimsoll.catalog.source.CatalogStore;
import dev.plimsoll.catalog.source.RefreshResult;
import dev.plimsoll.catalog.source.UrlCatalogSource;
import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.review.config.Config.CatalogSource;
import dev.plimsoll.review.config.Config.Database;
import dev.plimsoll.rules.Fingerprint;
import dev.plimsoll.server.storage.CatalogSchedule;
import dev.plimsoll.server.storage.CatalogSchedule.Planned;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Catalogs behind URLs: each is fetched when its cron expression says, and at once when a review asks for it the first time. Reviews take what
 * is at hand and never wait.
 */
final class CatalogUrls implements CatalogProvider {

  private static final Logger LOG = LoggerFactory.getLogger(CatalogUrls.class);
  private static final CronParser CRON =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  /** A repository that has not asked for so long does not need its catalog. */
  private static final Duration FORGOTTEN = Duration.ofDays(90);

  private final CatalogSchedule schedule;
  private final CatalogStore store;
  private final UrlCatalogSource source;
  private final InstantSource clock;

  CatalogUrls(
      CatalogSchedule schedule, CatalogStore store, UrlCatalogSource source, InstantSource clock) {
    this.schedule = schedule;
    this.store = store;
    this.source = source;
    this.clock = clock;
  }

  @Override
  public CatalogState catalogOf(ForgeKind forge, String repository, Database database) {
    if (!(database.catalog().orElse(null) instanceof CatalogSource.Url url)) {
      return CatalogProvider.NONE.catalogOf(forge, repository, database);
    }
    String key = key(forge, repository, url);
    schedule.want(
        new Planned(key, url.url(), url.tokenVariable(), url.cron(), clock.instant()),
        clock.instant());
    CatalogState state = store.state(key);
    return state instanceof CatalogState.Missing missing
        ? new CatalogState.Missing(
            "the catalog at its URL has not been fetched yet: " + missing.reason())
        : state;
  }

  /** A repository sees only what its own configuration fetched: another's may use a token that this one has no right to. */
  private static String key(ForgeKind forge, String repository, CatalogSource.Url url) {
    return Fingerprint.of(forge.id(), repository, url.url(), url.tokenVariable().orElse(""))
        .value();
  }

  /** Fetches what is due. */
  void refreshDue() {
    Instant now = clock.instant();
    for (Planned planned : schedule.due(now)) {
      RefreshResult result = source.refresh(
          planned.source(), new UrlCatalogSource.Target(planned.url(), planned.tokenVariable()));
      if (result instanceof RefreshResult.Failed failed) {
        LOG.warn("catalog {}: {}", planned.source(), failed.reason());
      }
      schedule.next(planned.source(), next(planned.cron(), now));
    }
    schedule.forget(now.minus(FORGOTTEN));
  }

  private static Instant next(String cron, Instant after) {
    ZonedDateTime from = after.atZone(ZoneOffset.UTC);
    Optional<ZonedDateTime> next = ExecutionTime.forCron(CRON.parse(cron)).nextExecution(from);
    return next.map(ZonedDateTime::toInstant).orElse(after.plus(Duration.ofDays(1)));
  }
}
