package dev.plimsoll.forge.github;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeException.Kind;
import dev.plimsoll.forge.github.AppAccess.Token;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Calls on repositories, each with its installation's token. Never waits: where GitHub asks for patience, it throws. */
final class GitHubCalls {

  private static final MediaType JSON = MediaType.get("application/json");
  private static final String ACCEPT_JSON = "application/vnd.github+json";
  private static final String ACCEPT_RAW = "application/vnd.github.raw+json";
  private static final long JSON_BOUND = 32L * 1024 * 1024;

  private final GitHubApp app;
  private final AppAccess access;
  private final OkHttpClient http;
  private final Clock clock;
  private final Errors errors;
  private final Map<Long, Instant> pausedUntil = new ConcurrentHashMap<>();

  /**
   * @param body sent as JSON; absent for reads
   */
  private record Call(
      String method, HttpUrl url, String accept, Optional<Object> body, long bound) {
    boolean isRead() {
      return method.equals("GET");
    }

    String what() {
      return method + " " + url.encodedPath();
    }
  }

  GitHubCalls(GitHubApp app, AppAccess access, OkHttpClient http, Clock clock) {
    this.app = app;
    this.access = access;
    this.http = http;
    this.clock = clock;
    this.errors = new Errors(clock);
  }

  /**
   * @param path after {@code /repos/OWNER/NAME/}, with its query
   */
  Reply get(String repository, String path) {
    return again(
        repository,
        new Call(
            "GET", repositoryUrl(repository, path), ACCEPT_JSON, Optional.empty(), JSON_BOUND));
  }

  /** A read outside of the repository, with the repository's token. */
  Reply getAt(String repository, String path) {
    return again(repository, new Call("GET", url(path), ACCEPT_JSON, Optional.empty(), JSON_BOUND));
  }

  /**
   * @param bound in bytes; more is refused
   */
  byte[] raw(String repository, String path, long bound) {
    return again(
            repository,
            new Call("GET", repositoryUrl(repository, path), ACCEPT_RAW, Optional.empty(), bound))
        .orThrow()
        .body();
  }

  Reply post(String repository, String path, Object body) {
    return send(
        repository,
        new Call(
            "POST", repositoryUrl(repository, path), ACCEPT_JSON, Optional.of(body), JSON_BOUND));
  }

  Reply patch(String repository, String path, Object body) {
    return send(
        repository,
        new Call(
            "PATCH", repositoryUrl(repository, path), ACCEPT_JSON, Optional.of(body), JSON_BOUND));
  }

  /** A GraphQL query; it is a read, so a cut connection is tried once more. */
  GraphQl.Answer query(String repository, String document, Map<String, Object> variables) {
    return GraphQl.answer(
        again(repository, graphql(document, variables)).orThrow().json());
  }

  GraphQl.Answer mutate(String repository, String document, Map<String, Object> variables) {
    return GraphQl.answer(
        send(repository, graphql(document, variables)).orThrow().json());
  }

  private Call graphql(String document, Map<String, Object> variables) {
    return new Call(
        "POST",
        HttpUrl.get(app.graphqlUrl().toString()),
        ACCEPT_JSON,
        Optional.of(Map.of("query", document, "variables", variables)),
        JSON_BOUND);
  }

  boolean mayWrite(String repository, String permission) {
    return access.token(repository).mayWrite(permission);
  }

  private HttpUrl repositoryUrl(String repository, String path) {
    return url("repos/" + repository + "/" + path);
  }

  private HttpUrl url(String path) {
    return HttpUrl.get(app.apiUrl() + "/" + path);
  }

  private Reply again(String repository, Call call) {
    Reply first = send(repository, call);
    boolean cut = first instanceof Reply.Lost lost && lost.why().getCause() instanceof IOException;
    return cut ? send(repository, call) : first;
  }

  private Reply send(String repository, Call call) {
    Token token = access.token(repository);
    Instant until = pausedUntil.getOrDefault(token.installation(), Instant.MIN);
    if (clock.instant().isBefore(until)) {
      throw Errors.limited(until);
    }
    Optional<Reply> reply = sendWith(token, call);
    if (reply.isEmpty()) {
      access.refused(token);
      reply = sendWith(access.token(repository), call);
    }
    return reply.orElseThrow(() -> new ForgeException(
        Kind.FORBIDDEN,
        call.what() + ": GitHub does not accept the app's token, not even a new one"));
  }

