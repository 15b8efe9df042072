package dev.plimsoll.scenario;

import dev.plimsoll.command.MemoryDecisionStore;
import dev.plimsoll.command.RuleBook;
import dev.plimsoll.forge.Access;
import dev.plimsoll.forge.ForgeEvent;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ReportRenderer;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import dev.plimsoll.forge.ReviewTarget.MergeGroup;
import dev.plimsoll.forge.User;
import dev.plimsoll.forge.memory.Conversation;
import dev.plimsoll.forge.memory.MemoryForge;
import dev.plimsoll.forge.memory.MemoryLedger;
import dev.plimsoll.report.Links;
import dev.plimsoll.review.Reviewer;
import dev.plimsoll.review.Reviewers;
import dev.plimsoll.server.CatalogProvider;
import dev.plimsoll.server.CommandWorkflow;
import dev.plimsoll.server.ReviewWorkflow;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The forge in memory, with the real reviewer, rules and reports. */
final class MemoryStage implements Stage {

  private static final String REPOSITORY = "acme/shop";
  private static final User OWNER = new User("1", "olivia", false);
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-02T12:00:00Z"));
  private static final Reviewer REVIEWER = Reviewers.standard();
  private static final Links LINKS = new Links("https://plimsoll.example/docs");

  private final MemoryForge forge = new MemoryForge(CLOCK);
  private final MemoryDecisionStore decisions = new MemoryDecisionStore();
  private final ReviewWorkflow reviews = new ReviewWorkflow(
      kind -> forge,
      REVIEWER::review,
      kind -> new ReportRenderer(LINKS, kind),
      Reviewers.configReader(),
      CatalogProvider.NONE,
      decisions,
      new MemoryLedger(),
      CLOCK);
  private final CommandWorkflow commands =
      new CommandWorkflow(reviews, decisions, RuleBook.of(LINKS), CLOCK);
  private final AtomicInteger writes = new AtomicInteger();
  private final AtomicInteger writesLeft = new AtomicInteger(Integer.MAX_VALUE);
  private boolean losesLastAnswer;
  private final Map<String, ForgeEvent.Commented> comments = new HashMap<>();
  private ChangeRequestId id;

  MemoryStage() {
    forge.onEvent(this::handle);
    forge.beforeWrite(action -> {
      if (writesLeft.decrementAndGet() < 0) {
        throw new ForgeException(ForgeException.Kind.RETRY_LATER, "the forge is down");
      }
      writes.incrementAndGet();
    });
    forge.afterWrite(action -> {
      if (losesLastAnswer && writesLeft.get() == 0) {
        throw new ForgeException(ForgeException.Kind.RETRY_LATER, "the answer is lost");
      }
    });
  }

  /** As a queue would: what fails for the forge's sake is tried again later, by {@link #deliverAgain} or {@link #reviewAgain}. */
  private void handle(ForgeEvent event) {
    try {
      switch (event) {
        case ForgeEvent.ReviewWanted wanted -> reviews.review(wanted.target(), false);
        case ForgeEvent.Commented comment -> {
          comments.put(comment.comment().id(), comment);
          commands.obey(comment);
        }
        case ForgeEvent.ButtonPressed pressed -> commands.press(pressed);
        case ForgeEvent.HeadReviewWanted wanted -> {}
        case ForgeEvent.Closed closed -> {}
        case ForgeEvent.Installed installed -> {}
        case ForgeEvent.Ignored ignored -> {}
      }
    } catch (ForgeException e) {
      if (e.kind() != ForgeException.Kind.RETRY_LATER) {
        throw e;
      }
    }
  }

  @Override
  public void repository(Map<String, String> files) {
    forge.people().createRepository(REPOSITORY, files, OWNER);
  }

  @Override
  public void grant(User user, Access access) {
    forge.people().grant(REPOSITORY, user, access);
  }

  @Override
  public void join(String team, User user) {
    forge.people().join(team, user);
  }

  @Override
  public void open(Map<String, String> files, String commitMessage, User by) {
    id = new ChangeRequestId(forge.kind(), REPOSITORY, 1);
    forge.people().open(REPOSITORY, "Change the schema", files, commitMessage, by);
  }

  @Override
  public void push(Map<String, Optional<String>> changes, String commitMessage, User by) {
    forge.people().push(id, changes, commitMessage, by);
  }

  @Override
  public void rebase(User by) {
    forge.people().rebase(id, "Rebased", by);
  }

  @Override
  public void commitToBase(Map<String, Optional<String>> changes) {
    forge.people().commit(REPOSITORY, "main", changes, "On main", OWNER);
  }

  @Override
  public String say(User by, String body) {
    return forge.people().comment(id, by, body);
  }

  @Override
  public String reply(String threadId, User by, String body) {
    return forge.people().reply(id, threadId, by, body);
  }

  @Override
  public void resolve(String threadId) {
    forge.people().resolve(id, threadId);
  }

  @Override
  public void delete(String commentId) {
    forge.people().delete(id, commentId);
  }

  @Override
  public void press(User by, String button) {
    forge.people().press(id, by, button);
  }

  @Override
  public MergeGroup enqueue(User by) {
    return forge.people().enqueue(id, by);
  }

  @Override
  public void close(User by) {
    forge.people().close(id, by);
  }

  @Override
  public void deliverAgain(String commentId) {
    handle(comments.get(commentId));
  }

  @Override
  public void reviewAgain() {
    handle(new ForgeEvent.ReviewWanted(id, Optional.empty(), "delivered again"));
  }

  @Override
  public Conversation conversation() {
    return forge.conversation(id);
  }

  @Override
  public Map<String, Conversation.CheckRun> checksOf(MergeGroup group) {
    Map<String, Conversation.CheckRun> checks = new LinkedHashMap<>();
    forge.checkRuns(group.headSha()).forEach(run -> checks.put(run.report().name(), run));
    return checks;
  }

  @Override
  public int calls() {
    return forge.calls();
  }

  @Override
  public int writes() {
    return writes.get();
  }

  @Override
  public void breakBeforeWrite(int number) {
    writesLeft.set(number - 1);
    losesLastAnswer = false;
  }

  @Override
  public void breakAfterWrite(int number) {
    writesLeft.set(number);
    losesLastAnswer = true;
  }

  @Override
  public void mend() {
    writesLeft.set(Integer.MAX_VALUE);
    losesLastAnswer = false;
  }

  @Override
  public void letListsLag(boolean lag) {
    forge.letListsLag(lag);
  }
}
