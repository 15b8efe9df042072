package dev.plimsoll.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.forge.ForgeKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;

class InboxTest {

  private static final String SHOP = "github:acme/shop#1";

  @TempDir
  private Path directory;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-02T12:00:00Z"));
  private final AtomicInteger arrivals = new AtomicInteger();

  @OnEveryDatabase
  void whatIsAcknowledgedIsCommitted(Database database) throws Exception {
    try (Storage storage = database.open(directory);
        Inbox inbox = inbox(storage)) {
      assertThat(accept(inbox, delivery("d1", "payload ü"))).isTrue();

      Inbox.Entry entry = inbox.received(10).getFirst();
      assertThat(entry.delivery().forge()).isEqualTo(ForgeKind.GITHUB);
      assertThat(entry.delivery().delivery()).isEqualTo("d1");
      assertThat(entry.delivery().event()).isEqualTo("pull_request");
      assertThat(new String(entry.delivery().body(), StandardCharsets.UTF_8))
          .isEqualTo("payload ü");
    }
  }

  @OnEveryDatabase
  void theArrivalIsToldAfterEachCommit(Database database) throws Exception {
    try (Storage storage = database.open(directory)) {
      try (Inbox inbox = inbox(storage)) {
        accept(inbox, delivery("d1", "x"));
        accept(inbox, delivery("d2", "x"));
      }
      assertThat(arrivals).hasValue(2);
    }
  }

  @OnEveryDatabase
  void aDeliveryIsTakenInOnce(Database database) throws Exception {
    try (Storage storage = database.open(directory);
        Inbox inbox = inbox(storage)) {
      List<CompletableFuture<Boolean>> ten = IntStream.range(0, 10)
          .mapToObj(i -> inbox.accept(delivery("same", "x")))
          .toList();
      long taken = 0;
      for (CompletableFuture<Boolean> one : ten) {
        taken += one.get(20, TimeUnit.SECONDS) ? 1 : 0;
      }

      assertThat(taken).isEqualTo(1);
      assertThat(inbox.received(100)).hasSize(1);
    }
  }

  @OnEveryDatabase
  void twoForgesMayUseTheSameName(Database database) throws Exception {
    try (Storage storage = database.open(directory);
        Inbox inbox = inbox(storage)) {
      accept(inbox, delivery("1", "x"));

      assertThat(accept(inbox, new Inbox.Delivery(ForgeKind.GITLAB, "1", "Note Hook", new byte[0])))
          .isTrue();
    }
  }

  @OnEveryDatabase
  void aRedeliveryOfOneThatFailedIsAWishToTryAgain(Database database) throws Exception {
    try (Storage storage = database.open(directory);
        Inbox inbox = inbox(storage)) {
      accept(inbox, delivery("failed", "x"));
      accept(inbox, delivery("done", "x"));
      List<Inbox.Entry> both = inbox.received(10);
      inbox.finish(both.get(0).id(), Inbox.State.FAILED, "the forge was down");
      inbox.finish(both.get(1).id(), Inbox.State.DONE, "reviewed");

      assertThat(accept(inbox, delivery("failed", "x"))).isTrue();
      assertThat(accept(inbox, delivery("done", "x"))).isFalse();
      assertThat(inbox.received(10))
          .extracting(e -> e.delivery().delivery())
          .containsExactly("failed");
    }
  }

  @OnEveryDatabase
  void whatIsQueuedWaitsForItsChangeRequestInTheOrderOfArrival(Database database) throws Exception {
    try (Storage storage = database.open(directory);
        Inbox inbox = inbox(storage)) {
      for (String name : List.of("a", "b", "c")) {
        accept(inbox, delivery(name, "x"));
      }
      inbox
          .received(10)
          .forEach(e -> inbox.queue(e.id(), e.delivery().delivery().equals("b") ? "other" : SHOP));

      assertThat(inbox.queued(SHOP))
          .extracting(e -> e.delivery().delivery())
          .containsExactly("a", "c");
      assertThat(inbox.queuedTargets()).containsExactlyInAnyOrder(SHOP, "other");
      assertThat(inbox.received(10)).isEmpty();
      assertThat(inbox.waitingCount()).isEqualTo(3);
    }
  }

  @OnEveryDatabase
  void whatWasFinishedLongAgoIsRemovedAndWhatWaitsIsKept(Database database) throws Exception {
    try (Storage storage = database.open(directory);
        Inbox inbox = inbox(storage)) {
      accept(inbox, delivery("done", "x"));
      accept(inbox, delivery("waits", "x"));
      inbox.finish(inbox.received(10).getFirst().id(), Inbox.State.DONE, "reviewed");

      assertThat(inbox.purge()).isZero();
      now.updateAndGet(t -> t.plus(Duration.ofDays(8)));

      assertThat(inbox.purge()).isEqualTo(1);
      assertThat(inbox.received(10))
          .extracting(e -> e.delivery().delivery())
          .containsExactly("waits");
    }
  }

  @OnEveryDatabase
  void aClosedInboxAcknowledgesNothing(Database database) {
    try (Storage storage = database.open(directory)) {
      Inbox inbox = inbox(storage);
      inbox.close();

      assertThat(inbox.accept(delivery("late", "x"))).isCompletedExceptionally();
    }
  }

  private Inbox inbox(Storage storage) {
    return new Inbox(storage, now::get, arrivals::incrementAndGet);
  }

  private static Inbox.Delivery delivery(String name, String body) {
    return new Inbox.Delivery(
        ForgeKind.GITHUB, name, "pull_request", body.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean accept(Inbox inbox, Inbox.Delivery delivery) throws Exception {
    return inbox.accept(delivery).get(20, TimeUnit.SECONDS);
  }
}
