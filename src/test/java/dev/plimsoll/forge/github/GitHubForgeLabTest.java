package dev.plimsoll.forge.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.forge.Access;
import dev.plimsoll.forge.Action;
import dev.plimsoll.forge.Action.Anchor;
import dev.plimsoll.forge.Action.NewThread;
import dev.plimsoll.forge.ChangeRequest.ChangedPath;
import dev.plimsoll.forge.CheckReport;
import dev.plimsoll.forge.CheckReport.Annotation;
import dev.plimsoll.forge.CheckReport.Button;
import dev.plimsoll.forge.CheckReport.State;
import dev.plimsoll.forge.DiffLines;
import dev.plimsoll.forge.FileContent;
import dev.plimsoll.forge.Forge.Applied;
import dev.plimsoll.forge.Forge.Loaded;
import dev.plimsoll.forge.ForgeEvent;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.forge.Marker;
import dev.plimsoll.forge.ReviewTarget;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import dev.plimsoll.forge.User;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every method against a stand-in for GitHub that checks each call. Skipped where there is none. */
class GitHubForgeLabTest {

  private static final String REPOSITORY = "octo-org/app";
  private static final ChangeRequestId PULL = new ChangeRequestId(ForgeKind.GITHUB, REPOSITORY, 1);
  private static final Set<String> CONFIG = Set.of(".plimsoll.yml");

  private static ForgeLab lab;
  private GitHubApp app;
  private Installations installations;
  private GitHubForge github;
  private GitHubEvents events;

  @BeforeAll
  static void startLab() throws IOException {
    assumeTrue(
        ForgeLab.directory().isPresent(),
        "PLIMSOLL_FORGE_LAB names no directory with an installed forge-lab");
    lab = new ForgeLab(ForgeLab.directory().get());
  }

  @AfterAll
  static void stopLab() {
    if (lab != null) {
      lab.close();
    }
  }

  @BeforeEach
  void fresh() {
    lab.post("/reset", Map.of("config", true));
    lab.forgetDeliveries();
    app = lab.app();
    installations = new Installations();
    github = new GitHubForge(app, installations, Clock.systemUTC());
    events = new GitHubEvents(app, installations);
  }

  @AfterEach
  void nothingWasWrong() {
    if (lab != null) {
      assertThat(lab.problems()).isEmpty();
    }
  }

