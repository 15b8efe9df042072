package dev.plimsoll.server;

import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.server.storage.Inbox;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes webhooks in: signature over the raw bytes, commit, 202. Nothing is done with them on the way. */
public final class Webhooks {

  private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
  private static final int MOST_BYTES = 25 * 1024 * 1024;

  private final Inbox inbox;
  private final Metrics metrics;

  Webhooks(Inbox inbox, Metrics metrics) {
    this.inbox = inbox;
    this.metrics = metrics;
  }

  /** What a forge's webhooks look like. */
  public interface Door {
    ForgeKind forge();

    /** Absent: not authentic. */
    Optional<Named> open(Function<String, Optional<String>> header, byte[] body);

    /**
     * @param event the forge's name of it
     * @param delivery what tells two deliveries apart
     */
    record Named(String event, String delivery) {}
  }

  void route(RoutesConfig routes, Door door) {
    Timer timer = metrics.deliveries(door.forge().id());
    routes.post("/webhooks/" + door.forge().id(), context -> {
      long start = System.nanoTime();
      take(context, door);
      timer.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    });
  }

  private void take(Context context, Door door) throws IOException {
    String forge = door.forge().id();
    byte[] body = context.req().getInputStream().readNBytes(MOST_BYTES + 1);
    if (body.length > MOST_BYTES) {
      metrics.refused(forge, "size");
      context.status(413).result("a webhook is at most 25 MiB");
      return;
    }
    Optional<Door.Named> named = door.open(name -> Optional.ofNullable(context.header(name)), body);
    if (named.isEmpty()) {
      metrics.refused(forge, "signature");
      context
          .status(401)
          .result("the signature or token does not fit this server's webhook secret");
      return;
    }
    try {
      boolean isNew = inbox
          .accept(new Inbox.Delivery(
              door.forge(), named.get().delivery(), named.get().event(), body))
          .join();
      context.status(202).result(isNew ? "accepted" : "known already");
    } catch (CompletionException e) {
      LOG.error("a delivery could not be committed", e.getCause());
      metrics.refused(forge, "storage");
      context.status(503).result("the delivery could not be stored; send it again");
    }
  }
}
