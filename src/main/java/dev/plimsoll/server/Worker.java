package dev.plimsoll.server;

import dev.plimsoll.forge.ForgeEvent;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.forge.ReviewTarget;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import dev.plimsoll.server.ReviewWorkflow.Outcome;
import dev.plimsoll.server.storage.Inbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
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

  /** A bug may be one of the moment, such as a database that was restarted. */
  private static final int TRIES_FOR_BUGS = 3;

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

  /**
   * @param failures how often this failed before, one after another
   * @param schedule told the keys of other targets for which something was put into the inbox
   */
  void work(String key, int failures, Consumer<String> schedule) {
    MDC.put("target", key);
    try {
      new Turn(key, failures, schedule).run();
    } finally {
      MDC.remove("target");
    }
  }

  /** One run of a target's job. */
  private final class Turn {

    private final String key;
    private final int failures;
    private final Consumer<String> schedule;
    private final Set<String> announcedHeads = new HashSet<>();
    private final List<Inbox.Entry> answeredByReview = new ArrayList<>();
    private Optional<ReviewTarget> target = Optional.empty();
    private Optional<String> expectedHead = Optional.empty();
    private boolean wanted;
    private boolean again;

    Turn(String key, int failures, Consumer<String> schedule) {
      this.key = key;
      this.failures = failures;
      this.schedule = schedule;
    }

    void run() {
      try {
        inbox.queued(key).forEach(this::handle);
        if (wanted) {
          review();
        }
        answeredByReview.forEach(e -> inbox.finish(e.id(), Inbox.State.DONE, "reviewed"));
      } catch (ForgeException e) {
        if (!isHopeless(e)) {
          throw e;
        }
        giveUp(
            e,
            "The forge did not do what the review needs: " + Reasons.inMarkdown(e.getMessage())
                + "\n\nWhen that is mended, `/plimsoll rerun` reviews again.");
      } catch (RuntimeException bug) {
        if (failures < TRIES_FOR_BUGS) {
          throw bug;
        }
        String incident = UUID.randomUUID().toString().substring(0, 8);
        LOG.error("Incident {}: {} cannot be handled", incident, key, bug);
        giveUp(
            bug,
            "Plimsoll failed (incident `" + incident
                + "`). Its operators find the incident in their log; `/plimsoll rerun` tries again.");
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
          wantReview(event.target(), event.headSha(), event.isReRun());
          answeredByReview.add(entry);
        }
        case ForgeEvent.ButtonPressed event -> {
          target = Optional.of(event.changeRequest());
          Instant start = Instant.now();
          commands
              .press(event)
              .ifPresent(o -> outcomes.reviewed(o, Duration.between(start, Instant.now())));
          outcomes.commanded();
          inbox.finish(entry.id(), Inbox.State.DONE, "the button was obeyed");
        }
        case ForgeEvent.Commented event -> {
          target = Optional.of(event.changeRequest());
          Instant start = Instant.now();
          commands
              .obey(event)
              .ifPresent(o -> outcomes.reviewed(o, Duration.between(start, Instant.now())));
          outcomes.commanded();
          inbox.finish(entry.id(), Inbox.State.DONE, "obeyed");
        }
        case ForgeEvent.HeadReviewWanted head -> {
          for (ChangeRequestId found : side.withHead().find(head.repository(), head.headSha())) {
            inbox.add(OwnReview.of(found, entry), found.key());
            schedule.accept(found.key());
          }
          inbox.finish(
              entry.id(), Inbox.State.DONE, "passed on to the change requests with this head");
        }
        case ForgeEvent other ->
          inbox.finish(entry.id(), Inbox.State.IGNORED, "nothing to do: " + other);
      }
    }

    private void wantReview(ReviewTarget what, Optional<String> head, boolean anew) {
      target = Optional.of(what);
      expectedHead = head.or(() -> expectedHead);
      head.ifPresent(announcedHeads::add);
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
      // When events have overtaken each other, the head that the forge shows is that of one of
      // them.
      int tries = lags && announcedHeads.contains(head(outcome)) ? 1 : TRIES_FOR_LAGGING_DATA;
      if (lags && failures < tries) {
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

    private void giveUp(RuntimeException e, String reason) {
      LOG.error("{} is given up: {}", key, e.getMessage(), e);
      inbox
          .queued(key)
          .forEach(entry ->
              inbox.finish(entry.id(), Inbox.State.FAILED, String.valueOf(e.getMessage())));
      target.ifPresent(t -> {
        try {
          reviews.giveUp(t, reason);
        } catch (RuntimeException second) {
          LOG.error("{}: not even that could be said: {}", key, second.getMessage());
        }
      });
    }
  }
}
