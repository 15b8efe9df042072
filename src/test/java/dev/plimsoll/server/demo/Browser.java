package dev.plimsoll.server.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Headless Chromium with one page, led by its DevTools protocol. */
final class Browser implements AutoCloseable {

  static final Path CHROMIUM = Path.of("/usr/bin/chromium");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final AtomicInteger lastId = new AtomicInteger();

  Browser(Path profile) throws IOException, InterruptedException {
    this.process = new ProcessBuilder(
            CHROMIUM.toString(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile,
            "about:blank")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
    Path portFile = profile.resolve("DevToolsActivePort");
    await("Chromium to start", () -> Files.exists(portFile) && Files.size(portFile) > 0);
    String port = Files.readAllLines(portFile).getFirst();
    HttpClient client =
        HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
    URI pages = URI.create("http://127.0.0.1:" + port + "/json/list");
    await("a page", () -> page(client, pages) != null);
    this.socket = client
        .newWebSocketBuilder()
        .buildAsync(URI.create(page(client, pages)), new Ears())
        .join();
    call("Page.enable", Map.of());
    call("Runtime.enable", Map.of());
    call("Log.enable", Map.of());
  }

  private static String page(HttpClient client, URI pages)
      throws IOException, InterruptedException {
    String list = client
        .send(HttpRequest.newBuilder(pages).build(), HttpResponse.BodyHandlers.ofString())
        .body();
    for (JsonNode target : JSON.readTree(list)) {
      if (target.path("type").asText().equals("page")) {
        return target.path("webSocketDebuggerUrl").asText();
      }
    }
    return null;
  }

  /** What the browser's console complained about: errors of scripts, what the page's policy forbids, what could not be loaded. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  void window(int width, int height, String colours) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
  }

  void open(URI address) {
    call("Page.navigate", Map.of("url", address.toString()));
    until("location.href === '" + address + "' && document.readyState === 'complete'");
  }

  /** The value of an expression of JavaScript. */
  JsonNode value(String script) {
    JsonNode result = call(
        "Runtime.evaluate",
        Map.of(
            "expression",
            script,
            "returnByValue",
            true,
            "awaitPromise",
            true,
            "userGesture",
            true));
    if (result.has("exceptionDetails")) {
      throw new AssertionError(script + ": " + result.get("exceptionDetails"));
    }
    return result.path("result").path("value");
  }

  String text(String selector) {
    return value("document.querySelector(" + quoted(selector) + ").innerText").asText();
  }

  void click(String selector) {
    value("document.querySelector(" + quoted(selector) + ").click()");
  }

  void until(String condition) {
    await(condition, () -> {
      try {
        return value(condition).asBoolean();
      } catch (AssertionError e) {
        return false; // between two pages
      }
    });
  }

  private static String quoted(String text) {
    try {
      return JSON.writeValueAsString(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private JsonNode call(String method, Map<String, Object> parameters) {
    int id = lastId.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", JSON.valueToTree(parameters));
    socket.sendText(message.toString(), true).join();
    JsonNode got = answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    if (got.has("error")) {
      throw new AssertionError(method + ": " + got.get("error"));
    }
    return got.get("result");
  }

  private interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  private static void await(String what, Condition condition) {
    Instant end = Instant.now().plus(PATIENCE);
    try {
      while (!condition.holds()) {
        if (Instant.now().isAfter(end)) {
          throw new AssertionError("waited in vain for " + what);
        }
        Thread.sleep(50);
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(what, e);
    }
  }

  private final class Ears implements WebSocket.Listener {
    private final StringBuilder heard = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      heard.append(data);
      if (last) {
        hear(heard.toString());
        heard.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void hear(String text) {
      try {
        JsonNode message = JSON.readTree(text);
        if (message.has("id")) {
          waiting.remove(message.get("id").asInt()).complete(message);
          return;
        }
        JsonNode parameters = message.path("params");
        switch (message.path("method").asText()) {
          case "Runtime.exceptionThrown" ->
            complaints.add(parameters.path("exceptionDetails").toString());
          case "Log.entryAdded" ->
            complaints.add(parameters.path("entry").path("text").asText());
          default -> {}
        }
      } catch (IOException e) {
        complaints.add("not understood: " + text);
      }
    }
  }

  @Override
  public void close() {
    socket.abort();
    // All of them, since none may write into the profile any more when it is removed.
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(one -> one.onExit().join());
  }
}
