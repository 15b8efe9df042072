package dev.plimsoll.server;

import dev.plimsoll.command.Decision;
import dev.plimsoll.command.DecisionStore;
import dev.plimsoll.forge.Buttons;
import dev.plimsoll.forge.ChangeRequest;
import dev.plimsoll.forge.CheckReport;
import dev.plimsoll.forge.Desired;
import dev.plimsoll.forge.Forge;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.forge.Posted;
import dev.plimsoll.forge.PostedLedger;
import dev.plimsoll.forge.ReviewRenderer;
import dev.plimsoll.forge.ReviewTarget;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import dev.plimsoll.forge.ReviewTarget.MergeGroup;
import dev.plimsoll.review.Decisions;
import dev.plimsoll.review.Review;
import dev.plimsoll.review.config.ConfigReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reviews a change request or merge group from load to checks. One run at a time for each target: the queue sees to it. A {@link ForgeException}
 * means that the run is to be made again; whatever it has written by then is found and not written twice.
 */
public final class ReviewWorkflow {

  private static final Logger LOG = LoggerFactory.getLogger(ReviewWorkflow.class);

  /** A change request that waits longer for its merge has its commands given anew. */
  private static final Duration DECISIONS_FOR_MERGE_GROUPS = Duration.ofDays(180);

  private final Function<ForgeKind, Forge> forges;
  private final Reviewing reviewer;
  private final Function<ForgeKind, ReviewRenderer> renderers;
  private final DecisionStore decisions;
  private final MaterialLoader loader;
  private final Publisher publisher;
  private final InstantSource clock;

  public ReviewWorkflow(
      Function<ForgeKind, Forge> forges,
      Reviewing reviewer,
      Function<ForgeKind, ReviewRenderer> renderers,
      ConfigReader configs,
      CatalogProvider catalogs,
      DecisionStore decisions,
      PostedLedger ledger,
      InstantSource clock) {
    this.forges = forges;
    this.reviewer = reviewer;
    this.renderers = renderers;
    this.decisions = decisions;
    this.loader = new MaterialLoader(configs, catalogs, ledger, clock);
    this.publisher = new Publisher(ledger, clock);
    this.clock = clock;
  }

  /** What became of a run. */
  public sealed interface Outcome {

    /**
     * @param request as it was when it was loaded: when its head is not the one that an event told of, the forge's data may lag, and the
     *     run should be made again soon
     */
    record Reviewed(ChangeRequest request, Review review) implements Outcome {}

    /** No changed file may be a migration. */
    record NothingToReview(ChangeRequest request) implements Outcome {}

    /** Merged or closed in the meantime: nothing was written. */
    record Closed(ChangeRequest request) implements Outcome {}

    /**
     * A bug. The checks fail and name the incident, as the log does.
     */
    record Failed(ChangeRequest request, String incident) implements Outcome {}
  }

  /**
   * @param again somebody asked for it: checks that are final start anew
   */
  public Outcome review(ReviewTarget target, boolean again) {
    return review(start(target), again);
  }

  MaterialLoader.Start start(ReviewTarget target) {
    return loader.start(forges.apply(target.forge()), target);
  }

  Outcome review(MaterialLoader.Start start, boolean again) {
    ChangeRequest request = start.request();
    if (!request.open()) {
      return new Outcome.Closed(request);
    }
    if (start.hasNothingToReview()) {
      publisher.publish(start.forge(), request, start.posted(), Desired.nothingToReview());
      return new Outcome.NothingToReview(request);
    }
    Posted posted = publisher.start(start.forge(), request, start.posted(), again);
    try {
      Material material = loader.material(start);
      return conclude(start, posted, material, review(material, decisionsFor(request.target())));
    } catch (ForgeException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      return failed(start, posted, e);
    }
  }

  private Outcome conclude(
      MaterialLoader.Start start, Posted posted, Material material, Review review) {
    ChangeRequest request = start.request();
    Desired desired =
        Desired.of(review, renderers.apply(request.target().forge()), material.sources());
    boolean isGroup = request.target() instanceof MergeGroup;
    publisher.publish(
        start.forge(), request, posted, isGroup ? desired.withoutConversation() : desired);
    return review.hasNothingToReview()
        ? new Outcome.NothingToReview(request)
        : new Outcome.Reviewed(request, review);
  }

  Material material(MaterialLoader.Start start) {
    return loader.material(start);
  }

  Review review(Material material, Decisions held) {
    return reviewer.review(material.with(held, clock.instant()));
  }

  Publisher publisher() {
    return publisher;
  }

  /** What was decided on a change request holds for the merge group that it becomes: it is tied to statements, not to commits. */
  private Decisions decisionsFor(ReviewTarget target) {
    List<Decision> trail = switch (target) {
      case ChangeRequestId id -> decisions.trail(id);
      case MergeGroup group -> {
        Instant since = clock.instant().minus(DECISIONS_FOR_MERGE_GROUPS);
        yield decisions.trailOf(group.forge(), group.repository(), since);
      }
    };
    return Decision.holding(trail);
  }

  /** Failing closed: a bug here never lets a migration pass. */
  private Outcome failed(MaterialLoader.Start start, Posted posted, Throwable bug) {
    String incident = UUID.randomUUID().toString().substring(0, 8);
    LOG.error(
        "Incident {}: the review of {} failed",
        incident,
        start.request().target().key(),
        bug);
    publisher.publish(
        start.forge(),
        start.request(),
        posted,
        stopped(
            "Internal error: not reviewed",
            "Plimsoll failed on this change request (incident `" + incident
                + "`), so nobody has looked at its migrations. Its operators find the incident in their log; `/plimsoll rerun` tries again."));
    return new Outcome.Failed(start.request(), incident);
  }

  /**
   * Ends a review that cannot be made, so that its checks do not wait for ever.
   *
   * @param reason Markdown, for the author: what is wrong and what to do
   */
  public void giveUp(ReviewTarget target, String reason) {
    MaterialLoader.Start start = start(target);
    if (start.request().open()) {
      publisher.publish(
          start.forge(), start.request(), start.posted(), stopped("Not reviewed", reason));
    }
  }

  private static Desired stopped(String title, String summary) {
    return new Desired(
        List.of(
            stopped(Desired.FINDINGS_CHECK, title, summary),
            stopped(Desired.CHECKLIST_CHECK, title, summary)),
        Optional.empty());
  }

  private static CheckReport stopped(String name, String title, String summary) {
    return new CheckReport(
        name, CheckReport.State.FAILURE, title, summary, List.of(), List.of(Buttons.RERUN));
  }
}