  /** Empty: the token is not accepted. */
  private Optional<Reply> sendWith(Token token, Call call) {
    HttpUrl url = call.url();
    for (int redirects = 0; redirects <= 3; redirects++) {
      Request.Builder request = new Request.Builder()
          .url(url)
          .header("Accept", call.accept())
          .header("Authorization", "Bearer " + token.value());
      try (Response response =
          http.newCall(request.method(call.method(), body(call)).build()).execute()) {
        Optional<HttpUrl> moved = moved(response);
        if (moved.isPresent()) {
          url = moved.get();
          continue;
        }
        if (response.code() == 401) {
          return Optional.empty();
        }
        return Optional.of(read(token, call, response));
      } catch (IOException e) {
        return Optional.of(new Reply.Lost(
            Errors.later(call.what(), Errors.brief(String.valueOf(e.getMessage())), e)));
      }
    }
    throw new ForgeException(Kind.REFUSED, call.what() + " is redirected in a circle");
  }

  private static RequestBody body(Call call) {
    try {
      return call.body().isEmpty()
          ? null
          : RequestBody.create(Json.REST.writeValueAsBytes(call.body().get()), JSON);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A request cannot be written", e);
    }
  }

  /** A renamed repository. The same call is made at its new place, but never on another host, which would get the token. */
  private Optional<HttpUrl> moved(Response response) {
    if (response.code() != 301
        && response.code() != 302
        && response.code() != 307
        && response.code() != 308) {
      return Optional.empty();
    }
    HttpUrl here = response.request().url();
    String location = response.header("Location");
    HttpUrl there = location == null ? null : here.resolve(location);
    if (there == null
        || !there.host().equals(here.host())
        || there.port() != here.port()
        || there.isHttps() != here.isHttps()) {
      throw new ForgeException(
          Kind.REFUSED, "GET " + here.encodedPath() + " is redirected to another place");
    }
    return Optional.of(there);
  }

  private Reply read(Token token, Call call, Response response) throws IOException {
    byte[] body = bounded(call, response);
    int status = response.code();
    boolean raw = call.accept().equals(ACCEPT_RAW) && status < 300;
    Optional<JsonNode> json = raw ? Optional.of(MissingNode.getInstance()) : json(body);
    String message = json.map(Errors::message).filter(m -> !m.isBlank()).orElse("status " + status);

    Optional<Instant> pause =
        errors.pause(status, response.headers(), raw ? "" : graphqlOrOwn(status, json, message));
    if (pause.isPresent()) {
      pausedUntil.put(token.installation(), pause.get());
      throw Errors.limited(pause.get());
    }
    if (status >= 500) {
      return new Reply.Lost(Errors.later(call.what(), "status " + status, null));
    }
    if (status == 403) {
      // A permission that was granted meanwhile is in the next token only
      access.refused(token);
      throw Errors.forbidden(call.what(), response.headers(), message);
    }
    if (status == 404 || status == 410) {
      return new Reply.Missing(call.what() + " is not there: " + message);
    }
    if (status >= 300) {
      return new Reply.Refused(status, call.what() + " was refused (" + status + "): " + message);
    }
    if (json.isEmpty()) {
      return new Reply.Lost(Errors.later(
          call.what(), body.length == 0 ? "it is empty" : "it is no whole JSON", null));
    }
    String link = response.header("Link", "");
    return new Reply.Good(json.get(), body, link.contains("rel=\"next\""));
  }

  /** GraphQL reports its limits in a good answer. */
  private static String graphqlOrOwn(int status, Optional<JsonNode> json, String message) {
    return status != 200
        ? message
        : json.filter(GraphQl::isLimited)
            .map(Errors::message)
            .map(m -> m + " rate limit")
            .orElse("");
  }

  private static Optional<JsonNode> json(byte[] body) {
    try {
      return body.length == 0
          ? Optional.empty()
          : Optional.of(Json.REST.readTree(body)).filter(JsonNode::isContainerNode);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static byte[] bounded(Call call, Response response) throws IOException {
    okio.BufferedSource source = response.body().source();
    if (source.request(call.bound() + 1)) {
      throw new ForgeException(
          Kind.REFUSED, call.what() + " answers with more than " + call.bound() + " bytes");
    }
    return source.readByteArray();
  }
}
