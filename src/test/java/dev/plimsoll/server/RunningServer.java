package dev.plimsoll.server;

import dev.plimsoll.server.storage.Inbox;
import dev.plimsoll.server.storage.ReviewLog;
import dev.plimsoll.server.storage.Storage;
import io.javalin.Javalin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The server's doors and pages on a free port, with nobody behind the inbox. */
final class RunningServer implements AutoCloseable {

  final Storage storage;
  final Inbox inbox;
  final ReviewLog reviews;
  private final Javalin http;
  private final HttpClient client = HttpClient.newHttpClient();

  RunningServer(Path directory, Optional<String> adminToken, Webhooks.Door... doors) {
    storage = Storage.open("jdbc:sqlite:" + directory.resolve("plimsoll.db"));
    inbox = new Inbox(storage, Clock.systemUTC(), () -> {});
    reviews = new ReviewLog(storage);
    Webhooks webhooks = new Webhooks(inbox, new Metrics());
    Pages pages = new Pages(reviews, adminToken);
    http = Javalin.create(config -> {
          config.startup.showJavalinBanner = false;
          List.of(doors).forEach(door -> webhooks.route(config.routes, door));
          pages.route(config.routes);
        })
        .start("127.0.0.1", 0);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.port() + path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    client.close();
    http.stop();
    inbox.close();
    storage.close();
  }
}
