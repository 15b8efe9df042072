package dev.plimsoll.server;

import dev.plimsoll.forge.ChangeRequest;
import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.forge.ReviewRenderer;
import dev.plimsoll.server.ReviewWorkflow.Outcome;
import dev.plimsoll.server.storage.ReviewLog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/** Keeps what became of each review, for the pages and the metrics. */
final class Remembering implements Worker.Outcomes {

  private final ReviewLog log;
  private final Metrics metrics;
  private final Function<ForgeKind, ReviewRenderer> renderers;
  private final InstantSource clock;

  Remembering(
      ReviewLog log,
      Metrics metrics,
      Function<ForgeKind, ReviewRenderer> renderers,
      InstantSource clock) {
    this.log = log;
    this.metrics = metrics;
    this.renderers = renderers;
    this.clock = clock;
  }

  @Override
  public void reviewed(Outcome outcome, Duration took) {
    metrics.reviewed(outcome, took);
    switch (outcome) {
      case Outcome.Reviewed reviewed -> {
        ReviewRenderer renderer = renderers.apply(reviewed.request().target().forge());
        boolean ready = reviewed.review().verdict().isReady();
        put(
            reviewed.request(),
            ready ? "ready" : "held",
            headline(renderer, reviewed),
            renderer.summary(reviewed.review(), List.of()));
      }
      case Outcome.NothingToReview nothing ->
        put(nothing.request(), "nothing", "No migrations changed", "No migrations changed.");
      case Outcome.Failed failed ->
        put(
            failed.request(),
            "failed",
            "Internal error, incident " + failed.incident(),
            "The log has the incident.");
      case Outcome.Closed ignored -> {}
    }
  }

  private static String headline(ReviewRenderer renderer, Outcome.Reviewed reviewed) {
    return renderer.findings(reviewed.review()).title() + "; "
        + renderer.checklist(reviewed.review()).title();
  }

  private void put(ChangeRequest request, String state, String headline, String markdown) {
    log.put(new ReviewLog.Entry(
        request.target().key(),
        request.target().forge(),
        request.target().repository(),
        request.headSha(),
        request.title(),
        request.url(),
        request.author().login(),
        state,
        headline,
        markdown,
        clock.instant()));
  }

  @Override
  public void commanded() {
    metrics.commanded();
  }
}
