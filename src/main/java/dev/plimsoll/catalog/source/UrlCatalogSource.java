package dev.plimsoll.catalog.source;

import dev.plimsoll.catalog.Bytes;
import dev.plimsoll.catalog.CatalogProblem;
import dev.plimsoll.catalog.CatalogReading;
import dev.plimsoll.catalog.file.BoundedInput;
import dev.plimsoll.catalog.file.CatalogFile;
import dev.plimsoll.catalog.file.CatalogLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Fetches catalogs from web servers and keeps the last good one of each. HTTPS only; directly, without a proxy, so that the address that is
 * judged is the one that is asked. A redirect is followed on the same host only, for the token goes with it.
 */
public final class UrlCatalogSource {

  /** For the whole of it: names, connection, answer, redirects apart. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(2);

  private static final int MAX_REDIRECTS = 5;

  /**
   * Where a catalog is.
   *
   * @param tokenVariable the environment variable with the bearer token: {@code PLIMSOLL_CATALOG_TOKEN} or one that begins with that and an
   *     underscore
   */
  public record Target(String url, Optional<String> tokenVariable) {}

  private final CatalogStore store;
  private final boolean allowPrivateAddresses;
  private final Function<String, Optional<String>> environment;
  private final Clock clock;
  private final CatalogLimits limits;
  private final AddressPolicy policy;
  private final OkHttpClient client;

  /**
   * @param allowPrivateAddresses whether catalogs may come from this network and this machine; without it a repository's configuration could
   *     make the server ask its own network
   * @param environment the server's environment variables
   */
  public UrlCatalogSource(
      CatalogStore store,
      boolean allowPrivateAddresses,
      Function<String, Optional<String>> environment,
      Clock clock) {
    this(store, allowPrivateAddresses, environment, clock, CatalogLimits.DEFAULT, DEFAULT_TIMEOUT);
  }

  /**
   * @param limits also bound the text that is fetched, decompressed
   * @param timeout for the whole of one request and its answer
   */
  public UrlCatalogSource(
      CatalogStore store,
      boolean allowPrivateAddresses,
      Function<String, Optional<String>> environment,
      Clock clock,
      CatalogLimits limits,
      Duration timeout) {
    this(
        store,
        allowPrivateAddresses,
        environment,
        clock,
        limits,
        new OkHttpClient(),
        Dns.SYSTEM,
        timeout);
  }

  /** With another client, such as one that trusts a test's certificate, and other names. */
  UrlCatalogSource(
      CatalogStore store,
      boolean allowPrivateAddresses,
      Function<String, Optional<String>> environment,
      Clock clock,
      CatalogLimits limits,
      OkHttpClient base,
      Dns names,
      Duration timeout) {
    this.store = store;
    this.allowPrivateAddresses = allowPrivateAddresses;
    this.environment = environment;
    this.clock = clock;
    this.limits = limits;
    this.policy = new AddressPolicy(names, allowPrivateAddresses);
    this.client = base.newBuilder()
        .dns(policy)
        .proxy(Proxy.NO_PROXY)
        .followRedirects(false)
        .followSslRedirects(false)
        .callTimeout(timeout)
        .connectTimeout(Duration.ofSeconds(15))
        .readTimeout(Duration.ofSeconds(30))
        .build();
  }

  /**
   * Asks for a newer catalog.
   *
   * @param source the name under which the store keeps it
   */
  public RefreshResult refresh(String source, Target target) {
    try {
      Outcome outcome = attempt(source, target);
      if (outcome instanceof Outcome.Done done) {
        return done.result();
      }
      return failed(source, ((Outcome.Refused) outcome).reason());
    } catch (IOException e) {
      return failed(source, reason(e));
    }
  }

  private sealed interface Outcome {
    record Done(RefreshResult result) implements Outcome {}

    record Refused(String reason) implements Outcome {}
  }

