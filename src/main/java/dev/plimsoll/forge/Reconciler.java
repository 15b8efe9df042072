package dev.plimsoll.forge;

import dev.plimsoll.forge.Action.Anchor;
import dev.plimsoll.forge.Action.NewThread;
import dev.plimsoll.forge.Desired.FindingThread;
import dev.plimsoll.forge.Desired.SummaryComment;
import dev.plimsoll.forge.DiffLines.Hunk;
import dev.plimsoll.forge.Posted.Thread;
import dev.plimsoll.forge.ThreadMemo.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/**
 * Compares what should stand on a change request with what does, and gives the fewest writes. Pure. In this order: {@link #threads},
 * {@link #comments}, {@link #checks}, so that the checks are the last word.
 *
 * @param openThreads the most threads on findings that stand; the summary tells the others
 * @param adviceThreads findings that hold nothing get threads as well
 */
public record Reconciler(int openThreads, boolean adviceThreads) {

  public static final Marker SUMMARY = new Marker(Marker.Kind.SUMMARY, "-");

  private static final Pattern SUGGESTION =
      Pattern.compile("(?m)^([ \\t]*(?:`{3,}|~{3,}))[ \\t]*suggestion\\b.*$");

  /** GitHub's larger reviews time out; on GitLab an open thread may itself hold the merge, so advice gets none. */
  public static Reconciler forForge(ForgeKind kind) {
    return new Reconciler(30, kind != ForgeKind.GITLAB);
  }

  /**
   * @param leftOut keys of findings that stand and have no thread
   */
  public record ThreadPlan(List<Action> actions, Set<String> leftOut) {}

  /** The paths whose diff is needed for {@link #threads}: those that get new threads. */
  public Set<String> pathsToAnchor(Desired desired, Posted posted) {
    Set<String> paths = new LinkedHashSet<>();
    toOpen(desired, posted).forEach(t -> paths.add(t.text().path()));
    return paths;
  }

  /**
   * @param diff of {@link #pathsToAnchor}
   */
  public ThreadPlan threads(
      Desired desired, Posted posted, Map<String, DiffLines> diff, String headSha) {
    if (desired.conversation().isEmpty()) {
      return new ThreadPlan(List.of(), Set.of());
    }
    List<Action> actions = new ArrayList<>();
    for (Thread standing : posted.threads()) {
      Optional<FindingThread> wanted = desired.conversation().get().threads().stream()
          .filter(t -> t.key().equals(standing.key()))
          .findFirst();
      wanted
          .map(w -> update(standing, w))
          .orElseGet(() -> retire(standing, headSha))
          .ifPresent(actions::add);
    }
    List<NewThread> opened = toOpen(desired, posted).stream()
        .map(t -> open(t, diff.getOrDefault(t.text().path(), DiffLines.NONE)))
        .toList();
    if (!opened.isEmpty()) {
      actions.add(new Action.OpenThreads(opened));
    }
    Set<String> leftOut = new LinkedHashSet<>();
    desired.conversation().get().threads().stream()
        .filter(t -> !t.settled())
        .map(FindingThread::key)
        .filter(key -> !hasThread(posted, key))
        .filter(key -> opened.stream().noneMatch(o -> o.key().equals(key)))
        .forEach(leftOut::add);
    return new ThreadPlan(actions, leftOut);
  }

  /**
   * @param withoutThread those left out by {@link #threads}, and those that the forge did not take
   */
  public List<Action> comments(
      Desired desired, Posted posted, Set<String> withoutThread, String headSha) {
    if (desired.conversation().isEmpty()) {
      return List.of();
    }
    Optional<Posted.Comment> standing = posted.comment(SUMMARY);
    List<Action> actions = new ArrayList<>();
    switch (desired.conversation().get().summary()) {
      case SummaryComment.OnlyIfThereIsOne(String text) ->
        standing.flatMap(s -> edit(s, VerdictMemo.on(text, 0))).ifPresent(actions::add);
      case SummaryComment.Telling(
          int weight,
          Desired.SummaryText text,
          IntFunction<String> worse) -> {
        String body = VerdictMemo.on(text.of(withoutThread), weight);
        if (standing.isEmpty()) {
          actions.add(new Action.PostComment(SUMMARY, body));
        } else {
          worseNote(standing.get(), posted, weight, worse, headSha).ifPresent(actions::add);
          edit(standing.get(), body).ifPresent(actions::add);
        }
      }
    }
    return actions;
  }

  /**
   * @param digests of the reports that checks show, by the check's id, as far as they are known
   */
  public List<Action> checks(Desired desired, Posted posted, Map<String, String> digests) {
    List<Action> actions = new ArrayList<>();
    for (CheckReport report : desired.checks()) {
      Optional<Posted.Check> standing =
          posted.checks().stream().filter(c -> c.name().equals(report.name())).findFirst();
      if (standing.isEmpty()) {
        actions.add(new Action.PutCheck(report, Optional.empty()));
      } else if (!standing.get().state().isFinal()) {
        actions.add(new Action.PutCheck(report, Optional.of(standing.get().id())));
      } else if (!shows(standing.get(), report, digests)) {
        // A final check is not patched: annotations would be appended to those that stand, and its
        // end would lie before its start.
        actions.add(new Action.PutCheck(report, Optional.empty()));
      }
    }
    return actions;
  }

