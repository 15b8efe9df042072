package dev.plimsoll.forge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.forge.Action.EditComment;
import dev.plimsoll.forge.Action.EditThread;
import dev.plimsoll.forge.Action.NewThread;
import dev.plimsoll.forge.Action.OpenThreads;
import dev.plimsoll.forge.Action.PostComment;
import dev.plimsoll.forge.Action.PutCheck;
import dev.plimsoll.forge.Action.ReopenThread;
import dev.plimsoll.forge.Action.ResolveThread;
import dev.plimsoll.forge.CheckReport.State;
import dev.plimsoll.forge.Desired.Conversation;
import dev.plimsoll.forge.Desired.FindingThread;
import dev.plimsoll.forge.Desired.SummaryComment;
import dev.plimsoll.forge.DiffLines.Hunk;
import dev.plimsoll.report.ThreadText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReconcilerTest {

  private static final String HEAD = "abcdef1234567890";
  private static final String PATH = "db/V2.sql";
  private static final Reconciler RECONCILER = new Reconciler(30, true);
  private static final DiffLines LINES =
      new DiffLines(List.of(new Hunk(1, 10, Map.of()), new Hunk(20, 24, Map.of(20, 18))));

  @Test
  void opensOneBatchOfThreads() {
    List<Action> actions = threads(Posted.NOTHING, finding("a", 2, 3), finding("b", 21, 21));

    assertThat(actions).hasSize(1);
    assertThat(((OpenThreads) actions.getFirst()).threads())
        .extracting(NewThread::key)
        .containsExactly("a", "b");
  }

  @Test
  void anchorsToTheLinesOrToWhatTheDiffShowsOfThemOrToTheFile() {
    List<NewThread> opened =
        opened(finding("exact", 2, 3), finding("part", 22, 40), finding("far", 50, 51));

    assertThat(opened.get(0).anchor())
        .isEqualTo(new Action.Anchor(PATH, 2, 3, Optional.of(LINES.hunks().get(0))));
    assertThat(opened.get(0).body()).startsWith("exact: click here");
    assertThat(opened.get(1).anchor())
        .isEqualTo(new Action.Anchor(PATH, 22, 24, Optional.of(LINES.hunks().get(1))));
    assertThat(opened.get(1).body()).startsWith("part: read here");
    assertThat(opened.get(2).anchor()).isEqualTo(new Action.Anchor(PATH, 50, 51, Optional.empty()));
    assertThat(opened.get(2).body()).startsWith("far: read here");
  }

  @Test
  void doesNothingWhenAllStandsAsItShould() {
    FindingThread finding = finding("a", 2, 3);
    Posted posted = posted(
        thread("1", opened(finding).getFirst().body().replace("\n", "\r\n").strip(), false));

    assertThat(threads(posted, finding)).isEmpty();
  }

  @Test
  void keepsAThreadWhereverItsFindingGoes() {
    Posted posted = posted(thread("1", opened(finding("a", 2, 3)).getFirst().body(), false));

    assertThat(threads(posted, finding("a", 8, 9))).isEmpty();
  }

  @Test
  void editsAThreadWhoseTextIsAnother() {
    Posted posted = posted(thread("1", opened(finding("a", 2, 3)).getFirst().body(), false));
    FindingThread larger =
        new FindingThread("a", true, false, new ThreadText(PATH, 2, 3, "now 300 GB", "elsewhere"));

    assertThat(threads(posted, larger))
        .hasSize(1)
        .first()
        .isInstanceOfSatisfying(EditThread.class, edit -> {
          assertThat(edit.threadId()).isEqualTo("1");
          assertThat(edit.body()).startsWith("now 300 GB");
        });
  }

  @Test
  void neverPutsASuggestionIntoAThreadThatStandsElsewhere() {
    Posted posted = posted(thread("1", opened(finding("a", 50, 51)).getFirst().body(), false));

    assertThat(threads(posted, finding("a", 2, 3))).isEmpty();
  }

  @Test
  void resolvesWhatIsGoneOnce() {
    FindingThread finding = finding("a", 2, 3);
    String suggesting =
        new ThreadMemo(ThreadMemo.State.OPEN, true).on("Slow.\n\n```suggestion\nfast;\n```", "a");
    ResolveThread resolve =
        (ResolveThread) threads(posted(thread("1", suggesting, false))).getFirst();

    assertThat(resolve.body())
        .startsWith("**Resolved in `abcdef1`.**")
        .contains("fast;")
        .doesNotContain("suggestion");
    assertThat(threads(posted(thread("1", resolve.body(), true)))).isEmpty();
    assertThat(threads(posted(thread("1", resolve.body(), true)), finding))
        .hasSize(1)
        .first()
        .isInstanceOf(ReopenThread.class);
  }

  @Test
  void respectsAPersonWhoResolvedAThread() {
    FindingThread finding = finding("a", 2, 3);
    Posted posted = posted(thread("1", opened(finding).getFirst().body(), true));

    assertThat(threads(posted, finding)).isEmpty();
  }

  @Test
  void resolvesAThreadThatSomebodyAnsweredForAndOpensNoneForIt() {
    FindingThread finding = finding("a", 2, 3);
    FindingThread settled = new FindingThread(
        "a", true, true, new ThreadText(PATH, 2, 3, "ada took it", "ada took it"));

    assertThat(threads(Posted.NOTHING, settled)).isEmpty();
    ResolveThread resolve = (ResolveThread) threads(
            posted(thread("1", opened(finding).getFirst().body(), false)), settled)
        .getFirst();
    assertThat(resolve.body()).startsWith("ada took it");
    Posted after = posted(thread("1", resolve.body(), true));
    assertThat(threads(after, settled)).isEmpty();
    assertThat(threads(after)).as("the settled finding is gone").isEmpty();
    assertThat(threads(after, finding))
        .as("the override ended")
        .first()
        .isInstanceOf(ReopenThread.class);
  }

  @Test
  void opensNoMoreThanTheLimitInAllRunsTogetherBlockingOnesFirst() {
    Reconciler two = new Reconciler(2, true);
    Desired desired =
        desired(advice("x"), finding("a", 2, 2), finding("b", 3, 3), finding("c", 4, 4));
    Reconciler.ThreadPlan plan = two.threads(desired, Posted.NOTHING, Map.of(PATH, LINES), HEAD);

    List<NewThread> opened = ((OpenThreads) plan.actions().getFirst()).threads();
    assertThat(opened).extracting(NewThread::key).containsExactly("a", "b");
    assertThat(plan.leftOut()).containsExactlyInAnyOrder("x", "c");
    Posted posted = posted(
        thread("1", opened.get(0).body(), false), thread("2", opened.get(1).body(), false));
    assertThat(two.threads(desired, posted, Map.of(), HEAD).actions()).isEmpty();
    assertThat(two.pathsToAnchor(desired, posted)).isEmpty();
  }

  @Test
  void leavesAdviceToTheSummaryWhereThreadsHoldTheMerge() {
    Reconciler gitlab = Reconciler.forForge(ForgeKind.GITLAB);
    Reconciler.ThreadPlan plan =
        gitlab.threads(desired(advice("x")), Posted.NOTHING, Map.of(PATH, LINES), HEAD);

    assertThat(plan.actions()).isEmpty();
    assertThat(plan.leftOut()).containsExactly("x");
  }

  @Test
  void writesTheSummaryOnceAndThenInPlace() {
    Desired desired = desired(203, "Bad.");
    PostComment post = (PostComment) comments(desired, Posted.NOTHING).getFirst();

    assertThat(post.body())
        .startsWith("Bad.")
        .contains("<!-- plimsoll-verdict:203 -->")
        .contains("<!-- plimsoll:summary:- -->");
    Posted posted = withSummary(post.body());
    assertThat(comments(desired, posted)).isEmpty();
    assertThat(comments(desired(100, "Better."), posted))
        .hasSize(1)
        .first()
        .isInstanceOf(EditComment.class);
  }

  @Test
  void saysOnlyThatItGotWorseAndOnlyOnce() {
    Posted posted = withSummary(
        ((PostComment) comments(desired(100, "Bad."), Posted.NOTHING).getFirst()).body());
    List<Action> actions = comments(desired(203, "Worse."), posted);

    assertThat(actions).hasSize(2);
    assertThat(actions.getFirst()).isInstanceOfSatisfying(PostComment.class, note -> {
      assertThat(note.marker()).isEqualTo(new Marker(Marker.Kind.WORSE, "abcdef1-203"));
      assertThat(note.body()).startsWith("from 100");
    });
    assertThat(actions.getLast()).isInstanceOf(EditComment.class);

    List<Posted.Comment> withNote = new ArrayList<>(posted.comments());
    withNote.add(new Posted.Comment("9", new Marker(Marker.Kind.WORSE, "abcdef1-203"), "from 100"));
    assertThat(comments(desired(203, "Worse."), new Posted(List.of(), withNote, List.of())))
        .as("cut off behind the note")
        .hasSize(1)
        .first()
        .isInstanceOf(EditComment.class);
  }

  @Test
  void aSummarysTextCannotForgeTheVerdict() {
    String text = "A table called <!-- plimsoll-verdict:999 --> <!-- plimsoll:summary:- --> here.";
    Posted posted =
        withSummary(((PostComment) comments(desired(100, text), Posted.NOTHING).getFirst()).body());

    assertThat(comments(desired(203, text), posted)).first().isInstanceOf(PostComment.class);
  }

  @Test
  void aMergeGroupGetsChecksAndNothingElse() {
    Desired group = desired(finding("a", 2, 3)).withoutConversation();

    assertThat(RECONCILER.threads(group, Posted.NOTHING, Map.of(), HEAD).actions())
        .isEmpty();
    assertThat(comments(group, Posted.NOTHING)).isEmpty();
    assertThat(RECONCILER.checks(group, Posted.NOTHING, Map.of())).hasSize(1);
  }

  @Test
  void completesACheckThatIsRunningAndStartsAnewAfterOneThatIsNot() {
    CheckReport passed = check(State.SUCCESS, "Fine");

    assertThat(checks(passed, Posted.NOTHING, Map.of()))
        .containsExactly(new PutCheck(passed, Optional.empty()));
    assertThat(checks(passed, standing(State.IN_PROGRESS, "Reading"), Map.of()))
        .containsExactly(new PutCheck(passed, Optional.of("7")));
    assertThat(checks(passed, standing(State.FAILURE, "Bad"), Map.of()))
        .containsExactly(new PutCheck(passed, Optional.empty()));
  }

  @Test
  void leavesACheckThatShowsTheSameReport() {
    CheckReport passed = check(State.SUCCESS, "Fine");
    String digest = PostedLedger.digestOf(passed);

    assertThat(checks(passed, standing(State.SUCCESS, "Fine"), Map.of("7", digest)))
        .isEmpty();
    assertThat(checks(passed, standing(State.SUCCESS, "Fine"), Map.of()))
        .as("digest lost")
        .isEmpty();
    assertThat(checks(passed, standing(State.SUCCESS, "Fine"), Map.of("7", "other summary")))
        .hasSize(1);
    assertThat(checks(passed, standing(State.SUCCESS, "Other title"), Map.of("7", digest)))
        .hasSize(1);
  }

  private static List<Action> threads(Posted posted, FindingThread... findings) {
    return RECONCILER
        .threads(desired(findings), posted, Map.of(PATH, LINES), HEAD)
        .actions();
  }

  private static List<NewThread> opened(FindingThread... findings) {
    return ((OpenThreads) threads(Posted.NOTHING, findings).getFirst()).threads();
  }

  private static List<Action> comments(Desired desired, Posted posted) {
    return RECONCILER.comments(desired, posted, Set.of(), HEAD);
  }

  private static List<Action> checks(
      CheckReport report, Posted posted, Map<String, String> digests) {
    return RECONCILER.checks(new Desired(List.of(report), Optional.empty()), posted, digests);
  }

  private static FindingThread finding(String key, int from, int to) {
    return new FindingThread(
        key,
        true,
        false,
        new ThreadText(PATH, from, to, key + ": click here", key + ": read here"));
  }

  private static FindingThread advice(String key) {
    return new FindingThread(key, false, false, new ThreadText(PATH, 1, 1, key, key));
  }

  private static Desired desired(FindingThread... findings) {
    return desired(0, "Summary.", findings);
  }

  private static Desired desired(int weight, String text, FindingThread... findings) {
    SummaryComment summary =
        new SummaryComment.Telling(weight, left -> text, before -> "from " + before);
    return new Desired(
        List.of(check(State.SUCCESS, "Fine")),
        Optional.of(new Conversation(Arrays.asList(findings), summary)));
  }

  private static CheckReport check(State state, String title) {
    return new CheckReport("plimsoll", state, title, "Summary.", List.of(), List.of());
  }

  private static Posted.Thread thread(String id, String body, boolean resolved) {
    return new Posted.Thread(id, Marker.in(body).orElseThrow().key(), body, resolved, false, false);
  }

  private static Posted posted(Posted.Thread... threads) {
    return new Posted(List.of(threads), List.of(), List.of());
  }

  private static Posted withSummary(String body) {
    return new Posted(
        List.of(), List.of(new Posted.Comment("5", Reconciler.SUMMARY, body)), List.of());
  }

  private static Posted standing(State state, String title) {
    return new Posted(
        List.of(), List.of(), List.of(new Posted.Check("7", "plimsoll", state, title)));
  }

  @Test
  void onGitHubThirtyThreadsAreTheMost() {
    FindingThread[] many =
        IntStream.range(0, 45).mapToObj(i -> finding("k" + i, 2, 2)).toArray(FindingThread[]::new);

    assertThat(((OpenThreads) Reconciler.forForge(ForgeKind.GITHUB)
                .threads(desired(many), Posted.NOTHING, Map.of(PATH, LINES), HEAD)
                .actions()
                .getFirst())
            .threads())
        .hasSize(30);
  }
}
