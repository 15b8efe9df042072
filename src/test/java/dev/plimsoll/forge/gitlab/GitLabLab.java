package dev.plimsoll.forge.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A stand-in for GitLab that keeps real repositories, refuses what GitLab refuses, and can misbehave. It is a Node program: the environment's
 * {@code PLIMSOLL_FORGE_LAB} names its directory, with its packages installed.
 */
final class GitLabLab implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final HttpServer receiver;
  private final HttpClient http = HttpClient.newHttpClient();
  private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
  private final JsonNode info;

  record Delivery(Function<String, Optional<String>> header, byte[] body) {
    String event() {
      return header.apply("X-Gitlab-Event").orElseThrow();
    }

    String action() {
      try {
        return JSON.readTree(body).path("object_attributes").path("action").asText();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  static Optional<Path> directory() {
    return Optional.ofNullable(System.getenv("PLIMSOLL_FORGE_LAB"))
        .map(Path::of)
        .filter(d -> Files.isDirectory(d.resolve("node_modules")));
  }

  GitLabLab(Path directory) throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", exchange -> {
      Headers headers = exchange.getRequestHeaders();
      deliveries.add(new Delivery(
          name -> Optional.ofNullable(headers.getFirst(name)),
          exchange.getRequestBody().readAllBytes()));
      exchange.sendResponseHeaders(202, -1);
      exchange.close();
    });
    receiver.start();
    process = new ProcessBuilder(
            "node",
            directory.resolve("bin/forge-lab.mjs").toString(),
            "--github-port",
            "0",
            "--gitlab-port",
            "0",
            "--gitlab-webhook-target",
            "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook")
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    BufferedReader out = process.inputReader();
    String ready = out.readLine();
    if (ready == null) {
      throw new IOException("The lab did not start");
    }
    info = JSON.readTree(ready);
  }

  GitLabSettings settings() {
    return settings(gitlab("token"));
  }

  GitLabSettings settings(String token) {
    return GitLabSettings.of(
        URI.create(gitlab("api_url").replace("/api/v4", "")),
        token,
        List.of(gitlab("webhook_token"), gitlab("webhook_signing_token")));
  }

  private String gitlab(String name) {
    return info.path("gitlab").path(name).asText();
  }

  JsonNode post(String path, Object body) {
    return call("POST", path, Optional.of(body));
  }

  JsonNode put(String path, Object body) {
    return call("PUT", path, Optional.of(body));
  }

  JsonNode patch(String path, Object body) {
    return call("PATCH", path, Optional.of(body));
  }

  JsonNode get(String path) {
    return call("GET", path, Optional.empty());
  }

  private JsonNode call(String method, String path, Optional<Object> body) {
    try {
      HttpRequest request = HttpRequest.newBuilder(
              URI.create(info.path("control_url").asText() + path))
          .header("Content-Type", "application/json")
          .method(
              method,
              body.isEmpty()
                  ? HttpRequest.BodyPublishers.noBody()
                  : HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body.get())))
          .build();
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      JsonNode answer = JSON.readTree(response.body());
      if (response.statusCode() >= 300) {
        throw new AssertionError(method + " " + path + ": " + answer);
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The next delivery of this event and action. */
  Delivery delivery(String event, String action) {
    try {
      for (int i = 0; i < 200; i++) {
        Delivery next = deliveries.poll(10, TimeUnit.SECONDS);
        if (next == null) {
          break;
        }
        if (next.event().equals(event) && next.action().equals(action)) {
          return next;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError("The lab sent no " + event + " " + action);
  }

  void forgetDeliveries() {
    deliveries.clear();
  }

  void fault(String method, String path, String kind, Map<String, Object> more) {
    Map<String, Object> fault = new HashMap<>(more);
    fault.put("side", "gitlab");
    fault.put("method", method);
    fault.put("path", path);
    fault.put("kind", kind);
    post("/faults", fault);
  }

  /** Method and path of each call since this number. */
  List<String> callsSince(long seq) {
    List<String> calls = new ArrayList<>();
    get("/calls?side=gitlab&since=" + seq)
        .path("calls")
        .forEach(c -> calls.add(c.path("method").asText() + " " + c.path("path").asText()));
    return calls;
  }

  long lastCall() {
    long last = 0;
    for (JsonNode call : get("/calls?side=gitlab").path("calls")) {
      last = Math.max(last, call.path("seq").asLong());
    }
    return last;
  }

  /** What the lab found wrong with the calls, notes aside. */
  List<String> problems() {
    JsonNode violations = get("/violations");
    List<String> problems = new ArrayList<>();
    for (JsonNode v : violations.path("violations")) {
      if (!v.path("severity").asText().equals("note")) {
        problems.add(v.path("kind").asText() + " " + v.path("method").asText() + " "
            + v.path("path").asText() + ": " + v.path("message").asText());
      }
    }
    violations.path("unsupported").forEach(u -> problems.add("unsupported " + u));
    violations.path("lab_errors").forEach(e -> problems.add("lab error " + e));
    return problems;
  }

  @Override
  public void close() {
    receiver.stop(0);
    process.destroy();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
