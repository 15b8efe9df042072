package dev.plimsoll.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.plimsoll.catalog.CatalogState;
import dev.plimsoll.catalog.source.CatalogStore;
import dev.plimsoll.catalog.source.UrlCatalogSource;
import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.review.config.Config.CatalogSource;
import dev.plimsoll.review.config.Config.Database;
import dev.plimsoll.server.storage.CatalogSchedule;
import dev.plimsoll.server.storage.Storage;
import dev.plimsoll.sql.Engine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogUrlsTest {

  private static final Instant EVENING = Instant.parse("2026-01-30T18:00:00Z");
  private static final String CATALOG = """
      {"plimsoll_catalog": 1, "taken_at": "2026-01-30T17:00:00Z", "server": {"engine": "postgresql", "version": "17.2"},
      "tables": [{"name": "orders", "rows": 5}]}
      """;

  @TempDir
  private Path directory;

  private final AtomicInteger requests = new AtomicInteger();
  private Instant now = EVENING;
  private Storage storage;
  private HttpServer http;

  @BeforeEach
  void start() throws IOException {
    storage = Storage.open("jdbc:sqlite:" + directory.resolve("plimsoll.db"));
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", exchange -> {
      requests.incrementAndGet();
      byte[] body = CATALOG.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    http.start();
  }

  @AfterEach
  void stop() {
    http.stop(0);
    storage.close();
  }

  @Test
  void aReviewNeverWaitsForACatalogThatIsNotThereYet() {
    assertThat(catalogs().catalogOf(ForgeKind.GITHUB, "acme/shop", database("0 3 * * *")))
        .isInstanceOfSatisfying(
            CatalogState.Missing.class,
            missing -> assertThat(missing.reason()).contains("has not been fetched yet"));
    assertThat(requests).hasValue(0);
  }

  @Test
  void aNewOneIsFetchedAtOnceAndThenWhenItsCronSays() {
    fetched("acme/shop");
    assertThat(requests).hasValue(1);

    now = Instant.parse("2026-01-31T02:59:00Z");
    catalogs().refreshDue();
    assertThat(requests).as("not before 03:00 UTC").hasValue(1);

    now = Instant.parse("2026-01-31T03:00:30Z");
    catalogs().refreshDue();
    assertThat(requests).hasValue(2);
    catalogs().refreshDue();
    assertThat(requests).as("the next is a day away").hasValue(2);
  }

  @Test
  void aRepositorySeesOnlyWhatItsOwnConfigurationFetched() {
    assertThat(fetched("acme/shop")).isInstanceOf(CatalogState.Present.class);

    assertThat(catalogs().catalogOf(ForgeKind.GITHUB, "mallory/shop", database("0 3 * * *")))
        .isInstanceOf(CatalogState.Missing.class);
    assertThat(catalogs().catalogOf(ForgeKind.GITLAB, "acme/shop", database("0 3 * * *")))
        .isInstanceOf(CatalogState.Missing.class);
  }

  @Test
  void whatNobodyAsksForIsFetchedNoMore() {
    fetched("acme/shop");
    now = EVENING.plus(Duration.ofDays(91));
    catalogs().refreshDue();
    int last = requests.get();

    now = now.plus(Duration.ofDays(2));
    catalogs().refreshDue();

    assertThat(requests).hasValue(last);
  }

  private CatalogState fetched(String repository) {
    catalogs().catalogOf(ForgeKind.GITHUB, repository, database("0 3 * * *"));
    catalogs().refreshDue();
    return catalogs().catalogOf(ForgeKind.GITHUB, repository, database("0 3 * * *"));
  }

  private CatalogUrls catalogs() {
    CatalogStore store = new CatalogStore(directory.resolve("catalogs"));
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    return new CatalogUrls(
        new CatalogSchedule(storage),
        store,
        new UrlCatalogSource(store, true, name -> Optional.empty(), clock),
        clock);
  }

  private Database database(String cron) {
    String url = "http://127.0.0.1:" + http.getAddress().getPort() + "/catalog.json";
    return new Database(
        "main",
        Engine.POSTGRESQL,
        OptionalInt.empty(),
        Optional.of(new CatalogSource.Url(url, Optional.empty(), cron)),
        Duration.ofDays(7),
        List.of(),
        List.of());
  }
}
