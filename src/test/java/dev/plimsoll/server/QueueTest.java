package dev.plimsoll.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.command.RuleBook;
import dev.plimsoll.forge.Access;
import dev.plimsoll.forge.Action;
import dev.plimsoll.forge.CheckReport.State;
import dev.plimsoll.forge.ForgeEvent;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.forge.ReportRenderer;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import dev.plimsoll.forge.User;
import dev.plimsoll.forge.memory.Conversation;
import dev.plimsoll.forge.memory.MemoryForge;
import dev.plimsoll.report.Links;
import dev.plimsoll.review.Reviewers;
import dev.plimsoll.server.storage.Inbox;
import dev.plimsoll.server.storage.Storage;
import dev.plimsoll.server.storage.StoredDecisions;
import dev.plimsoll.server.storage.StoredLedger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inbox, dispatcher, queue and worker together, on the forge in memory. */
class QueueTest {

  private static final User OWNER = new User("1", "olivia", false);
  private static final User ANNA = new User("10", "anna", false);

  @TempDir
  private Path directory;

  private final MemoryForge forge = new MemoryForge(Clock.systemUTC());
  private final Map<String, ForgeEvent> events = new ConcurrentHashMap<>();
  private final AtomicInteger deliveries = new AtomicInteger();
  private final List<ReviewWorkflow.Outcome> outcomes = new CopyOnWriteArrayList<>();
  private final Map<ForgeKind, ForgeSide> sides = Map.of(
      ForgeKind.MEMORY,
      new ForgeSide(
          forge,
          (event, delivery, body) -> event(delivery),
          (repository, head) -> List.of(shop())));
  private Storage storage;
  private Inbox inbox;
  private Dispatcher dispatcher;
  private Queue queue;
  private Worker worker;

  @BeforeEach
  void start() {
    storage = Storage.open("jdbc:sqlite:" + directory.resolve("plimsoll.db"));
    dispatcher = new Dispatcher(sides);
    inbox = new Inbox(storage, Clock.systemUTC(), dispatcher::wake);
    StoredDecisions decisions = new StoredDecisions(storage);
    ReviewWorkflow reviews = new ReviewWorkflow(
        kind -> forge,
        Reviewers.standard()::review,
        kind -> new ReportRenderer(Links.DOCUMENTATION, kind),
        Reviewers.configReader(),
        CatalogProvider.NONE,
        decisions,
        new StoredLedger(storage),
        Clock.systemUTC());
    CommandWorkflow commands = new CommandWorkflow(
        reviews, decisions, RuleBook.of(Links.DOCUMENTATION), Clock.systemUTC());
    worker = new Worker(inbox, sides, reviews, commands, new Worker.Outcomes() {
      @Override
      public void reviewed(ReviewWorkflow.Outcome outcome, Duration took) {
        outcomes.add(outcome);
      }

      @Override
      public void commanded() {}
    });
    queue = new Queue(storage, inbox, worker, List.of(), dispatcher::wake);
    forge.people().createRepository("acme/shop", Map.of("README.md", "A shop.\n"), OWNER);
    forge.people().grant("acme/shop", ANNA, Access.WRITE);
    forge.people().open("acme/shop", "Change it", Map.of("README.md", "A better shop.\n"), ANNA);
  }

  @AfterEach
  void stop() {
    inbox.close();
    dispatcher.close();
    queue.close();
    storage.close();
  }

  @Test
  void aDeliveryBecomesAReview() {
    run();
    deliver(new ForgeEvent.ReviewWanted(shop(), Optional.empty(), "opened"));

    awaitCheck(State.SUCCESS);
    awaitNothingWaits();
    assertThat(outcomes).hasOnlyElementsOfType(ReviewWorkflow.Outcome.NothingToReview.class);
  }

  @Test
  void manyDeliveriesForOneChangeRequestAreOneReviewAtATime() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    forge.beforeWrite(action -> most.accumulateAndGet(running.incrementAndGet(), Math::max));
    forge.afterWrite(action -> running.decrementAndGet());
    for (int i = 0; i < 20; i++) {
      deliver(new ForgeEvent.ReviewWanted(shop(), Optional.empty(), "pushed to"));
    }
    run();

