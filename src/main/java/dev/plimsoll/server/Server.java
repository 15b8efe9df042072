package dev.plimsoll.server;

import dev.plimsoll.server.storage.Inbox;
import dev.plimsoll.server.storage.Storage;
import io.javalin.Javalin;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running server: HTTP in front, the inbox, the dispatcher and the queue behind it. Made by {@link Wiring}. */
public final class Server implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private final Storage storage;
  private final Inbox inbox;
  private final Dispatcher dispatcher;
  private final Queue queue;
  private final Javalin http;
  private final Optional<String> host;
  private final int wantedPort;

  /**
   * @param host the address to listen on; absent: all of them
   */
  Server(
      Storage storage,
      Inbox inbox,
      Dispatcher dispatcher,
      Queue queue,
      Webhooks webhooks,
      List<Webhooks.Door> doors,
      Pages pages,
      GitHubSetup setup,
      Metrics metrics,
      Optional<String> host,
      int port) {
    this.storage = storage;
    this.inbox = inbox;
    this.dispatcher = dispatcher;
    this.queue = queue;
    this.host = host;
    this.wantedPort = port;
    this.http = Javalin.create(config -> {
      config.startup.showJavalinBanner = false;
      config.concurrency.useVirtualThreads = true;
      doors.forEach(door -> webhooks.route(config.routes, door));
      pages.route(config.routes);
      setup.route(config.routes);
      config.routes.get("/healthz", context -> context.result("ok"));
      config.routes.get("/readyz", context -> {
        boolean ready = storage.isReady();
        context
            .status(ready ? 200 : 503)
            .result(ready ? "ready" : "the state database does not answer");
      });
      config.routes.get(
          "/metrics",
          context -> context
              .contentType("text/plain; version=0.0.4; charset=utf-8")
              .result(metrics.scrape()));
    });
  }

  /** Begins with what an earlier run has left undone, then opens the door. */
  public void start() {
    queue.start();
    dispatcher.start(inbox, queue);
    dispatcher.wake();
    host.ifPresentOrElse(h -> http.start(h, wantedPort), () -> http.start(wantedPort));
    LOG.info("listening on port {}", port());
  }

  public int port() {
    return http.port();
  }

  /** Closes the door first, so that nothing is accepted that is not kept. */
  @Override
  public void close() {
    http.stop();
    inbox.close();
    dispatcher.close();
    queue.close();
    storage.close();
  }
}
