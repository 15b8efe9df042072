package dev.plimsoll.server;

import dev.plimsoll.forge.Action;
import dev.plimsoll.forge.ChangeRequest;
import dev.plimsoll.forge.CheckReport;
import dev.plimsoll.forge.Desired;
import dev.plimsoll.forge.DiffLines;
import dev.plimsoll.forge.Forge;
import dev.plimsoll.forge.Forge.Applied;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.Posted;
import dev.plimsoll.forge.PostedLedger;
import dev.plimsoll.forge.PostedLedger.CheckEntry;
import dev.plimsoll.forge.PostedLedger.CommentEntry;
import dev.plimsoll.forge.PostedLedger.ThreadEntry;
import dev.plimsoll.forge.Reconciler;
import dev.plimsoll.forge.ReviewTarget;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Brings what stands on a change request in line with what should, and notes in the ledger what it made. */
final class Publisher {

  private final PostedLedger ledger;
  private final InstantSource clock;

  Publisher(PostedLedger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** Threads, then the summary, then the checks: when the checks are done, everything else is. */
  void publish(Forge forge, ChangeRequest request, Posted posted, Desired desired) {
    Reconciler reconciler = Reconciler.forForge(request.target().forge());
    Set<String> paths = reconciler.pathsToAnchor(desired, posted);
    Map<String, DiffLines> diff = paths.isEmpty() ? Map.of() : forge.diff(request, paths);
    Reconciler.ThreadPlan plan = reconciler.threads(desired, posted, diff, request.headSha());
    Set<String> withoutThread = new LinkedHashSet<>(plan.leftOut());
    plan.actions()
        .forEach(action -> withoutThread.addAll(apply(forge, request, action).unplaced()));
    reconciler
        .comments(desired, posted, withoutThread, request.headSha())
        .forEach(a -> apply(forge, request, a));
    reconciler
        .checks(desired, posted, ledger.checkDigests(request.target()))
        .forEach(a -> apply(forge, request, a));
  }

  /**
   * Says that the review is on its way. One new check says it for both: the other comes seconds later, and a call to the forge is dear.
   *
   * @param again a check that is final already is started anew
   * @return what stands then
   */
  Posted start(Forge forge, ChangeRequest request, Posted posted, boolean again) {
    List<Posted.Check> checks = new ArrayList<>();
    for (String name : List.of(Desired.FINDINGS_CHECK, Desired.CHECKLIST_CHECK)) {
      Optional<Posted.Check> standing =
          posted.checks().stream().filter(c -> c.name().equals(name)).findFirst();
      boolean first = standing.isEmpty() && name.equals(Desired.FINDINGS_CHECK);
      boolean anew = again && standing.filter(c -> c.state().isFinal()).isPresent();
      if (!first && !anew) {
        standing.ifPresent(checks::add);
        continue;
      }
      CheckReport report = new CheckReport(
          name,
          CheckReport.State.IN_PROGRESS,
          "Reading the migrations",
          "The review is on its way.",
          List.of(),
          List.of());
      Applied applied = apply(forge, request, new Action.PutCheck(report, Optional.empty()));
      Optional.ofNullable(applied.made().get(name))
          .ifPresent(id -> checks.add(new Posted.Check(id, name, report.state(), report.title())));
    }
    return new Posted(posted.threads(), posted.comments(), checks);
  }

  /** Makes one write and notes it. */
  Applied apply(Forge forge, ChangeRequest request, Action action) {
    try {
      Applied applied = forge.apply(request, action);
      note(request, action, applied);
      return applied;
    } catch (ForgeException e) {
      if (e.kind() == ForgeException.Kind.NOT_FOUND && edited(action).isPresent()) {
        // Somebody deleted it: the next run sees that it is gone, and makes it anew.
        ledger.forget(request.target(), edited(action).get());
        throw new ForgeException(
            ForgeException.Kind.RETRY_LATER, "what was to be edited is gone", e.retryAt(), e);
      }
      throw e;
    }
  }

  private static Optional<String> edited(Action action) {
    return switch (action) {
      case Action.EditThread(String id, String body) -> Optional.of(id);
      case Action.ResolveThread(String id, String body) -> Optional.of(id);
      case Action.ReopenThread(String id, String body) -> Optional.of(id);
      case Action.EditComment(String id, String body) -> Optional.of(id);
      case Action.PutCheck put -> put.replaces();
      case Action.OpenThreads threads -> Optional.empty();
      case Action.PostComment comment -> Optional.empty();
      case Action.React reaction -> Optional.empty();
    };
  }

  private void note(ChangeRequest request, Action action, Applied applied) {
    ReviewTarget target = request.target();
    Instant now = clock.instant();
    switch (action) {
      case Action.PutCheck(CheckReport report, Optional<String> replaces) ->
        // A forge may have made a new one all the same
        Optional.ofNullable(applied.made().get(report.name()))
            .or(() -> replaces)
            .ifPresent(id -> ledger.put(
                target,
                new CheckEntry(
                    id,
                    report.name(),
                    request.headSha(),
                    report.state(),
                    report.title(),
                    PostedLedger.digestOf(report),
                    now)));
      case Action.OpenThreads(List<Action.NewThread> threads) ->
        threads.forEach(t -> Optional.ofNullable(applied.made().get(t.key()))
            .ifPresent(
                id -> ledger.put(target, new ThreadEntry(id, t.key(), t.body(), false, now))));
      case Action.EditThread(String id, String body) -> noteThread(target, id, body, false);
      case Action.ResolveThread(String id, String body) -> noteThread(target, id, body, true);
      case Action.ReopenThread(String id, String body) -> noteThread(target, id, body, false);
      case Action.PostComment(var marker, String body, var inReplyTo) ->
        applied.made().values().stream()
            .findFirst()
            .ifPresent(id -> ledger.put(target, new CommentEntry(id, marker, body, now)));
      case Action.EditComment(String id, String body) ->
        ledger.entries(target).stream()
            .filter(e -> e instanceof CommentEntry && e.id().equals(id))
            .findFirst()
            .ifPresent(e -> ledger.put(
                target, new CommentEntry(id, ((CommentEntry) e).marker(), body, e.at())));
      case Action.React reaction -> {}
    }
  }

  private void noteThread(ReviewTarget target, String id, String body, boolean resolved) {
    ledger.entries(target).stream()
        .filter(e -> e instanceof ThreadEntry && e.id().equals(id))
        .findFirst()
        .ifPresent(e -> ledger.put(
            target, new ThreadEntry(id, ((ThreadEntry) e).key(), body, resolved, e.at())));
  }
}