    awaitCheck(State.SUCCESS);
    awaitNothingWaits();
    assertThat(most).hasValue(1);
    assertThat(forge.conversation(shop()).checks()).hasSize(2);
    assertThat(outcomes).hasSizeLessThan(20);
  }

  @Test
  void aForgeThatTellsToWaitIsLeftAloneUntilThen() {
    List<Instant> tries = new CopyOnWriteArrayList<>();
    Instant told = Instant.now().plusSeconds(3);
    forge.beforeWrite(action -> {
      tries.add(Instant.now());
      if (Instant.now().isBefore(told)) {
        throw new ForgeException(
            ForgeException.Kind.RETRY_LATER, "rate limit", Optional.of(told), null);
      }
    });
    run();
    deliver(new ForgeEvent.ReviewWanted(shop(), Optional.empty(), "opened"));

    awaitCheck(State.SUCCESS);
    assertThat(tries.subList(1, tries.size())).isNotEmpty().allMatch(t -> !t.isBefore(told));
  }

  @Test
  void whatTheForgeRefusesIsGivenUpAndSaid() {
    AtomicInteger refused = new AtomicInteger();
    forge.beforeWrite(action -> {
      if (action instanceof Action.PutCheck put && put.report().state() == State.SUCCESS) {
        refused.incrementAndGet();
        throw new ForgeException(ForgeException.Kind.FORBIDDEN, "checks: write is missing");
      }
    });
    run();
    deliver(new ForgeEvent.ReviewWanted(shop(), Optional.empty(), "opened"));

    awaitCheck(State.FAILURE);
    awaitNothingWaits();
    assertThat(refused).hasValue(2);
    assertThat(check().orElseThrow().report().summary())
        .contains("checks: write is missing")
        .contains("/plimsoll rerun");
  }

  @Test
  void aBugDoesNotStandInTheWayForEver() {
    forge.beforeWrite(action -> {
      if (action instanceof Action.PutCheck put && put.report().state() == State.SUCCESS) {
        throw new IllegalStateException("a bug");
      }
    });
    deliver(new ForgeEvent.ReviewWanted(shop(), Optional.empty(), "opened"));
    toQueue();

    for (int failures = 0; failures < 3; failures++) {
      int before = failures;
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> worker.work(shop().key(), before, key -> {}))
          .hasMessage("a bug");
    }
    worker.work(shop().key(), 3, key -> {});

    assertThat(check().orElseThrow().report().state()).isEqualTo(State.FAILURE);
    assertThat(check().orElseThrow().report().summary())
        .contains("incident")
        .doesNotContain("a bug");
    assertThat(inbox.queued(shop().key())).isEmpty();
  }

  @Test
  void theRunOfAServerThatWasKilledIsTakenUp() throws Exception {
    deliver(new ForgeEvent.ReviewWanted(shop(), Optional.empty(), "opened"));
    toQueue();
    pickedByAServerThatIsGone(shop().key());

    run();

    awaitCheck(State.SUCCESS);
    awaitNothingWaits();
  }

  @Test
  void whatCannotBeReadIsPutAsideAndTheRestIsDone() {
    for (int i = 0; i < 120; i++) {
      inbox
          .accept(new Inbox.Delivery(ForgeKind.MEMORY, "unknown-" + i, "x", new byte[0]))
          .join();
    }
    run();
    deliver(new ForgeEvent.ReviewWanted(shop(), Optional.empty(), "opened"));

    awaitCheck(State.SUCCESS);
    awaitNothingWaits();
  }

  @Test
  void aSuiteThatIsRunAgainReviewsTheChangeRequestsWithItsHead() {
    run();
    deliver(new ForgeEvent.HeadReviewWanted(ForgeKind.MEMORY, "acme/shop", "a".repeat(40)));

    awaitCheck(State.SUCCESS);
    awaitNothingWaits();
  }

  @Test
  void aCommandIsAnsweredOnceHoweverOftenItIsDelivered() {
    forge.onEvent(event -> {
      if (event instanceof ForgeEvent.Commented) {
        deliver(event);
        deliver(event);
      }
    });
    run();
    forge.people().comment(shop(), ANNA, "/plimsoll help");

    Await.until("a reply", () -> forge.conversation(shop()).comments().size() > 1);
    awaitNothingWaits();
    assertThat(forge.conversation(shop()).comments()).hasSize(2);
  }

  @Test
  void aButtonDoesWhatItSaysForWhoMayAndNothingForOthers() {
    run();
    deliver(new ForgeEvent.ReviewWanted(shop(), Optional.empty(), "opened"));
    awaitCheck(State.SUCCESS);
    awaitNothingWaits();
    int reviews = outcomes.size();

    deliver(new ForgeEvent.ButtonPressed(shop(), new User("99", "mallory", false), "rerun"));
    awaitNothingWaits();
    assertThat(outcomes).hasSize(reviews);

    deliver(new ForgeEvent.ButtonPressed(shop(), ANNA, "explain"));
    awaitNothingWaits();
    assertThat(forge.conversation(shop()).comments()).hasSize(1);
    assertThat(outcomes).hasSize(reviews);

    deliver(new ForgeEvent.ButtonPressed(shop(), ANNA, "rerun"));
    awaitNothingWaits();
    assertThat(outcomes).hasSize(reviews + 1);
  }

  private static ChangeRequestId shop() {
    return new ChangeRequestId(ForgeKind.MEMORY, "acme/shop", 1);
  }

  private ForgeEvent event(String delivery) {
    return Optional.ofNullable(events.get(delivery))
        .orElseThrow(() -> new ForgeException(ForgeException.Kind.REFUSED, "it cannot be read"));
  }

  private void run() {
    queue.start();
    dispatcher.start(inbox, queue);
    dispatcher.wake();
  }

  private void deliver(ForgeEvent event) {
    String name = "d" + deliveries.incrementAndGet();
    events.put(name, event);
    inbox
        .accept(new Inbox.Delivery(ForgeKind.MEMORY, name, "event", new byte[0]))
        .join();
  }

  private void toQueue() {
    inbox.received(10).forEach(entry -> inbox.queue(entry.id(), shop().key()));
  }

  private void pickedByAServerThatIsGone(String key) throws Exception {
    try (Connection connection = storage.source().getConnection();
        PreparedStatement insert = connection.prepareStatement("""
            INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, picked_by, last_heartbeat, version)
            VALUES ('change-request', ?, ?, true, 'gone', ?, 1)
            """)) {
      long longAgo = Instant.now().minusSeconds(600).toEpochMilli();
      insert.setString(1, key);
      insert.setLong(2, longAgo);
      insert.setLong(3, longAgo);
      insert.executeUpdate();
    }
  }

  private Optional<Conversation.CheckRun> check() {
    return forge.conversation(shop()).check("plimsoll");
  }

  private void awaitCheck(State state) {
    Await.until(
        "the check is " + state,
        () -> check().filter(c -> c.report().state() == state).isPresent());
  }

  private void awaitNothingWaits() {
    Await.until("nothing waits", () -> inbox.waitingCount() == 0);
  }
}
