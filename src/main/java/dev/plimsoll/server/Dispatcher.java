package dev.plimsoll.server;

import dev.plimsoll.forge.ForgeEvent;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.server.storage.Inbox;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at what has arrived and puts it into its change request's queue. */
final class Dispatcher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final int BATCH = 100;

  private final Map<ForgeKind, ForgeSide> sides;
  private final Semaphore arrivals = new Semaphore(1);
  private final Thread thread;
  private volatile Inbox inbox;
  private volatile Queue queue;
  private volatile boolean closed;

  Dispatcher(Map<ForgeKind, ForgeSide> sides) {
    this.sides = Map.copyOf(sides);
    this.thread = Thread.ofPlatform().name("dispatcher").daemon().unstarted(this::run);
  }

  void start(Inbox from, Queue to) {
    this.inbox = from;
    this.queue = to;
    thread.start();
  }

  /** Something has arrived, or may have. */
  void wake() {
    arrivals.release();
  }

  private void run() {
    while (!closed) {
      try {
        if (arrivals.tryAcquire(2, TimeUnit.SECONDS)) {
          arrivals.drainPermits();
        }
        dispatchAll();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        LOG.error("dispatching failed; it is tried again", e);
      }
    }
  }

  private void dispatchAll() {
    List<Inbox.Entry> batch = inbox.received(BATCH);
    while (!batch.isEmpty() && !closed) {
      // Most of what a forge sends needs nothing: one commit for all of that.
      Map<Long, String> ignored = new LinkedHashMap<>();
      batch.forEach(entry -> dispatch(entry, ignored));
      if (!ignored.isEmpty()) {
        inbox.ignore(ignored);
      }
      batch = batch.size() < BATCH ? List.of() : inbox.received(BATCH);
    }
  }

  private void dispatch(Inbox.Entry entry, Map<Long, String> ignored) {
    ForgeSide side = sides.get(entry.delivery().forge());
    if (side == null) {
      ignored.put(entry.id(), "this forge is not configured any more");
      return;
    }
    try {
      route(entry, parse(side, entry), ignored);
    } catch (IllegalArgumentException | ForgeException e) {
      LOG.warn("delivery {} cannot be read: {}", entry.delivery().delivery(), e.getMessage());
      inbox.finish(entry.id(), Inbox.State.FAILED, "it cannot be read: " + e.getMessage());
    }
  }

  static ForgeEvent parse(ForgeSide side, Inbox.Entry entry) {
    Inbox.Delivery delivery = entry.delivery();
    if (delivery.event().equals(OwnReview.EVENT)) {
      return OwnReview.read(delivery);
    }
    return side.parse().parse(delivery.event(), delivery.delivery(), delivery.body());
  }

  private void route(Inbox.Entry entry, ForgeEvent event, Map<Long, String> ignored) {
    switch (event) {
      case ForgeEvent.ReviewWanted wanted -> queue(entry, wanted.target().key());
      case ForgeEvent.Commented comment -> {
        if (CommandWorkflow.concerns(comment)) {
          queue(entry, comment.changeRequest().key());
        } else {
          ignored.put(entry.id(), "no command");
        }
      }
      case ForgeEvent.ButtonPressed pressed ->
        queue(entry, pressed.changeRequest().key());
      // The forge has to be asked whose head it is: not here, where everything would wait for the
      // answer.
      case ForgeEvent.HeadReviewWanted head ->
        queue(entry, "head:" + head.forge().id() + ":" + head.repository() + "@" + head.headSha());
      case ForgeEvent.Closed closedRequest ->
        inbox.finish(
            entry.id(),
            Inbox.State.DONE,
            "closed: " + closedRequest.changeRequest().key());
      case ForgeEvent.Installed installed -> {
        LOG.info("installed in {}", installed.repositories());
        inbox.finish(entry.id(), Inbox.State.DONE, "installed");
      }
      case ForgeEvent.Ignored nothing -> ignored.put(entry.id(), nothing.reason());
    }
  }

  private void queue(Inbox.Entry entry, String key) {
    inbox.queue(entry.id(), key);
    queue.schedule(key);
  }

  @Override
  public void close() {
    closed = true;
    wake();
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
