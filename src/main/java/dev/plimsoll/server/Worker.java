package dev.plimsoll.server;

import dev.plimsoll.forge.ForgeEvent;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.forge.ReviewTarget;
import dev.plimsoll.server.ReviewWorkflow.Outcome;
import dev.plimsoll.server.storage.Inbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Handles everything that waits for one change request: its commands in their order, then at most one review. */
final class Worker {

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  /** So often the forge's data may still be older than the event that told of it. */
  private static final int TRIES_FOR_LAGGING_DATA = 3;

  /** With growing waits this is about two hours of a forge that does not answer. */
  private static final int MOST_TRIES = 16;

  /** Something that was just announced may not be visible yet; after so many tries it is gone. */
  private static final int TRIES_FOR_MISSING = 4;

  private final Inbox inbox;
  private final Map<ForgeKind, ForgeSide> sides;
  private final ReviewWorkflow reviews;
  private final CommandWorkflow commands;
  private final Outcomes outcomes;

  Worker(
      Inbox inbox,
      Map<ForgeKind, ForgeSide> sides,
      ReviewWorkflow reviews,
      CommandWorkflow commands,
      Outcomes outcomes) {
    this.inbox = inbox;
    this.sides = Map.copyOf(sides);
    this.reviews = reviews;
    this.commands = commands;
    this.outcomes = outcomes;
  }

  /** What the pages and the metrics are told. */
  interface Outcomes {
    void reviewed(Outcome outcome, Duration took);

    void commanded();
  }

  void work(String key, int failures) {
    MDC.put("target", key);
    try {
      new Turn(key, failures).run();
    } finally {
      MDC.remove("target");
    }
  }

  /** One run of a target's job. */
  private final class Turn {

    private final String key;
    private final int failures;
    private final List<Inbox.Entry> answeredByReview = new ArrayList<>();
    private Optional<ReviewTarget> target = Optional.empty();
    private Optional<String> expectedHead = Optional.empty();
    private boolean wanted;
    private boolean again;

    Turn(String key, int failures) {
      this.key = key;
      this.failures = failures;
    }

    void run() {
      try {
        inbox.queued(key).forEach(this::handle);
        if (wanted) {
          review();
        }
        answeredByReview.forEach(e -> inbox.finish(e.id(), Inbox.State.DONE, "reviewed"));
      } catch (ForgeException e) {
        if (isHopeless(e)) {
          giveUp(e);
        } else {
          throw e;
        }
      }
    }

    private void handle(Inbox.Entry entry) {
      ForgeSide side = sides.get(entry.delivery().forge());
      if (side == null) {
        inbox.finish(entry.id(), Inbox.State.IGNORED, "this forge is not configured any more");
        return;
      }
      switch (Dispatcher.parse(side, entry)) {
        case ForgeEvent.ReviewWanted event -> {
          wantReview(event.target(), event.headSha(), event.why().contains("rerequested"));
          answeredByReview.add(entry);
        }
        case ForgeEvent.ButtonPressed event -> {
          wantReview(event.changeRequest(), Optional.empty(), true);
          answeredByReview.add(entry);
        }
        case ForgeEvent.Commented event -> {
          target = Optional.of(event.changeRequest());
          Instant start = Instant.now();
          commands.obey(event).ifPresent(o -> outcomes.reviewed(o, Duration.between(start, Instant.now())));
          outcomes.commanded();
          inbox.finish(entry.id(), Inbox.State.DONE, "obeyed");
        }
        case ForgeEvent other -> inbox.finish(entry.id(), Inbox.State.IGNORED, "nothing to do: " + other);
      }
    }

    private void wantReview(ReviewTarget what, Optional<String> head, boolean anew) {
      target = Optional.of(what);
      expectedHead = head.or(() -> expectedHead);
      wanted = true;
      again |= anew;
    }

    private void review() {
      Instant start = Instant.now();
      Outcome outcome = reviews.review(target.orElseThrow(), again);
      outcomes.reviewed(outcome, Duration.between(start, Instant.now()));
      boolean lags = expectedHead.isPresent()
          && !(outcome instanceof Outcome.Closed)
          && !head(outcome).equals(expectedHead.get());
      if (lags && failures < TRIES_FOR_LAGGING_DATA) {
        throw new ForgeException(
            ForgeException.Kind.RETRY_LATER,
            "the forge shows another head than the event named",
            Optional.of(Instant.now().plusSeconds(3L + 5L * failures)),
            null);
      }
    }

    private static String head(Outcome outcome) {
      return switch (outcome) {
        case Outcome.Reviewed reviewed -> reviewed.request().headSha();
        case Outcome.NothingToReview nothing -> nothing.request().headSha();
        case Outcome.Closed closed -> closed.request().headSha();
        case Outcome.Failed failed -> failed.request().headSha();
      };
    }

    private boolean isHopeless(ForgeException e) {
      return switch (e.kind()) {
        case RETRY_LATER -> failures >= MOST_TRIES;
        case NOT_FOUND -> failures >= TRIES_FOR_MISSING;
        case FORBIDDEN, REFUSED -> failures >= 1;
      };
    }

    private void giveUp(ForgeException e) {
      LOG.error("{} is given up: {}", key, e.getMessage(), e);
      inbox.queued(key).forEach(entry -> inbox.finish(entry.id(), Inbox.State.FAILED, e.getMessage()));
      target.ifPresent(t -> {
        try {
          reviews.giveUp(t, "The forge did not do what the review needs: " + Reasons.inMarkdown(e.getMessage())
              + "\n\nWhen that is mended, `/plimsoll rerun` reviews again.");
        } catch (ForgeException second) {
          LOG.error("{}: not even that could be said: {}", key, second.getMessage());
        }
      });
    }
  }
}
