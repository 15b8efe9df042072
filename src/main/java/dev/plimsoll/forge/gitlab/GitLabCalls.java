package dev.plimsoll.forge.gitlab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeException.Kind;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Calls GitLab, once each. A limit that was met holds every further call back without asking. */
final class GitLabCalls {

  private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");
  private static final long JSON_BOUND = 64L * 1024 * 1024;

  private final GitLabSettings settings;
  private final OkHttpClient http;
  private final Clock clock;
  private final Errors errors;
  private volatile Instant pausedUntil = Instant.MIN;

  /**
   * @param body sent as JSON; absent for reads
   * @param raw the answer is a file, not JSON
   */
  private record Call(String method, HttpUrl url, Optional<Object> body, boolean raw, long bound) {
    boolean isRead() {
      return method.equals("GET");
    }

    String what() {
      return method + " " + url.encodedPath();
    }
  }

  /**
   * @param whole there is no further page
   */
  record Pages<T>(List<T> items, boolean whole) {}

  GitLabCalls(GitLabSettings settings, OkHttpClient http, Clock clock) {
    this.settings = settings;
    this.http = http;
    this.clock = clock;
    this.errors = new Errors(clock);
  }

  /**
   * @param path after {@code /api/v4/}, encoded, with its query
   */
  Reply get(String path) {
    return again(new Call("GET", url(path), Optional.empty(), false, JSON_BOUND));
  }

  /**
   * @param bound in bytes; a longer file is refused with status 413
   */
  Reply raw(String path, long bound) {
    return again(new Call("GET", url(path), Optional.empty(), true, bound));
  }

  Reply post(String path, Object body) {
    return send(new Call("POST", url(path), Optional.of(body), false, JSON_BOUND));
  }

  Reply put(String path, Object body) {
    return send(new Call("PUT", url(path), Optional.of(body), false, JSON_BOUND));
  }

  /** A list to its end, or so many pages of 100. */
  <T> Pages<T> pages(String path, TypeReference<List<T>> type, int mostPages) {
    List<T> all = new ArrayList<>();
    for (int page = 1; page <= mostPages; page++) {
      Reply.Good answer = get(path + (path.contains("?") ? "&" : "?") + "per_page=100&page=" + page)
          .orThrow();
      all.addAll(answer.as(type));
      if (answer.next().isEmpty()) {
        return new Pages<>(all, true);
      }
    }
    return new Pages<>(all, false);
  }

  private HttpUrl url(String path) {
    return HttpUrl.get(settings.apiUrl() + "/" + path);
  }

  /** A read whose connection was cut is tried once more. */
  private Reply again(Call call) {
    Reply first = send(call);
    boolean cut = first instanceof Reply.Lost lost && lost.why().getCause() instanceof IOException;
    return cut ? send(call) : first;
  }

  private Reply send(Call call) {
    Instant until = pausedUntil;
    if (clock.instant().isBefore(until)) {
      throw Errors.limited(until);
    }
    HttpUrl url = call.url();
    for (int redirects = 0; redirects <= 3; redirects++) {
      Request.Builder request = new Request.Builder()
          .url(url)
          .header("Accept", call.raw() ? "*/*" : "application/json")
          .header("PRIVATE-TOKEN", settings.token());
      try (Response response =
          http.newCall(request.method(call.method(), body(call)).build()).execute()) {
        Optional<HttpUrl> moved = moved(call, response);
        if (moved.isEmpty()) {
          return read(call, response);
        }
        url = moved.get();
      } catch (IOException e) {
        return new Reply.Lost(
            Errors.later(call.what(), Errors.brief(String.valueOf(e.getMessage())), e));
      }
    }
    throw new ForgeException(Kind.REFUSED, call.what() + " is redirected in a circle");
  }

  private static RequestBody body(Call call) {
    try {
      return call.body().isEmpty()
          ? null
          : RequestBody.create(Json.MAPPER.writeValueAsBytes(call.body().get()), JSON);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A request cannot be written", e);
    }
  }

  /** A renamed project. Reads follow, but never to another host, which would get the token. */
  private static Optional<HttpUrl> moved(Call call, Response response) {
    if (response.code() < 301 || response.code() > 308 || response.code() == 304) {
      return Optional.empty();
    }
    HttpUrl here = response.request().url();
    String location = response.header("Location");
    HttpUrl there = location == null ? null : here.resolve(location);
    boolean sameHost = there != null
        && there.host().equals(here.host())
        && there.port() == here.port()
        && there.isHttps() == here.isHttps();
    if (!call.isRead() || !sameHost) {
      throw new ForgeException(Kind.REFUSED, call.what() + " is redirected to another place");
    }
    return Optional.of(there);
  }

  private Reply read(Call call, Response response) throws IOException {
    int status = response.code();
    boolean file = call.raw() && status < 300;
    Optional<byte[]> whole = bounded(response, file ? call.bound() : JSON_BOUND);
    if (whole.isEmpty()) {
      return new Reply.Refused(413, call.what() + " answers with more than is read");
    }
    byte[] body = whole.get();
    Optional<JsonNode> json = file ? Optional.of(MissingNode.getInstance()) : json(body);
    String said = json.map(Errors::message).filter(m -> !m.isBlank()).orElse("status " + status);
    if (status == 429) {
      Instant until = errors.pause(response.headers());
      pausedUntil = until;
      throw Errors.limited(until);
    }
    if (status >= 500 || status == 408) {
      return new Reply.Lost(Errors.later(call.what(), "status " + status, null));
    }
    return switch (status) {
      case 401 -> throw Errors.unauthorized(call.what(), said);
      case 403 -> throw Errors.forbidden(call.what(), !call.isRead(), said);
      case 404, 410 -> new Reply.Missing(call.what() + " is not there: " + said, said);
      default -> {
        if (status >= 300) {
          yield new Reply.Refused(status, call.what() + " was refused (" + status + "): " + said);
        }
        yield json.<Reply>map(j -> new Reply.Good(j, body, next(response)))
            .orElseGet(() -> new Reply.Lost(Errors.later(
                call.what(), body.length == 0 ? "it is empty" : "it is no whole JSON", null)));
      }
    };
  }

  /** The next page's number or token. The host in a {@code Link} is not looked at: behind a proxy it may be another. */
  private static Optional<String> next(Response response) {
    for (String link : response.headers("Link")) {
      for (String part : link.split(",\\s*(?=<)")) {
        int end = part.indexOf('>');
        if (part.startsWith("<") && end > 0 && part.substring(end).contains("rel=\"next\"")) {
          return Optional.ofNullable(HttpUrl.parse(part.substring(1, end)))
              .map(u -> Optional.ofNullable(u.queryParameter("page_token"))
                  .orElse(String.valueOf(u.queryParameter("page"))));
        }
      }
    }
    return Optional.ofNullable(response.header("X-Next-Page")).filter(p -> !p.isBlank());
  }

  private static Optional<JsonNode> json(byte[] body) {
    try {
      return body.length == 0
          ? Optional.empty()
          : Optional.of(Json.MAPPER.readTree(body)).filter(JsonNode::isContainerNode);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> bounded(Response response, long bound) throws IOException {
    okio.BufferedSource source = response.body().source();
    return source.request(bound + 1) ? Optional.empty() : Optional.of(source.readByteArray());
  }
}