  private static boolean shows(
      Posted.Check standing, CheckReport report, Map<String, String> digests) {
    String known = digests.get(standing.id());
    boolean alike = standing.state() == report.state() && standing.title().equals(report.title());
    return alike && (known == null || known.equals(PostedLedger.digestOf(report)));
  }

  private List<FindingThread> toOpen(Desired desired, Posted posted) {
    if (desired.conversation().isEmpty()) {
      return List.of();
    }
    List<FindingThread> all = desired.conversation().get().threads();
    long open =
        all.stream().filter(t -> !t.settled() && hasThread(posted, t.key())).count();
    return all.stream()
        .filter(t -> !t.settled() && !hasThread(posted, t.key()))
        .filter(t -> t.blocking() || adviceThreads)
        .sorted(Comparator.comparing(t -> !t.blocking()))
        .limit(Math.max(0, openThreads - open))
        .toList();
  }

  private static boolean hasThread(Posted posted, String key) {
    return posted.threads().stream().anyMatch(t -> t.key().equals(key));
  }

  /** On the finding's lines; else on those of them that the diff shows; else on the file. */
  private static NewThread open(FindingThread thread, DiffLines lines) {
    int from = thread.text().fromLine();
    int to = Math.max(from, thread.text().toLine());
    Optional<Hunk> whole = lines.hunkWith(from, to);
    Optional<Hunk> part = whole.or(() -> lines.hunks().stream()
        .filter(h -> h.firstLine() <= to && h.lastLine() >= from)
        .findFirst());
    Anchor anchor = new Anchor(
        thread.text().path(),
        part.map(h -> Math.max(from, h.firstLine())).orElse(from),
        part.map(h -> Math.min(to, h.lastLine())).orElse(to),
        part);
    return new NewThread(thread.key(), anchor, body(thread, State.OPEN, whole.isPresent()));
  }

  private static String body(FindingThread thread, State state, boolean exact) {
    String text = exact ? thread.text().body() : thread.text().bodyElsewhere();
    return new ThreadMemo(state, exact).on(text, thread.key());
  }

  private static Optional<Action> update(Thread standing, FindingThread wanted) {
    Optional<ThreadMemo> memo = ThreadMemo.in(standing.body());
    boolean exact = memo.map(ThreadMemo::exact).orElse(false);
    State said = memo.map(ThreadMemo::state).orElse(State.OPEN);
    State now = wanted.settled() ? State.SETTLED : State.OPEN;
    String body = body(wanted, now, exact);
    if (now == State.SETTLED && (said != State.SETTLED || !standing.resolved())) {
      return Optional.of(new Action.ResolveThread(standing.id(), body));
    }
    if (now == State.OPEN && said != State.OPEN) {
      return Optional.of(new Action.ReopenThread(standing.id(), body));
    }
    return same(standing.body(), body)
        ? Optional.empty()
        : Optional.of(new Action.EditThread(standing.id(), body));
  }

  private static Optional<Action> retire(Thread standing, String headSha) {
    Optional<ThreadMemo> memo = ThreadMemo.in(standing.body());
    State said = memo.map(ThreadMemo::state).orElse(State.OPEN);
    if (said == State.GONE || (said == State.SETTLED && standing.resolved())) {
      return Optional.empty();
    }
    // A suggestion in a comment on a line stays a button: without the word it is only text.
    String former = SUGGESTION.matcher(ThreadMemo.text(standing.body())).replaceAll("$1");
    String text = "**Resolved in `" + shortened(headSha) + "`.** This finding is gone."
        + "\n\n<details><summary>What stood here</summary>\n\n" + former + "\n\n</details>";
    String body = new ThreadMemo(State.GONE, memo.map(ThreadMemo::exact).orElse(false))
        .on(text, standing.key());
    return Optional.of(new Action.ResolveThread(standing.id(), body));
  }

  /** Said once for a head and a weight, even when the run is cut off behind it. */
  private static Optional<Action> worseNote(
      Posted.Comment standing,
      Posted posted,
      int weight,
      IntFunction<String> text,
      String headSha) {
    OptionalInt before = VerdictMemo.in(standing.body());
    Marker marker = new Marker(Marker.Kind.WORSE, shortened(headSha) + "-" + weight);
    boolean worse = before.isPresent()
        && weight > before.getAsInt()
        && posted.comment(marker).isEmpty();
    return worse
        ? Optional.of(new Action.PostComment(marker, marker.on(text.apply(before.getAsInt()))))
        : Optional.empty();
  }

  private static Optional<Action> edit(Posted.Comment standing, String body) {
    return same(standing.body(), body)
        ? Optional.empty()
        : Optional.of(new Action.EditComment(standing.id(), body));
  }

  /** Forges keep line ends and trailing space in their own way. */
  private static boolean same(String a, String b) {
    return a.replace("\r\n", "\n").strip().equals(b.replace("\r\n", "\n").strip());
  }

  private static String shortened(String sha) {
    return sha.length() > 7 ? sha.substring(0, 7) : sha;
  }
}
