package dev.plimsoll.catalog.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plimsoll.catalog.Bytes;
import dev.plimsoll.catalog.CatalogState;
import dev.plimsoll.catalog.file.CatalogLimits;
import dev.plimsoll.catalog.source.UrlCatalogSource.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UrlCatalogSourceTest {

  private static final String SOURCE = "acme/shop main";
  private static final Instant NIGHT = Instant.parse("2026-01-31T02:00:00Z");
  private static final Map<String, String> ENVIRONMENT =
      Map.of("PLIMSOLL_CATALOG_TOKEN", "t0k3n", "PLIMSOLL_GITHUB_PRIVATE_KEY", "the key");

  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private record Seen(String path, Optional<String> authorization, Optional<String> ifNoneMatch) {}

  @TempDir
  private Path directory;

  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final List<HttpServer> servers = new ArrayList<>();
  private HttpServer server;
  private volatile Answer answer;
  private CatalogStore store;

  @BeforeEach
  void start() throws IOException {
    server = server();
    store = new CatalogStore(directory);
  }

  @AfterEach
  void stop() {
    servers.forEach(s -> s.stop(0));
  }

  @Test
  void fetchesACatalogAndKeepsIt() {
    answer = exchange -> send(exchange, 200, CatalogStoreTest.catalog("orders"));

    RefreshResult result = source().refresh(SOURCE, target("/shop.json?signature=abc"));

    assertThat(result)
        .isInstanceOfSatisfying(
            RefreshResult.Fetched.class,
            fetched -> assertThat(fetched.catalog().tables()).hasSize(1));
    assertThat(store.state(SOURCE))
        .isInstanceOfSatisfying(
            CatalogState.Present.class,
            present -> assertThat(present.origin())
                .as("a signature is a secret")
                .isEqualTo(url("/shop.json")));
    assertThat(seen)
        .containsExactly(new Seen("/shop.json?signature=abc", Optional.empty(), Optional.empty()));
  }

  @Test
  void asksOnlyForWhatIsNew() {
    answer = exchange -> {
      exchange.getResponseHeaders().set("ETag", "\"v1\"");
      boolean same = "\"v1\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
      send(exchange, same ? 304 : 200, same ? new byte[0] : CatalogStoreTest.catalog("orders"));
    };
    source().refresh(SOURCE, target("/shop.json"));

    assertThat(source().refresh(SOURCE, target("/shop.json")))
        .isEqualTo(new RefreshResult.NotModified(NIGHT));

    assertThat(seen)
        .extracting(Seen::ifNoneMatch)
        .containsExactly(Optional.empty(), Optional.of("\"v1\""));
    assertThat(store.state(SOURCE)).isInstanceOf(CatalogState.Present.class);
  }

  @Test
  void forgetsTheETagWhenTheAddressChanges() {
    answer = exchange -> {
      exchange.getResponseHeaders().set("ETag", "\"v1\"");
      send(exchange, 200, CatalogStoreTest.catalog("orders"));
    };
    source().refresh(SOURCE, target("/shop.json"));
    source().refresh(SOURCE, target("/other.json"));

    assertThat(seen)
        .extracting(Seen::ifNoneMatch)
        .containsExactly(Optional.empty(), Optional.empty());
  }

  @Test
  void doesNotTakeNotModifiedForAnAnswerToWhatItDidNotAsk() {
    answer = exchange -> send(exchange, 304, new byte[0]);

    assertThat(source().refresh(SOURCE, target("/shop.json")))
        .isEqualTo(new RefreshResult.Failed("the server answers 304", Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 500, 503, 204})
  void keepsTheLastGoodOneWhenTheServerFails(int code) {
    answer = exchange -> send(exchange, 200, CatalogStoreTest.catalog("orders"));
    source().refresh(SOURCE, target("/shop.json"));
    answer = exchange -> send(exchange, code, new byte[0]);

    RefreshResult result = source().refresh(SOURCE, target("/shop.json"));

    assertThat(result).isInstanceOfSatisfying(RefreshResult.Failed.class, failed -> {
      assertThat(failed.reason()).contains("" + code);
      assertThat(failed.keptSince()).contains(NIGHT);
    });
    assertThat(store.state(SOURCE))
        .isInstanceOfSatisfying(
            CatalogState.Present.class,
            present -> assertThat(present.warning().orElseThrow()).contains("" + code));
  }

  @Test
  void keepsTheLastGoodOneWhenSomethingElseComes() {
    answer = exchange -> send(exchange, 200, CatalogStoreTest.catalog("orders"));
    source().refresh(SOURCE, target("/shop.json"));
    answer = exchange -> send(
        exchange,
        200,
        "<html>Please log in</html>".getBytes(java.nio.charset.StandardCharsets.UTF_8));

    assertThat(source().refresh(SOURCE, target("/shop.json")))
        .isInstanceOfSatisfying(
            RefreshResult.Failed.class,
            failed -> assertThat(failed.reason())
                .contains("no catalog that can be read")
                .contains("line 1"));
    assertThat(store.state(SOURCE)).isInstanceOf(CatalogState.Present.class);
  }

  @Test
  void sendsTheTokenThatTheConfigurationNames() {
    answer = exchange -> send(exchange, 200, CatalogStoreTest.catalog("orders"));

    source().refresh(SOURCE, new Target(url("/shop.json"), Optional.of("PLIMSOLL_CATALOG_TOKEN")));

    assertThat(seen).extracting(Seen::authorization).containsExactly(Optional.of("Bearer t0k3n"));
  }

  @Test
  void sendsNoOtherSecretOfTheServer() {
    RefreshResult result = source()
        .refresh(SOURCE, new Target(url("/shop.json"), Optional.of("PLIMSOLL_GITHUB_PRIVATE_KEY")));

    assertThat(result).isInstanceOf(RefreshResult.Failed.class);
    assertThat(seen).isEmpty();
  }

  @Test
  void followsARedirectOnTheSameServer() {
    answer = exchange -> {
      boolean first = exchange.getRequestURI().getPath().equals("/latest");
      exchange.getResponseHeaders().set("Location", "/shop-2026-01-31.json");
      send(exchange, first ? 302 : 200, first ? new byte[0] : CatalogStoreTest.catalog("orders"));
    };

    assertThat(source()
            .refresh(SOURCE, new Target(url("/latest"), Optional.of("PLIMSOLL_CATALOG_TOKEN"))))
        .isInstanceOf(RefreshResult.Fetched.class);
    assertThat(seen).extracting(Seen::path).containsExactly("/latest", "/shop-2026-01-31.json");
  }

  @Test
  void followsNoRedirectToAnotherServer() throws IOException {
    HttpServer other = server();
    answer = exchange -> {
      exchange
          .getResponseHeaders()
          .set("Location", "http://127.0.0.1:" + other.getAddress().getPort() + "/stolen");
      send(exchange, 302, new byte[0]);
    };

    RefreshResult result = source()
        .refresh(SOURCE, new Target(url("/shop.json"), Optional.of("PLIMSOLL_CATALOG_TOKEN")));

    assertThat(result)
        .isInstanceOfSatisfying(
            RefreshResult.Failed.class,
            failed -> assertThat(failed.reason())
                .contains("redirects to another one")
                .doesNotContain("t0k3n"));
    assertThat(seen).hasSize(1);
  }

  @Test
  void followsNoRedirectInACircle() {
    answer = exchange -> {
      exchange.getResponseHeaders().set("Location", "/again");
      send(exchange, 302, new byte[0]);
    };

    assertThat(source().refresh(SOURCE, target("/shop.json")))
        .isInstanceOfSatisfying(
            RefreshResult.Failed.class,
            failed -> assertThat(failed.reason()).contains("more than 5 times"));
  }

  @Test
  void readsCompressedAnswersAndStopsAtTheBoundOfTheText() {
    answer = exchange -> {
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      send(exchange, 200, gzip(CatalogStoreTest.catalog("orders")));
    };
    assertThat(source().refresh(SOURCE, target("/shop.json")))
        .isInstanceOf(RefreshResult.Fetched.class);

    answer = exchange -> {
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      send(exchange, 200, gzip(new byte[50_000_000]));
    };
    assertThat(source().refresh(SOURCE, target("/shop.json")))
        .isInstanceOfSatisfying(
            RefreshResult.Failed.class,
            failed -> assertThat(failed.reason()).isEqualTo("the catalog is larger than 1 MB"));
  }

  @Test
  void stopsAtAnAnswerWithoutEnd() {
    answer = exchange -> {
      exchange.sendResponseHeaders(200, 0);
      try (OutputStream out = exchange.getResponseBody()) {
        for (int i = 0; i < 100_000; i++) {
          out.write(new byte[1_000]);
        }
      }
    };

    assertThat(source().refresh(SOURCE, target("/shop.json")))
        .isInstanceOfSatisfying(
            RefreshResult.Failed.class,
            failed -> assertThat(failed.reason()).isEqualTo("the catalog is larger than 1 MB"));
  }

  @Test
  void doesNotWaitForAServerThatTrickles() {
    answer = exchange -> {
      exchange.sendResponseHeaders(200, 0);
      try (OutputStream out = exchange.getResponseBody()) {
        for (int i = 0; i < 100; i++) {
          out.write(' ');
          out.flush();
          Thread.sleep(100);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };

    Instant before = Instant.now();
    RefreshResult result = source().refresh(SOURCE, target("/shop.json"));

    assertThat(result)
        .isInstanceOfSatisfying(
            RefreshResult.Failed.class,
            failed -> assertThat(failed.reason()).isEqualTo("the server did not answer in time"));
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://files.example.com/shop.json",
        "ftp://files.example.com/shop.json",
        "file:///etc/passwd",
        "shop.json",
        "",
        "https://eve:secret@files.example.com/shop.json"
      })
  void asksNoAddressThatIsNotHttps(String url) {
    assertThat(source().refresh(SOURCE, new Target(url, Optional.empty())))
        .isInstanceOf(RefreshResult.Failed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "[::1]",
        "169.254.169.254",
        "10.0.0.1",
        "[::ffff:10.0.0.1]",
        "0x7f.1",
        "2130706433"
      })
  void asksNoPrivateAddressUnlessTheOperatorAllowsIt(String host) {
    RefreshResult result = source(false, Dns.SYSTEM)
        .refresh(SOURCE, new Target("https://" + host + "/shop.json", Optional.empty()));

    assertThat(result).isInstanceOf(RefreshResult.Failed.class);
    assertThat(((RefreshResult.Failed) result).reason())
        .containsAnyOf("private to this network", "cannot be found", "no http or https URL");
  }

  @Test
  void asksNoNameThatLeadsToAPrivateAddress() {
    Dns names = host -> List.of(InetAddress.getLoopbackAddress());

    RefreshResult result = source(false, names)
        .refresh(
            SOURCE,
            new Target(
                "https://files.example.com:" + server.getAddress().getPort() + "/shop.json",
                Optional.empty()));

    assertThat(result)
        .isInstanceOfSatisfying(
            RefreshResult.Failed.class,
            failed -> assertThat(failed.reason())
                .contains("files.example.com has an address that is private"));
    assertThat(seen).isEmpty();
  }

  @Test
  void judgesTheAddressThatTheConnectionUsesAndNotOneBefore() {
    List<InetAddress> answers = new ArrayList<>(List.of(address("93.184.216.34")));
    Dns rebinding = host -> answers.isEmpty()
        ? List.of(InetAddress.getLoopbackAddress())
        : List.of(answers.removeFirst());

    RefreshResult result = source(false, rebinding)
        .refresh(
            SOURCE,
            new Target(
                "https://files.example.com:" + server.getAddress().getPort() + "/shop.json",
                Optional.empty()));

    assertThat(result)
        .isInstanceOfSatisfying(
            RefreshResult.Failed.class,
            failed -> assertThat(failed.reason()).contains("has an address that is private"));
  }

  @Test
  void saysThatNobodyAnswers() {
    String gone = url("/shop.json");
    server.stop(0);

    assertThat(source().refresh(SOURCE, new Target(gone, Optional.empty())))
        .isInstanceOfSatisfying(
            RefreshResult.Failed.class,
            failed -> assertThat(failed.reason()).contains("cannot be fetched"));
  }

  private UrlCatalogSource source() {
    return source(true, Dns.SYSTEM);
  }

  private UrlCatalogSource source(boolean allowPrivateAddresses, Dns names) {
    return new UrlCatalogSource(
        store,
        allowPrivateAddresses,
        name -> Optional.ofNullable(ENVIRONMENT.get(name)),
        Clock.fixed(NIGHT, ZoneOffset.UTC),
        CatalogLimits.DEFAULT.withBytes(Bytes.mebibytes(1)),
        new OkHttpClient(),
        names,
        Duration.ofSeconds(3));
  }

  private Target target(String path) {
    return new Target(url(path), Optional.empty());
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private HttpServer server() throws IOException {
    HttpServer started =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    started.createContext("/", exchange -> {
      seen.add(new Seen(
          exchange.getRequestURI().toString(),
          Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
          Optional.ofNullable(exchange.getRequestHeaders().getFirst("If-None-Match"))));
      try (exchange) {
        answer.to(exchange);
      }
    });
    started.start();
    servers.add(started);
    return started;
  }

  private static void send(HttpExchange exchange, int code, byte[] body) throws IOException {
    exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  private static byte[] gzip(byte[] text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text);
    }
    return out.toByteArray();
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (IOException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
