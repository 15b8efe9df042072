package dev.plimsoll.forge.github;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeException.Kind;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;
import org.kohsuke.github.GHApp;
import org.kohsuke.github.GHAppFromManifest;
import org.kohsuke.github.GHAppInstallation;
import org.kohsuke.github.GHAppInstallationToken;
import org.kohsuke.github.GHEventPayload;
import org.kohsuke.github.GHFileNotFoundException;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.GitHubAbuseLimitHandler;
import org.kohsuke.github.GitHubBuilder;
import org.kohsuke.github.GitHubRateLimitHandler;
import org.kohsuke.github.HttpException;
import org.kohsuke.github.connector.GitHubConnector;
import org.kohsuke.github.extras.okhttp3.OkHttpGitHubConnector;

/** What the app does as itself: says who it is, finds its installations, takes their tokens. */
final class AppAccess {

  /** A token lives for an hour; it is renewed so long before its end. */
  private static final Duration RENEWED_BEFORE_END = Duration.ofMinutes(10);

  private final GitHub github;
  private final Installations installations;
  private final LoadingCache<Long, Token> tokens;
  private volatile Optional<GHApp> app = Optional.empty();

  /**
   * @param permissions what was granted: {@code contents} to {@code read}
   */
  record Token(long installation, String value, Instant expires, Map<String, String> permissions) {
    boolean mayWrite(String permission) {
      return "write".equalsIgnoreCase(permissions.get(permission));
    }

    @Override
    public String toString() {
      return "Token[of installation " + installation + "]";
    }
  }

  AppAccess(GitHubApp app, Installations installations, OkHttpClient http, Clock clock) {
    AppJwt jwt = new AppJwt(app, clock);
    this.installations = installations;
    this.github = client(app.apiUrl(), http, () -> "Bearer " + jwt.sign());
    this.tokens = Caffeine.newBuilder()
        .maximumSize(10_000)
        .expireAfter(Expiry.<Long, Token>creating((id, token) ->
            Duration.between(clock.instant(), token.expires()).minus(RENEWED_BEFORE_END)))
        .ticker(() -> Duration.between(Instant.EPOCH, clock.instant()).toNanos())
        .build(this::newToken);
  }

  private static GitHub client(URI apiUrl, OkHttpClient http, Supplier<String> authorization) {
    try {
      return new GitHubBuilder()
          .withEndpoint(apiUrl.toString())
          .withAuthorizationProvider(authorization::get)
          .withConnector(withoutWaiting(new OkHttpGitHubConnector(http)))
          .withRateLimitHandler(GitHubRateLimitHandler.FAIL)
          .withAbuseLimitHandler(GitHubAbuseLimitHandler.FAIL)
          .build();
    } catch (IOException e) {
      throw new IllegalStateException("A GitHub client could not be made", e);
    }
  }

  /** The library sleeps and tries again after the socket's own exceptions; as plain ones it lets them through. */
  private static GitHubConnector withoutWaiting(GitHubConnector connector) {
    return request -> {
      try {
        return connector.send(request);
      } catch (IOException e) {
        throw new IOException("GitHub does not answer: " + e.getMessage(), e);
      }
    };
  }

  Token token(String repository) {
    Optional<Long> remembered = installations.of(repository);
    try {
      return tokens.get(remembered.orElseGet(() -> find(repository)));
    } catch (ForgeException e) {
      if (e.kind() != Kind.NOT_FOUND || remembered.isEmpty()) {
        throw e;
      }
      // Installed anew since: the number has changed
      installations.forget(repository);
      return tokens.get(find(repository));
    }
  }

  /** GitHub has refused it: the next one is asked for anew. */
  void refused(Token token) {
    tokens.asMap().remove(token.installation(), token);
  }

  private long find(String repository) {
    String[] name = repository.split("/", 2);
    long id = as(
        "Plimsoll's installation in " + repository,
        () -> app().getInstallationByRepository(name[0], name[1]).getId());
    installations.remember(repository, id);
    return id;
  }

  private Token newToken(long installation) {
    return as("A token of installation " + installation, () -> {
      // An installation that is read from JSON costs no call
      GHAppInstallation known = github
          .parseEventPayload(
              new StringReader("{\"installation\":{\"id\":" + installation + "}}"),
              GHEventPayload.Ping.class)
          .getInstallation();
      GHAppInstallationToken token = known.createToken().create();
      return new Token(
          installation, token.getToken(), token.getExpiresAt(), token.getPermissions());
    });
  }

  private GHApp app() throws IOException {
    Optional<GHApp> known = app;
    if (known.isPresent()) {
      return known.get();
    }
    GHApp asked = github.getApp();
    app = Optional.of(asked);
    return asked;
  }

  GitHubIdentity identity() {
    return as("The app itself", () -> {
      app = Optional.empty();
      GHApp self = app();
      List<String> events = self.getEvents().stream()
          .map(e -> e.name().toLowerCase(java.util.Locale.ROOT))
          .toList();
      return new GitHubIdentity(
          self.getId(), self.getSlug(), self.getName(), self.getPermissions(), events);
    });
  }

  static GitHubIdentity.Registered register(URI apiUrl, String code, OkHttpClient http) {
    if (!code.matches("[A-Za-z0-9_-]{1,200}")) {
      throw new ForgeException(Kind.REFUSED, "This is not a code of GitHub's app registration");
    }
    return as("The app's registration (its code is good for one hour, and once)", () -> {
      GitHub anonymous = new GitHubBuilder()
          .withEndpoint(apiUrl.toString())
          .withConnector(withoutWaiting(new OkHttpGitHubConnector(http)))
          .build();
      GHAppFromManifest made = anonymous.createAppFromManifest(code);
      return new GitHubIdentity.Registered(
          made.getId(),
          made.getSlug(),
          made.getHtmlUrl().toString(),
          made.getPem(),
          made.getWebhookSecret());
    });
  }

  private interface LibraryCall<T> {
    T run() throws IOException;
  }

  private static <T> T as(String what, LibraryCall<T> call) {
    try {
      return call.run();
    } catch (GHFileNotFoundException e) {
      throw new ForgeException(
          Kind.NOT_FOUND,
          what + " is not known to GitHub: is the app installed there?",
          Optional.empty(),
          e);
    } catch (HttpException e) {
      int status = e.getResponseCode();
      Kind kind = status == 429 || status >= 500 || status < 0
          ? Kind.RETRY_LATER
          : status == 404
              ? Kind.NOT_FOUND
              : status == 401 || status == 403 ? limitOrForbidden(e) : Kind.REFUSED;
      throw new ForgeException(
          kind,
          what + " was refused by GitHub (" + status + "): "
              + Errors.brief(String.valueOf(e.getMessage())),
          Optional.empty(),
          e);
    } catch (NullPointerException e) {
      // The library's getters throw it when a part is missing
      throw new ForgeException(
          Kind.RETRY_LATER, what + ": GitHub's answer lacks a part", Optional.empty(), e);
    } catch (IOException e) {
      throw new ForgeException(
          Kind.RETRY_LATER,
          what + " could not be had: " + Errors.brief(String.valueOf(e.getMessage())),
          Optional.empty(),
          e);
    }
  }

  private static Kind limitOrForbidden(HttpException e) {
    return String.valueOf(e.getMessage()).toLowerCase(java.util.Locale.ROOT).contains("rate limit")
        ? Kind.RETRY_LATER
        : Kind.FORBIDDEN;
  }
}