  @Test
  void reviewsTwentyMigrationsInTenCallsWithTheToken() {
    repository(Map.of(".plimsoll.yml", "version: 1\n", "db/catalog.json", "{}\n"));
    Map<String, Object> files = new LinkedHashMap<>();
    IntStream.rangeClosed(1, 20)
        .forEach(
            i -> files.put("db/V" + i + "__t.sql", "create table t" + i + " (\n  a int\n);\n"));
    ReviewTarget target = wanted(pull(files));
    long before = lab.lastCall();

    Loaded loaded = github.load(target, CONFIG);
    String running = check(loaded, "plimsoll", State.IN_PROGRESS, List.of(), Optional.empty());
    Map<String, FileContent> head = github.filesAtHead(loaded.changeRequest(), paths(loaded));
    Map<String, FileContent> base =
        github.filesAtBase(loaded.changeRequest(), List.of("db/catalog.json", ".plimsoll.yml"));
    Map<String, DiffLines> diff = github.diff(loaded.changeRequest(), paths(loaded));
    Applied threads = open(
        loaded, thread("db/V1__t.sql", 1, 3, diff, "f1"), thread("db/V2__t.sql", 2, 2, diff, "f2"));
    post(loaded, new Marker(Marker.Kind.SUMMARY, "-"), "Two findings");
    check(loaded, "plimsoll", State.FAILURE, annotations(3), Optional.of(running));
    check(loaded, "plimsoll/checklist", State.SUCCESS, List.of(), Optional.empty());

    assertThat(lab.callsSince(before)).hasSize(10);
    assertThat(loaded.baseFiles())
        .containsEntry(".plimsoll.yml", new FileContent.Text("version: 1\n"));
    assertThat(loaded.posted().threads()).isEmpty();
    assertThat(loaded.changeRequest().changes())
        .hasSize(20)
        .allMatch(c -> c.kind() == ChangedPath.Kind.ADDED);
    assertThat(loaded.changeRequest().author().login()).isEqualTo("alice");
    assertThat(loaded.changeRequest().commitMessages()).hasSize(1);
    assertThat(loaded.changeRequest().open()).isTrue();
    assertThat(head)
        .hasSize(20)
        .containsEntry("db/V7__t.sql", new FileContent.Text("create table t7 (\n  a int\n);\n"));
    assertThat(base).containsEntry("db/catalog.json", new FileContent.Text("{}\n"));
    assertThat(threads.unplaced()).isEmpty();
    assertThat(threads.made()).containsOnlyKeys("f1", "f2");

    Loaded again = github.load(target, CONFIG);
    assertThat(again.posted().threads()).extracting("key").containsExactlyInAnyOrder("f1", "f2");
    assertThat(again.posted().comments())
        .extracting("marker")
        .containsExactly(new Marker(Marker.Kind.SUMMARY, "-"));
    assertThat(again.posted().checks())
        .extracting("name", "state")
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("plimsoll", State.FAILURE),
            org.assertj.core.groups.Tuple.tuple("plimsoll/checklist", State.SUCCESS));
  }

  @Test
  void answersForAPullRequestWithoutMigrationsInThreeCalls() {
    repository(Map.of(".plimsoll.yml", "version: 1\n"));
    ReviewTarget target = wanted(pull(Map.of("README.md", "hello\n")));
    github.access(target, new User("1", "alice", false));
    long before = lab.lastCall();

    Loaded loaded = github.load(target, CONFIG);
    check(loaded, "plimsoll", State.SUCCESS, List.of(), Optional.empty());
    check(loaded, "plimsoll/checklist", State.SUCCESS, List.of(), Optional.empty());

    assertThat(lab.callsSince(before)).hasSize(3);
  }

  @Test
  void findsItsInstallationByTheRepositoryWhenNoWebhookHasToldIt() {
    repository(Map.of());
    pull(Map.of("a.sql", "select 1;\n"));

    assertThat(github.load(PULL, CONFIG).baseFiles())
        .containsEntry(".plimsoll.yml", new FileContent.Absent());
    assertThat(github.identity().slug()).isEqualTo("plimsoll");
    assertThat(github.identity().permissions()).containsEntry("checks", "write");
  }

  @Test
  void readsBothBranchesOfAPullRequestFromAForkToAnotherBranch() {
    repository(Map.of(".plimsoll.yml", "version: 1 # main\n"));
    lab.post(
        repo() + "/push",
        Map.of(
            "branch",
            "release",
            "files",
            Map.of(".plimsoll.yml", "version: 1 # release\n"),
            "as",
            "alice"));
    lab.post(repo() + "/fork", Map.of("as", "mallory"));
    lab.post(
        repo() + "/pulls",
        Map.of(
            "title",
            "t",
            "as",
            "mallory",
            "head_repo",
            "mallory/app",
            "base",
            "release",
            "files",
            Map.of("x.sql", "drop table t;\n")));

    Loaded loaded = github.load(PULL, CONFIG);

    assertThat(loaded.changeRequest().baseBranch()).isEqualTo("release");
    assertThat(loaded.baseFiles())
        .containsEntry(".plimsoll.yml", new FileContent.Text("version: 1 # release\n"));
    assertThat(github.filesAtHead(loaded.changeRequest(), List.of("x.sql")))
        .containsEntry("x.sql", new FileContent.Text("drop table t;\n"));
    assertThat(github.withHead(REPOSITORY, loaded.changeRequest().headSha())).containsExactly(PULL);
    long before = lab.lastCall();
    github.load(PULL, CONFIG);
    assertThat(lab.callsSince(before)).as("the base branch is known by now").hasSize(1);
  }

  @Test
  void saysOfEachFileWhyItCannotBeRead() {
    repository(Map.of("old/a.sql", "select 1;\n"));
    pull(Map.of(
        "db/large.sql", Map.of("repeat", "-- a line that is repeated\n", "times", 60_000),
        "db/medium.sql", Map.of("repeat", "-- a line that is repeated\n", "times", 30_000),
        "db/latin1.sql", Map.of("base64", "LS0g5AoK"),
        "db/binary.sql", Map.of("base64", "AAECAw=="),
        "db/link.sql", Map.of("symlink", "../README.md"),
        "top.sql", "-- ä\n",
        "new/a.sql", Map.of("renameFrom", "old/a.sql")));

    Loaded loaded = github.load(PULL, CONFIG);
    Map<String, FileContent> files = github.filesAtHead(
        loaded.changeRequest(),
        List.of(
            "db/large.sql",
            "db/medium.sql",
            "db/latin1.sql",
            "db/binary.sql",
            "db/link.sql",
            "top.sql",
            "none.sql",
            "db"));

    assertThat(files.get("db/large.sql")).isInstanceOf(FileContent.Unreadable.class);
    assertThat(((FileContent.Text) files.get("db/medium.sql")).text()).hasSize(30_000 * 27);
    assertThat(files.get("db/latin1.sql"))
        .isEqualTo(new FileContent.Unreadable("it is not UTF-8 text"));
    assertThat(files.get("db/binary.sql")).isEqualTo(new FileContent.Unreadable("it is binary"));
    assertThat(files.get("db/link.sql"))
        .isEqualTo(new FileContent.Unreadable("it is a symbolic link"));
    assertThat(files.get("top.sql")).isEqualTo(new FileContent.Text("-- ä\n"));
    assertThat(files.get("none.sql")).isEqualTo(new FileContent.Absent());
    assertThat(files.get("db")).isEqualTo(new FileContent.Unreadable("it is no file"));
    assertThat(loaded.changeRequest().changes())
        .contains(new ChangedPath("new/a.sql", ChangedPath.Kind.RENAMED, Optional.of("old/a.sql")));
  }

  @Test
  void readsLongListsToTheirEnd() {
    repository(Map.of());
    Map<String, Object> files = new LinkedHashMap<>();
    IntStream.range(0, 230)
        .forEach(i -> files.put("db/%03d.sql".formatted(i), "select " + i + ";\n"));
    pull(files);
    Loaded loaded = github.load(PULL, CONFIG);
    post(loaded, new Marker(Marker.Kind.SUMMARY, "-"), "Early");
    IntStream.range(0, 110)
        .forEach(i -> lab.post(
            pull() + "/comment",
            Map.of("as", "alice", "body", "comment " + i, "deliver", Map.of("drop", true))));
    post(loaded, new Marker(Marker.Kind.REPLY, "4711"), "Late");

    Loaded again = github.load(PULL, CONFIG);

    assertThat(again.changeRequest().changes()).hasSize(230);
    assertThat(again.changeRequest().incomplete()).isEmpty();
    assertThat(again.posted().comments()).hasSize(2);
    assertThat(github.filesAtHead(again.changeRequest(), paths(again)))
        .hasSize(230)
        .allSatisfy((p, c) -> assertThat(c).isInstanceOf(FileContent.Text.class));
    assertThat(github.diff(again.changeRequest(), paths(again))).hasSize(230);
  }

  @Test
  void threadsLiveThroughEditResolveAndReopen() {
    repository(Map.of());
    pull(Map.of("a.sql", "one\ntwo\nthree\n"));
    Loaded loaded = github.load(PULL, CONFIG);
    Map<String, DiffLines> diff = github.diff(loaded.changeRequest(), List.of("a.sql"));
    Applied applied =
        open(loaded, thread("a.sql", 1, 2, diff, "f1"), thread("a.sql", 3, 3, diff, "f2"));

    String first = applied.made().get("f1");
    github.apply(loaded.changeRequest(), new Action.EditThread(first, marked("f1", "edited")));
    assertThat(threadBody("f1")).contains("edited");
    github.apply(loaded.changeRequest(), new Action.ResolveThread(first, marked("f1", "gone")));
    assertThat(github.load(PULL, CONFIG).posted().threads().stream()
            .filter(t -> t.key().equals("f1"))
            .findFirst()
            .orElseThrow()
            .resolved())
        .isTrue();
    github.apply(loaded.changeRequest(), new Action.ReopenThread(first, marked("f1", "back")));
    assertThat(github.load(PULL, CONFIG).posted().threads()).noneMatch(t -> t.resolved());
    assertThat(threadBody("f1")).contains("back");
  }

  @Test
  void resolvesThreadsReallyWhereItMayWriteContents() {
    repository(Map.of());
    wanted(pull(Map.of("a.sql", "one\ntwo\nthree\n")));
    lab.post(
        "/github/installations/" + installations.of(REPOSITORY).orElseThrow() + "/permissions",
        Map.of(
            "permissions",
            Map.of(
                "checks",
                "write",
                "contents",
                "write",
                "pull_requests",
                "write",
                "issues",
                "write",
                "metadata",
                "read",
                "statuses",
                "read")));
    Loaded loaded = github.load(PULL, CONFIG);
    Applied applied = open(
        loaded, thread("a.sql", 1, 2, github.diff(loaded.changeRequest(), List.of("a.sql")), "f1"));
    String id = applied.made().get("f1");

    github.apply(loaded.changeRequest(), new Action.ResolveThread(id, marked("f1", "gone")));
    assertThat(state().findValuesAsText("resolved")).contains("true");
    github.apply(loaded.changeRequest(), new Action.ReopenThread(id, marked("f1", "back")));
    assertThat(state().findValuesAsText("resolved")).doesNotContain("true");
  }

  @Test
  void aLineThatGitHubRefusesBecomesACommentOnTheFile() {
    repository(Map.of("a.sql", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n"));
    pull(Map.of("a.sql", "one\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n"));
    Loaded loaded = github.load(PULL, CONFIG);
    DiffLines.Hunk wrong = new DiffLines.Hunk(1, 16, Map.of());
    Map<String, DiffLines> diff = github.diff(loaded.changeRequest(), List.of("a.sql"));
    assertThat(diff.get("a.sql").hunkWith(1, 4)).isPresent();
    assertThat(diff.get("a.sql").hunkWith(15, 15)).isEmpty();

    Applied applied = open(
        loaded,
        thread("a.sql", 1, 1, diff, "good"),
        new NewThread("bad", new Anchor("a.sql", 15, 15, Optional.of(wrong)), marked("bad", "far")),
        new NewThread(
            "file", new Anchor("a.sql", 15, 15, Optional.empty()), marked("file", "on the file")),
        new NewThread(
            "elsewhere",
            new Anchor("none.sql", 1, 1, Optional.empty()),
            marked("elsewhere", "no such file")));

    assertThat(applied.made()).containsOnlyKeys("good", "bad", "file");
    assertThat(applied.unplaced()).containsExactly("elsewhere");
    assertThat(github.load(PULL, CONFIG).posted().threads())
        .extracting("key")
        .containsExactlyInAnyOrder("good", "bad", "file");
  }

  @Test
  void answersACommandWhereItWasGiven() {
    repository(Map.of());
    pull(Map.of("a.sql", "one\ntwo\n"));
    lab.post(pull() + "/comment", Map.of("as", "alice", "body", "/plimsoll help"));
    ForgeEvent.Commented plain = (ForgeEvent.Commented) parsed(lab.delivery("issue_comment"));
    lab.post(
        pull() + "/review-comment",
        Map.of(
            "as",
            "alice",
            "path",
            "a.sql",
            "line",
            1,
            "side",
            "RIGHT",
            "body",
            "/plimsoll explain"));
    ForgeEvent.Commented onLine =
        (ForgeEvent.Commented) parsed(lab.delivery("pull_request_review_comment"));
    Loaded loaded = github.load(PULL, CONFIG);

    for (ForgeEvent.Commented comment : List.of(plain, onLine)) {
      github.apply(
          loaded.changeRequest(), new Action.React(comment.comment(), Action.Reaction.EYES));
      github.apply(
          loaded.changeRequest(), new Action.React(comment.comment(), Action.Reaction.ROCKET));
      github.apply(
          loaded.changeRequest(), new Action.React(comment.comment(), Action.Reaction.ROCKET));
      Marker marker = new Marker(Marker.Kind.REPLY, comment.comment().id());
      github.apply(
          loaded.changeRequest(),
          new Action.PostComment(marker, marker.on("Here"), Optional.of(comment.comment())));
    }

    assertThat(plain.body()).isEqualTo("/plimsoll help");
    assertThat(onLine.comment().onLine()).isTrue();
    Loaded again = github.load(PULL, CONFIG);
    assertThat(again.posted().comments())
        .hasSize(2)
        .extracting("id")
        .satisfiesExactlyInAnyOrder(
            id -> assertThat((String) id).startsWith("line:"),
            id -> assertThat((String) id).doesNotStartWith("line:"));
    assertThat(again.posted().threads()).isEmpty();
    again
        .posted()
        .comments()
        .forEach(c -> github.apply(
            again.changeRequest(), new Action.EditComment(c.id(), c.marker().on("Changed"))));
    assertThat(github.load(PULL, CONFIG).posted().comments())
        .allMatch(c -> c.body().startsWith("Changed"));
    lab.post(pull() + "/comment", Map.of("as", "bob", "body", "again"));
    lab.forgetDeliveries();
  }

  @Test
  void itsOwnCommentsAreNoEvents() {
    repository(Map.of());
    pull(Map.of("a.sql", "one\ntwo\n"));
    Loaded loaded = github.load(PULL, CONFIG);
    lab.forgetDeliveries();
    post(loaded, new Marker(Marker.Kind.SUMMARY, "-"), "/plimsoll help");
    assertThat(parsed(lab.delivery("issue_comment"))).isInstanceOf(ForgeEvent.Ignored.class);
    open(
        loaded, thread("a.sql", 1, 1, github.diff(loaded.changeRequest(), List.of("a.sql")), "f1"));
    assertThat(parsed(lab.delivery("pull_request_review_comment")))
        .isInstanceOf(ForgeEvent.Ignored.class);
  }

  @Test
  void annotationsBeyondFiftyFollow() {
    repository(Map.of());
    pull(Map.of("a.sql", "one\ntwo\n"));
    Loaded loaded = github.load(PULL, CONFIG);

    String id = check(loaded, "plimsoll", State.FAILURE, annotations(120), Optional.empty());
    assertThat(run(id).path("annotations")).hasSize(120);
    String next = check(loaded, "plimsoll", State.FAILURE, annotations(1), Optional.of(id));

    assertThat(next).as("an update would add to the annotations that stand").isNotEqualTo(id);
    assertThat(run(id).path("annotations")).hasSize(120);
    assertThat(github.load(PULL, CONFIG).posted().checks()).extracting("id").containsExactly(next);
  }

  @Test
  void aCheckOfAnotherAppWithTheSameNameIsNotItsOwn() {
    repository(Map.of());
    pull(Map.of("a.sql", "one\ntwo\n"));
    lab.post(
        repo() + "/check-runs",
        Map.of("app", "other-ci", "name", "plimsoll", "pr", 1, "conclusion", "success"));

    assertThat(github.load(PULL, CONFIG).posted().checks()).isEmpty();
  }

  @Test
  void anotherProcessKnowsTheChecksByAskingOnce() {
    repository(Map.of());
    pull(Map.of("a.sql", "one\ntwo\n"));
    Loaded loaded = github.load(PULL, CONFIG);
    String id = check(loaded, "plimsoll", State.IN_PROGRESS, List.of(), Optional.empty());
    GitHubForge restarted = new GitHubForge(app, installations, Clock.systemUTC());
    restarted.load(PULL, CONFIG);
    long before = lab.lastCall();

    assertThat(restarted.load(PULL, CONFIG).posted().checks()).extracting("id").containsExactly(id);
    assertThat(lab.callsSince(before)).hasSize(1);
  }

  @Test
  void buttonsAndReRunsComeBackWithTheirPullRequest() {
    repository(Map.of());
    lab.post(repo() + "/fork", Map.of("as", "mallory"));
    lab.post(
        repo() + "/pulls",
        Map.of(
            "title",
            "t",
            "as",
            "mallory",
            "head_repo",
            "mallory/app",
            "files",
            Map.of("x.sql", "drop table t;\n")));
    Loaded loaded = github.load(PULL, CONFIG);
    String id = check(loaded, "plimsoll", State.FAILURE, List.of(), Optional.empty());
    lab.forgetDeliveries();

    lab.post("/github/check-runs/" + id + "/action", Map.of("identifier", "rerun", "as", "alice"));
    assertThat(parsed(lab.delivery("check_run", "requested_action")))
        .isInstanceOfSatisfying(ForgeEvent.ButtonPressed.class, b -> {
          assertThat(b.changeRequest()).isEqualTo(PULL);
          assertThat(b.button()).isEqualTo("rerun");
          assertThat(b.user().login()).isEqualTo("alice");
        });
    lab.post("/github/check-runs/" + id + "/rerequest", Map.of("as", "alice"));
    ForgeLab.Delivery again = lab.delivery("check_run", "rerequested");
    assertThat(parsed(again))
        .isInstanceOfSatisfying(
            ForgeEvent.ReviewWanted.class, w -> assertThat(w.target()).isEqualTo(PULL));
    long suite = again.json().path("check_run").path("check_suite").path("id").asLong();
    lab.post("/github/check-suites/" + suite + "/rerequest", Map.of("as", "alice"));
    assertThat(parsed(lab.delivery("check_suite", "rerequested")))
        .isInstanceOf(ForgeEvent.HeadReviewWanted.class);
  }

  @Test
  void reviewsAMergeGroup() {
    repository(Map.of(".plimsoll.yml", "version: 1\n", "old.sql", "select 1;\n"));
    lab.put(
        repo() + "/protection/main",
        Map.of("required_checks", List.of(Map.of("context", "plimsoll", "app", "plimsoll"))));
    pull(Map.of("a.sql", "one\ntwo\n"));
    check(github.load(PULL, CONFIG), "plimsoll", State.SUCCESS, List.of(), Optional.empty());
    lab.post(pull() + "/enqueue", Map.of("as", "alice"));
    ReviewTarget group = wanted(lab.delivery("merge_group"));
    long before = lab.lastCall();

    Loaded loaded = github.load(group, CONFIG);

    assertThat(lab.callsSince(before)).hasSize(2);
    assertThat(loaded.changeRequest().changes())
        .containsExactly(new ChangedPath("a.sql", ChangedPath.Kind.ADDED, Optional.empty()));
    assertThat(loaded.baseFiles())
        .containsEntry(".plimsoll.yml", new FileContent.Text("version: 1\n"));
    assertThat(loaded.changeRequest().baseBranch()).isEqualTo("main");
    assertThat(github.filesAtHead(loaded.changeRequest(), List.of("a.sql")))
        .containsEntry("a.sql", new FileContent.Text("one\ntwo\n"));
    assertThat(github.diff(loaded.changeRequest(), List.of("a.sql"))).isEmpty();
    check(loaded, "plimsoll", State.SUCCESS, List.of(), Optional.empty());
    assertThat(github.load(group, CONFIG).posted().checks()).hasSize(1);
  }

  @Test
  void knowsWhatPeopleMayDo() {
    lab.post(
        "/github/orgs",
        Map.of(
            "login",
            "octo-org",
            "members",
            Map.of("carol", "admin"),
            "teams",
            List.of(Map.of("name", "DBA", "members", Map.of("dora", "member")))));
    repository(Map.of());
    for (String role : List.of("read", "triage", "write", "maintain", "admin")) {
      lab.put(repo() + "/collaborators/" + role + "er", Map.of("permission", role));
    }

    assertThat(access("reader")).isEqualTo(Access.READ);
    assertThat(access("triageer")).isEqualTo(Access.READ);
    assertThat(access("writeer")).isEqualTo(Access.WRITE);
    assertThat(access("maintainer")).isEqualTo(Access.MAINTAIN);
    assertThat(access("adminer")).isEqualTo(Access.ADMIN);
    assertThat(access("nobody-at-all")).isEqualTo(Access.NONE);
    assertThat(github.isMember(PULL, new User("1", "dora", false), "octo-org/dba"))
        .isTrue();
    assertThat(github.isMember(PULL, new User("1", "reader", false), "octo-org/dba"))
        .isFalse();
    assertThat(github.isMember(PULL, new User("1", "dora", false), "octo-org/none"))
        .isFalse();
  }

  private Access access(String login) {
    return github.access(PULL, new User("1", login, false));
  }

  @Test
  void aWriteWhoseAnswerIsLostIsNotMadeTwice() {
    repository(Map.of());
    pull(Map.of("a.sql", "one\ntwo\nthree\n"));
    Loaded loaded = github.load(PULL, CONFIG);
    Map<String, DiffLines> diff = github.diff(loaded.changeRequest(), List.of("a.sql"));
    lab.fault("POST", "/reviews$", "reset-after-write", Map.of());
    lab.fault("POST", "/issues/1/comments$", "reset-after-write", Map.of());
    lab.fault("POST", "/check-runs$", "reset-after-write", Map.of());
    lab.fault("POST", "/access_tokens$", "reset", Map.of());

    Applied threads =
        open(loaded, thread("a.sql", 1, 1, diff, "f1"), thread("a.sql", 2, 2, diff, "f2"));
    post(loaded, new Marker(Marker.Kind.SUMMARY, "-"), "Once");
    String check = check(loaded, "plimsoll", State.SUCCESS, List.of(), Optional.empty());

    assertThat(threads.made()).containsOnlyKeys("f1", "f2");
    Loaded again = github.load(PULL, CONFIG);
    assertThat(again.posted().threads()).hasSize(2);
    assertThat(again.posted().comments()).hasSize(1);
    assertThat(again.posted().checks()).extracting("id").containsExactly(check);
    github.apply(
        again.changeRequest(),
        new Action.EditThread(threads.made().get("f1"), marked("f1", "edited")));
  }

  @Test
  void aWriteThatWasNeverMadeIsMadeWhenItIsTriedAgain() {
    repository(Map.of());
    pull(Map.of("a.sql", "one\ntwo\nthree\n"));
    Loaded loaded = github.load(PULL, CONFIG);
    lab.fault("POST", "/issues/1/comments$", "reset", Map.of());
    Marker marker = new Marker(Marker.Kind.SUMMARY, "-");

    assertThatThrownBy(() -> post(loaded, marker, "Once"))
        .isInstanceOfSatisfying(
            ForgeException.class,
            e -> assertThat(e.kind()).isEqualTo(ForgeException.Kind.RETRY_LATER));
    post(loaded, marker, "Once");

    assertThat(github.load(PULL, CONFIG).posted().comments()).hasSize(1);
  }

  @Test
  void everyPublishedPayloadCanBeRead() {
    lab.post("/github/replay-examples", Map.of());

    List<ForgeLab.Delivery> examples = lab.allDeliveries();

    assertThat(examples).hasSizeGreaterThan(200);
    for (ForgeLab.Delivery example : examples) {
      assertThat(parsed(example)).as("%s %s", example.event(), example.id()).isNotNull();
    }
  }

  @Test
  void answersThatComeToHarmAreNotTakenForNone() {
    repository(Map.of());
    pull(Map.of("a.sql", "one\ntwo\nthree\n"));
    Loaded loaded = github.load(PULL, CONFIG);
    for (String harm : List.of("truncate", "garbage", "empty")) {
      lab.fault("POST", "/issues/1/comments$", harm, Map.of("apply", true));
      post(loaded, new Marker(Marker.Kind.REPLY, harm), "Once");
    }

    assertThat(github.load(PULL, CONFIG).posted().comments()).hasSize(3);
  }

  @Test
  void limitsAreKeptToWithoutAFurtherCall() {
    repository(Map.of());
    pull(Map.of("a.sql", "one\ntwo\nthree\n"));
    Loaded loaded = github.load(PULL, CONFIG);
    lab.fault("POST", "/issues/1/comments$", "secondary", Map.of("retryAfter", 30));
    Marker marker = new Marker(Marker.Kind.SUMMARY, "-");
    long before = lab.lastCall();

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> post(loaded, marker, "Once"))
          .isInstanceOfSatisfying(ForgeException.class, e -> {
            assertThat(e.kind()).isEqualTo(ForgeException.Kind.RETRY_LATER);
            assertThat(e.retryAt()).isPresent();
          });
    }

    assertThat(lab.callsSince(before)).hasSize(1);
  }

  @Test
  void anExpiredTokenIsRenewedOnce() {
    repository(Map.of());
    pull(Map.of("a.sql", "one\ntwo\nthree\n"));
    github.load(PULL, CONFIG);
    lab.fault("POST", "graphql", "unauthorized", Map.of());

    assertThat(github.load(PULL, CONFIG).changeRequest().title()).isEqualTo("A change");
  }

  @Test
  void aPullRequestThatIsNotShownYetIsWaitedFor() {
    repository(Map.of());
    ChangeRequestId unknown = new ChangeRequestId(ForgeKind.GITHUB, REPOSITORY, 99);

    assertThatThrownBy(() -> github.load(unknown, CONFIG))
        .isInstanceOfSatisfying(
            ForgeException.class,
            e -> assertThat(e.kind()).isEqualTo(ForgeException.Kind.NOT_FOUND));
    installations.announce(unknown);
    assertThatThrownBy(() -> github.load(unknown, CONFIG))
        .isInstanceOfSatisfying(
            ForgeException.class,
            e -> assertThat(e.kind()).isEqualTo(ForgeException.Kind.RETRY_LATER));
  }

  @Test
  void findsARenamedRepository() {
    repository(Map.of());
    pull(Map.of("a.sql", "one\ntwo\nthree\n"));
    Loaded loaded = github.load(PULL, CONFIG);
    lab.post(repo() + "/rename", Map.of("name", "app2"));

    check(loaded, "plimsoll", State.SUCCESS, List.of(), Optional.empty());

    assertThat(github.load(PULL, CONFIG).posted().checks()).hasSize(1);
  }

  // ---- the stage

  private void repository(Map<String, Object> files) {
    Map<String, Object> all = new LinkedHashMap<>(files);
    all.putIfAbsent("README.md", "An app\n");
    lab.post(
        "/github/repos",
        Map.of(
            "full_name",
            REPOSITORY,
            "files",
            all,
            "collaborators",
            Map.of("alice", "write", "bob", "read")));
  }

  private ForgeLab.Delivery pull(Map<String, Object> files) {
    lab.post(repo() + "/pulls", Map.of("title", "A change", "as", "alice", "files", files));
    return lab.delivery("pull_request");
  }

  private static String repo() {
    return "/github/repos/" + REPOSITORY;
  }

  private static String pull() {
    return repo() + "/pulls/1";
  }

  private static JsonNode state() {
    return lab.get(pull());
  }

  private static JsonNode run(String id) {
    return lab.get("/github/check-runs/" + id);
  }

  private ForgeEvent parsed(ForgeLab.Delivery delivery) {
    assertThat(new GitHubWebhook(app).isAuthentic(delivery.signature(), delivery.body()))
        .isTrue();
    return events.parse(delivery.event(), delivery.id(), delivery.body());
  }

  private ReviewTarget wanted(ForgeLab.Delivery delivery) {
    return ((ForgeEvent.ReviewWanted) parsed(delivery)).target();
  }

  private static List<String> paths(Loaded loaded) {
    return loaded.changeRequest().changes().stream().map(ChangedPath::path).toList();
  }

  private String threadBody(String key) {
    return github.load(PULL, CONFIG).posted().threads().stream()
        .filter(t -> t.key().equals(key))
        .findFirst()
        .orElseThrow()
        .body();
  }

  private static String marked(String key, String body) {
    return new Marker(Marker.Kind.THREAD, key).on(body);
  }

  private static NewThread thread(
      String path, int from, int to, Map<String, DiffLines> diff, String key) {
    return new NewThread(
        key,
        new Anchor(path, from, to, diff.get(path).hunkWith(from, to)),
        marked(key, "Finding " + key));
  }

  private Applied open(Loaded loaded, NewThread... threads) {
    return github.apply(loaded.changeRequest(), new Action.OpenThreads(List.of(threads)));
  }

  private void post(Loaded loaded, Marker marker, String body) {
    github.apply(loaded.changeRequest(), new Action.PostComment(marker, marker.on(body)));
  }

  private String check(
      Loaded loaded,
      String name,
      State state,
      List<Annotation> annotations,
      Optional<String> replaces) {
    CheckReport report = new CheckReport(
        name,
        state,
        "A title",
        "A summary",
        annotations,
        List.of(new Button("Re-run", "rerun", "Review again")));
    return github
        .apply(loaded.changeRequest(), new Action.PutCheck(report, replaces))
        .made()
        .get(name);
  }

  private static List<Annotation> annotations(int count) {
    List<Annotation> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(new Annotation("a.sql", 1, 2, true, "Title " + i, "Message " + i));
    }
    return all;
  }
}