  private Outcome attempt(String source, Target target) throws IOException {
    HttpUrl url = HttpUrl.parse(target.url());
    Optional<String> objection = objection(url);
    if (url == null || objection.isPresent()) {
      return new Outcome.Refused(objection.orElse("the address is no URL"));
    }
    CatalogToken token = CatalogToken.of(target.tokenVariable(), url.host(), environment);
    if (token instanceof CatalogToken.Refused refused) {
      return new Outcome.Refused(refused.reason());
    }
    // The client does not look up a host that is an address itself.
    policy.lookup(url.host());
    String origin = withoutQuery(url);
    Optional<CatalogStore.Entry> kept =
        store.entry(source).filter(e -> e.origin().equals(origin));
    HttpUrl at = url;
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      try (Response response = client.newCall(request(at, token, kept)).execute()) {
        if (!response.isRedirect()) {
          return answer(source, origin, kept, response);
        }
        HttpUrl next = at.resolve(response.header("Location", ""));
        if (next == null || !isSameServer(next, url)) {
          return new Outcome.Refused("the server redirects to "
              + (next == null
                  ? "no address"
                  : "another one, " + next.scheme() + "://" + next.host())
              + "; if that is right, put that address into the configuration");
        }
        at = next;
      }
    }
    return new Outcome.Refused("the server redirects more than " + MAX_REDIRECTS + " times");
  }

  private Optional<String> objection(HttpUrl url) {
    if (url == null) {
      return Optional.of("the address is no http or https URL");
    }
    boolean loopback = url.host().equals("localhost")
        || url.host().equals("::1")
        || url.host().matches("127\\.\\d+\\.\\d+\\.\\d+");
    if (!url.isHttps() && !(loopback && allowPrivateAddresses)) {
      return Optional.of("the address must begin with https://");
    }
    if (!url.username().isEmpty() || !url.password().isEmpty()) {
      return Optional.of(
          "the address holds a login; put a token into an environment variable that begins with "
              + CatalogToken.PREFIX + " and name that variable");
    }
    return Optional.empty();
  }

  private static Request request(
      HttpUrl url, CatalogToken token, Optional<CatalogStore.Entry> kept) {
    Request.Builder request = new Request.Builder()
        .url(url)
        .header("Accept", "application/json")
        .header("User-Agent", "plimsoll");
    if (token instanceof CatalogToken.Given given) {
      request.header("Authorization", "Bearer " + given.value());
    }
    kept.flatMap(CatalogStore.Entry::etag).ifPresent(etag -> request.header("If-None-Match", etag));
    return request.build();
  }

  private Outcome answer(
      String source, String origin, Optional<CatalogStore.Entry> kept, Response response)
      throws IOException {
    int code = response.code();
    if (code == 304 && kept.flatMap(CatalogStore.Entry::etag).isPresent()) {
      store.confirmed(source);
      return new Outcome.Done(new RefreshResult.NotModified(kept.get().fetchedAt()));
    }
    if (code == 401 || code == 403) {
      return new Outcome.Refused(
          "the server answers " + code + ": the token is missing, wrong or may not read the file");
    }
    if (code == 404) {
      return new Outcome.Refused(
          "the server answers 404: there is no file at this address, or the token may not see it");
    }
    if (code != 200) {
      return new Outcome.Refused("the server answers " + code);
    }
    Optional<String> etag =
        Optional.ofNullable(response.header("ETag")).filter(e -> e.length() <= 1_000);
    CatalogReading reading = store.put(source, origin, etag, clock.instant(), file -> {
      try (InputStream body =
          new BoundedInput(response.body().byteStream(), limits.bytes().value())) {
        Files.copy(body, file, StandardCopyOption.REPLACE_EXISTING);
      }
      return CatalogFile.read(file, limits);
    });
    return switch (reading) {
      case CatalogReading.Ok ok ->
        new Outcome.Done(new RefreshResult.Fetched(ok.catalog(), ok.warnings()));
      case CatalogReading.Bad bad ->
        new Outcome.Refused("what came is no catalog that can be read: "
            + bad.problems().stream()
                .limit(3)
                .map(CatalogProblem::toString)
                .collect(Collectors.joining("; ")));
    };
  }

  private RefreshResult failed(String source, String reason) {
    String noted = reason;
    try {
      store.failed(source, reason);
    } catch (IOException e) {
      noted = reason + " (and this cannot be noted in the data directory: " + e.getMessage() + ")";
    }
    return new RefreshResult.Failed(noted, store.entry(source).map(CatalogStore.Entry::fetchedAt));
  }

  private String reason(IOException e) {
    return switch (e) {
      case BoundedInput.TooLarge _ ->
        "the catalog is larger than " + new Bytes(limits.bytes().value());
      case AddressPolicy.Refused refused -> refused.getMessage();
      case UnknownHostException _ -> "the host cannot be found: " + e.getMessage();
      case InterruptedIOException _ -> "the server did not answer in time";
      default ->
        "the catalog cannot be fetched: " + e.getClass().getSimpleName() + ": " + e.getMessage();
    };
  }

  private static boolean isSameServer(HttpUrl a, HttpUrl b) {
    return a.scheme().equals(b.scheme()) && a.host().equals(b.host()) && a.port() == b.port();
  }

  /** What is kept and shown: a query may hold a signature. */
  private static String withoutQuery(HttpUrl url) {
    return url.newBuilder().query(null).fragment(null).build().toString();
  }
}
