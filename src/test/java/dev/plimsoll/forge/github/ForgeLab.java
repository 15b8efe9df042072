package dev.plimsoll.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A stand-in for GitHub that keeps real repositories, checks every call against GitHub's published descriptions, and can misbehave. It is a
 * Node program: the environment's {@code PLIMSOLL_FORGE_LAB} names its directory, with its packages installed.
 */
final class ForgeLab implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final HttpServer receiver;
  private final HttpClient http = HttpClient.newHttpClient();
  private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
  private final JsonNode info;

  record Delivery(String event, String id, Optional<String> signature, byte[] body) {
    JsonNode json() {
      try {
        return JSON.readTree(body);
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

  ForgeLab(Path directory) throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", exchange -> {
      byte[] body = exchange.getRequestBody().readAllBytes();
      deliveries.add(new Delivery(
          exchange.getRequestHeaders().getFirst("X-GitHub-Event"),
          exchange.getRequestHeaders().getFirst("X-GitHub-Delivery"),
          Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Hub-Signature-256")),
          body));
      exchange.sendResponseHeaders(202, -1);
      exchange.close();
    });
    receiver.start();
    List<String> command = new ArrayList<>(List.of(
        "node",
        directory.resolve("bin/forge-lab.mjs").toString(),
        "--github-port",
        "0",
        "--gitlab-port",
        "0",
        "--github-webhook-target",
        "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook",
        "--app-permissions",
        manifest("default_permissions"),
        "--app-events",
        manifest("default_events")));
    process = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    BufferedReader out = process.inputReader();
    String ready = out.readLine();
    if (ready == null) {
      throw new IOException("The lab did not start");
    }
    info = JSON.readTree(ready);
  }

  /** What the app asks for is all that it has here: so the manifest is enough, or tests fail. */
  private static String manifest(String part) throws IOException {
    JsonNode values =
        new YAMLMapper().readTree(Path.of("app-manifest.yml").toFile()).path(part);
    List<String> all = new ArrayList<>();
    if (values.isArray()) {
      values.forEach(v -> all.add(v.asText()));
    } else {
      values.properties().forEach(e -> all.add(e.getKey() + ":" + e.getValue().asText()));
    }
    return String.join(",", all);
  }

  GitHubApp app() {
    try {
      return GitHubApp.of(
          URI.create(info.path("github").path("api_url").asText()),
          info.path("app_id").asText(),
          Files.readString(Path.of(info.path("private_key_path").asText())),
          List.of(info.path("webhook_secret").asText()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  /** The next delivery of this event. */
  Delivery delivery(String event) {
    try {
      for (int i = 0; i < 100; i++) {
        Delivery next = deliveries.poll(10, TimeUnit.SECONDS);
        if (next == null) {
          break;
        }
        if (next.event().equals(event)) {
          return next;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError("The lab sent no " + event);
  }

  /** The next delivery of this event with this action. */
  Delivery delivery(String event, String action) {
    for (int i = 0; i < 20; i++) {
      Delivery next = delivery(event);
      if (next.json().path("action").asText().equals(action)) {
        return next;
      }
    }
    throw new AssertionError("The lab sent no " + event + " " + action);
  }

  List<Delivery> allDeliveries() {
    List<Delivery> all = new ArrayList<>();
    deliveries.drainTo(all);
    return all;
  }

  void forgetDeliveries() {
    deliveries.clear();
  }

  void fault(String method, String path, String kind, Map<String, Object> more) {
    java.util.Map<String, Object> fault = new java.util.HashMap<>(more);
    fault.put("side", "github");
    fault.put("method", method);
    fault.put("path", path);
    fault.put("kind", kind);
    post("/faults", fault);
  }

  /** Method and path of each call since this number. */
  List<String> callsSince(long seq) {
    List<String> calls = new ArrayList<>();
    get("/calls?side=github&since=" + seq)
        .path("calls")
        .forEach(c -> calls.add(c.path("method").asText() + " " + c.path("path").asText()));
    return calls;
  }

  long lastCall() {
    long last = 0;
    for (JsonNode call : get("/calls?side=github").path("calls")) {
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
