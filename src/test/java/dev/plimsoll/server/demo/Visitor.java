package dev.plimsoll.server.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Somebody who looks at the demo's page without a browser. */
final class Visitor {

  private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([0-9a-f]{64})\"");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI home;
  private final HttpClient client =
      HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();

  Visitor(URI home) {
    this.home = home;
  }

  /** A pull request as the page shows it. */
  record Look(
      boolean settled,
      Map<String, String> checks,
      Map<String, String> titles,
      Map<String, String> parts) {
    String conversation() {
      return parts.get("timeline");
    }
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(home.resolve(path)));
  }

  /** As the page's forms do. */
  HttpResponse<String> post(String path, Map<String, String> form) {
    Map<String, String> all = new LinkedHashMap<>(form);
    all.putIfAbsent("token", token());
    return postWithout(path, all);
  }

  /** Only what is given: no token of the page. */
  HttpResponse<String> postWithout(String path, Map<String, String> form, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(home.resolve(path))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(encoded(form)));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  String token() {
    Matcher token = TOKEN.matcher(get("/changes/index").body());
    if (!token.find()) {
      throw new AssertionError("the page has no token");
    }
    return token.group(1);
  }

  void says(String login, String slug, String text) {
    HttpResponse<String> answer =
        post("/changes/" + slug + "/comments", Map.of("as", login, "body", text));
    if (answer.statusCode() != 303) {
      throw new AssertionError(
          "the comment was refused: " + answer.statusCode() + " " + answer.body());
    }
  }

  Look look(String slug) {
    try {
      JsonNode live = JSON.readTree(get("/changes/" + slug + "/live").body());
      return new Look(
          live.get("settled").asBoolean(),
          named(live, "state"),
          named(live, "title"),
          texts(live.get("parts")));
    } catch (IOException e) {
      throw new AssertionError("no JSON", e);
    }
  }

  /** Once nothing is on its way any more. */
  Look settled(String slug) {
    return when(slug, Look::settled);
  }

  Look when(String slug, Predicate<Look> is) {
    Instant end = Instant.now().plus(PATIENCE);
    Look look = look(slug);
    while (!is.test(look)) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError(
            "waited in vain; " + slug + " stands at " + look.titles() + "\n" + look.conversation());
      }
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      look = look(slug);
    }
    return look;
  }

  private static Map<String, String> named(JsonNode live, String field) {
    return StreamSupport.stream(live.get("checks").spliterator(), false)
        .collect(Collectors.toMap(c -> c.get("name").asText(), c -> c.get(field).asText()));
  }

  private static Map<String, String> texts(JsonNode parts) {
    return parts.properties().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().asText()));
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
