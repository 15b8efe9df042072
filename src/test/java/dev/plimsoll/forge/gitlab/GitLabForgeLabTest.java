package dev.plimsoll.forge.gitlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.forge.Access;
import dev.plimsoll.forge.Action;
import dev.plimsoll.forge.Action.Anchor;
import dev.plimsoll.forge.Action.NewThread;
import dev.plimsoll.forge.ChangeRequest.ChangedPath;
import dev.plimsoll.forge.CheckReport;
import dev.plimsoll.forge.CheckReport.State;
import dev.plimsoll.forge.DiffLines;
import dev.plimsoll.forge.FileContent;
import dev.plimsoll.forge.Forge.Applied;
import dev.plimsoll.forge.Forge.Loaded;
import dev.plimsoll.forge.ForgeEvent;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.forge.Marker;
import dev.plimsoll.forge.Posted;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import dev.plimsoll.forge.User;
import java.io.IOException;
import java.net.URI;
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

/** Every method against a stand-in for GitLab that refuses what GitLab refuses. Skipped where there is none. */
class GitLabForgeLabTest {

  private static final String PROJECT = "group/sub/app";
  private static final ChangeRequestId MR = new ChangeRequestId(ForgeKind.GITLAB, PROJECT, 1);
  private static final Set<String> CONFIG = Set.of(".plimsoll.yml");
  private static final String GP = "/gitlab/projects/group%2Fsub%2Fapp";
  private static final String GM = GP + "/merge_requests/1";

  private static GitLabLab lab;
  private GitLabForge gitlab;
  private GitLabEvents events;
  private GitLabWebhook webhook;

  @BeforeAll
  static void startLab() throws IOException {
    assumeTrue(
        GitLabLab.directory().isPresent(),
        "PLIMSOLL_FORGE_LAB names no directory with an installed forge-lab");
    lab = new GitLabLab(GitLabLab.directory().get());
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
    gitlab = forge(lab.settings());
    events = new GitLabEvents(gitlab::knownSelf);
    webhook = new GitLabWebhook(lab.settings(), Clock.systemUTC());
  }

  private static GitLabForge forge(GitLabSettings settings) {
    return new GitLabForge(
        settings,
        target -> Optional.of(URI.create("https://plimsoll.example/reviews/1")),
        Clock.systemUTC());
  }

  @AfterEach
  void nothingWasWrong() {
    if (lab != null) {
      assertThat(lab.problems()).isEmpty();
    }
  }

  @Test
  void reviewsTwentyMigrationsInThirtyNineCalls() {
    project(Map.of(".plimsoll.yml", "version: 1\n", "db/catalog.json", "{}\n"));
    Map<String, Object> files = new LinkedHashMap<>();
    IntStream.rangeClosed(1, 20)
        .forEach(i -> files.put(
            "db/migration/V" + i + "__t.sql", "create table t" + i + " (\n  a int\n);\n"));
    mergeRequest(files);
    long before = lab.lastCall();

    Loaded loaded = gitlab.load(MR, CONFIG);
    check(loaded, "plimsoll", State.IN_PROGRESS, "Reviewing", Optional.empty());
    check(loaded, "plimsoll/checklist", State.IN_PROGRESS, "Reviewing", Optional.empty());
    List<String> wanted = new ArrayList<>(paths(loaded));
    IntStream.rangeClosed(1, 20).forEach(i -> wanted.add("db/migration/V" + i + "__t.sql.conf"));
    Map<String, FileContent> head = gitlab.filesAtHead(loaded.changeRequest(), wanted);
    Map<String, FileContent> base =
        gitlab.filesAtBase(loaded.changeRequest(), List.of("db/catalog.json", ".plimsoll.yml"));
    Map<String, DiffLines> diff = gitlab.diff(loaded.changeRequest(), paths(loaded));
    Applied threads = open(
        loaded,
        thread("db/migration/V1__t.sql", 1, 3, diff, "f1"),
        thread("db/migration/V2__t.sql", 2, 2, diff, "f2"));
    post(loaded, new Marker(Marker.Kind.SUMMARY, "-"), "Two findings");
    check(loaded, "plimsoll", State.FAILURE, "Two blocking findings", Optional.empty());
    check(
        loaded, "plimsoll/checklist", State.SUCCESS, "Every item has an answer", Optional.empty());

    // To load: 6, with those for who Plimsoll and the author are and for the configuration 9.
    // Files: 22, two of them no migrations.
    // To write: 7, and one to see whether CI has made a pipeline.
    assertThat(lab.callsSince(before)).hasSize(39);
    assertThat(loaded.baseFiles()).containsEntry(".plimsoll.yml", text("version: 1\n"));
    assertThat(loaded.posted()).isEqualTo(Posted.NOTHING);
    assertThat(loaded.changeRequest().changes())
        .hasSize(20)
        .allMatch(c -> c.kind() == ChangedPath.Kind.ADDED);
    assertThat(loaded.changeRequest().author().login()).isEqualTo("alice");
    assertThat(loaded.changeRequest().commitMessages()).hasSize(1);
    assertThat(loaded.changeRequest().open()).isTrue();
    assertThat(loaded.changeRequest().draft()).isFalse();
    assertThat(loaded.changeRequest().incomplete()).isEmpty();
    assertThat(head)
        .hasSize(40)
        .containsEntry("db/migration/V7__t.sql", text("create table t7 (\n  a int\n);\n"))
        .containsEntry("db/migration/V7__t.sql.conf", new FileContent.Absent());
    assertThat(base).containsEntry("db/catalog.json", text("{}\n"));
    assertThat(threads.unplaced()).isEmpty();
    assertThat(threads.made()).containsOnlyKeys("f1", "f2");

    before = lab.lastCall();
    Loaded again = gitlab.load(MR, CONFIG);
    gitlab.filesAtHead(again.changeRequest(), wanted);
    gitlab.diff(again.changeRequest(), paths(again));
    assertThat(lab.callsSince(before)).as("what a commit holds is known").hasSize(5);
    assertThat(again.posted().threads())
        .extracting("key", "resolved", "outdated", "repliedByOthers")
        .containsExactly(tuple("f1", false, false, false), tuple("f2", false, false, false));
    assertThat(again.posted().threads())
        .extracting("id")
        .containsExactlyElementsOf(List.copyOf(threads.made().values()));
    assertThat(again.posted().comments())
        .extracting("marker")
        .containsExactly(new Marker(Marker.Kind.SUMMARY, "-"));
    assertThat(again.posted().checks())
        .extracting("name", "state", "title")
        .containsExactlyInAnyOrder(
            tuple("plimsoll", State.FAILURE, "Two blocking findings"),
            tuple("plimsoll/checklist", State.SUCCESS, "Every item has an answer"));
    assertThat(state().path("statuses").findValuesAsText("target_url"))
        .containsOnly("https://plimsoll.example/reviews/1");
  }

  @Test
  void aPushCostsOnlyTheFilesThatItChanges() {
    project(Map.of(".plimsoll.yml", "version: 1\n"));
    Map<String, Object> files = new LinkedHashMap<>();
    IntStream.rangeClosed(1, 10)
        .forEach(i -> files.put("db/V" + i + ".sql", "select " + i + ";\n"));
    mergeRequest(files);
    Loaded first = gitlab.load(MR, CONFIG);
    gitlab.filesAtHead(first.changeRequest(), paths(first));
    lab.post(GM + "/push", Map.of("files", Map.of("db/V3.sql", "select 33;\n")));
    Loaded second = gitlab.load(MR, CONFIG);
    long before = lab.lastCall();

    Map<String, FileContent> files2 = gitlab.filesAtHead(second.changeRequest(), paths(second));

    assertThat(lab.callsSince(before)).hasSize(2);
    assertThat(files2).containsEntry("db/V3.sql", text("select 33;\n"));
    assertThat(second.changeRequest().commitMessages()).hasSize(2);
    assertThat(second.changeRequest().commitMessages().getLast()).startsWith("Update");
  }

  @Test
  void readsBothBranchesOfAMergeRequestFromAForkToAnotherBranch() {
    project(Map.of(".plimsoll.yml", "version: 1 # main\n"));
    lab.post(
        GP + "/push",
        Map.of(
            "branch", "release",
            "files", Map.of(".plimsoll.yml", "version: 1 # release\n"),
            "as", "alice"));
    lab.post(GP + "/fork", Map.of("as", "mallory"));
    lab.post(
        GP + "/merge_requests",
        Map.of(
            "title", "Draft: t",
            "as", "mallory",
            "source_project", "mallory/app",
            "target_branch", "release",
            "files", Map.of("x.sql", "drop table t;\n")));

    Loaded loaded = gitlab.load(MR, CONFIG);

    assertThat(loaded.changeRequest().baseBranch()).isEqualTo("release");
    assertThat(loaded.changeRequest().draft()).isTrue();
    assertThat(loaded.baseFiles()).containsEntry(".plimsoll.yml", text("version: 1 # release\n"));
    assertThat(gitlab.filesAtHead(loaded.changeRequest(), List.of("x.sql")))
        .containsEntry("x.sql", text("drop table t;\n"));
    assertThat(gitlab.withHead(PROJECT, loaded.changeRequest().headSha())).containsExactly(MR);
    check(loaded, "plimsoll", State.FAILURE, "One finding", Optional.empty());
    assertThat(gitlab.load(MR, CONFIG).posted().checks())
        .as("the fork is not Plimsoll's to write to, so the status stands in the project")
        .extracting("name", "state")
        .containsExactly(tuple("plimsoll", State.FAILURE));
  }

  @Test
  void theTipOfTheTargetBranchIsReadAsItIsNow() {
    project(Map.of(".plimsoll.yml", "version: 1\n"));
    mergeRequest(Map.of("a.sql", "select 1;\n"));
    String mergeBase = gitlab.load(MR, CONFIG).changeRequest().mergeBaseSha().orElseThrow();
    lab.post(
        GP + "/push",
        Map.of("branch", "main", "files", Map.of(".plimsoll.yml", "version: 1 # new\n")));

    Loaded loaded = gitlab.load(MR, CONFIG);

    assertThat(loaded.baseFiles()).containsEntry(".plimsoll.yml", text("version: 1 # new\n"));
    assertThat(loaded.changeRequest().mergeBaseSha()).contains(mergeBase);
    assertThat(loaded.changeRequest().baseSha()).isNotEqualTo(mergeBase);
  }

  @Test
  void saysOfEachFileWhyItCannotBeRead() {
    project(
        Map.of("old/a.sql", "select 1;\nselect 2;\nselect 3;\n", "old/gone.sql", "select 9;\n"));
    Map<String, Object> files = new LinkedHashMap<>(Map.of(
        "db/large.sql", Map.of("repeat", "-- a line that is repeated\n", "times", 60_000),
        "db/medium.sql", Map.of("repeat", "-- a line that is repeated\n", "times", 30_000),
        "db/latin1.sql", Map.of("base64", "LS0g5AoK"),
        "db/binary.sql", Map.of("base64", "AAECAw=="),
        "db/lfs.sql", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
        "db/link.sql", Map.of("symlink", "../README.md"),
        "l.sql", Map.of("symlink", "README.md"),
        "top.sql", "-- ä\n",
        "new/a.sql", Map.of("renameFrom", "old/a.sql")));
    files.put("old/gone.sql", null);
    mergeRequest(files);

    Loaded loaded = gitlab.load(MR, CONFIG);
    Map<String, FileContent> read = gitlab.filesAtHead(
        loaded.changeRequest(),
        List.of(
            "db/large.sql",
            "db/medium.sql",
            "db/latin1.sql",
            "db/binary.sql",
            "db/lfs.sql",
            "db/link.sql",
            "l.sql",
            "top.sql",
            "none.sql"));

    assertThat(read.get("db/large.sql")).isEqualTo(unreadable("it is larger than 1024 KiB"));
    assertThat(((FileContent.Text) read.get("db/medium.sql")).text()).hasSize(30_000 * 27);
    assertThat(read)
        .containsEntry("db/latin1.sql", unreadable("it is not UTF-8 text"))
        .containsEntry("db/binary.sql", unreadable("it is binary"))
        .containsEntry("db/lfs.sql", unreadable("it is kept in Git LFS"))
        .containsEntry("db/link.sql", unreadable("it is a symbolic link"))
        .containsEntry("l.sql", unreadable("it is a symbolic link"))
        .containsEntry("top.sql", text("-- ä\n"))
        .containsEntry("none.sql", new FileContent.Absent());
    assertThat(loaded.changeRequest().changes())
        .contains(
            new ChangedPath("new/a.sql", ChangedPath.Kind.RENAMED, Optional.of("old/a.sql")),
            new ChangedPath("old/gone.sql", ChangedPath.Kind.REMOVED, Optional.empty()));
  }

  @Test
  void readsLongListsToTheirEnd() {
    project(Map.of());
    Map<String, Object> files = new LinkedHashMap<>();
    IntStream.range(0, 230)
        .forEach(i -> files.put("db/%03d.sql".formatted(i), "select " + i + ";\n"));
    mergeRequest(files);
    Loaded loaded = gitlab.load(MR, CONFIG);
    post(loaded, new Marker(Marker.Kind.SUMMARY, "-"), "Early");
    IntStream.range(0, 110)
        .forEach(i -> lab.post(
            GM + "/comment",
            Map.of("as", "alice", "body", "comment " + i, "deliver", Map.of("drop", true))));
    post(loaded, new Marker(Marker.Kind.REPLY, "4711"), "Late");

    Loaded again = gitlab.load(MR, CONFIG);

    assertThat(again.changeRequest().changes()).hasSize(230);
    assertThat(again.changeRequest().incomplete()).isEmpty();
    assertThat(again.posted().comments()).hasSize(2);
    assertThat(gitlab.filesAtHead(again.changeRequest(), paths(again)))
        .hasSize(230)
        .allSatisfy((p, c) -> assertThat(c).isInstanceOf(FileContent.Text.class));
    assertThat(gitlab.diff(again.changeRequest(), paths(again))).hasSize(230);
  }

  @Test
  void saysThatGitLabDoesNotListAllFiles() {
    lab.patch("/config", Map.of("gitlab", Map.of("limits", Map.of("diffFiles", 5))));
    project(Map.of());
    Map<String, Object> files = new LinkedHashMap<>();
    IntStream.range(0, 7).forEach(i -> files.put("db/" + i + ".sql", "select " + i + ";\n"));
    mergeRequest(files);

    assertThat(gitlab.load(MR, CONFIG).changeRequest().incomplete())
        .contains("GitLab lists 5 of more changed files");
  }

  @Test
  void commentsOnLinesOfANewFileWhoseDiffIsTooLargeToShow() {
    lab.patch(
        "/config",
        Map.of("gitlab", Map.of("limits", Map.of("diffFileBytes", 500, "diffCollapseBytes", 100))));
    project(Map.of("old.sql", "a\n".repeat(200)));
    mergeRequest(Map.of(
        "large.sql", "select 1;\n".repeat(100),
        "collapsed.sql", "select 1;\n".repeat(20),
        "old.sql", "b\n".repeat(300)));
    Loaded loaded = gitlab.load(MR, CONFIG);
    Map<String, DiffLines> diff = gitlab.diff(loaded.changeRequest(), paths(loaded));

    assertThat(diff).containsOnlyKeys("large.sql", "collapsed.sql");
    Applied applied = open(
        loaded,
        thread("large.sql", 99, 100, diff, "f1"),
        thread("collapsed.sql", 20, 20, diff, "f2"),
        new NewThread("f3", new Anchor("old.sql", 3, 3, Optional.empty()), marked("f3", "far")));

    assertThat(applied.made()).containsOnlyKeys("f1", "f2", "f3");
    assertThat(positions()).containsExactly("text null 100", "text null 20", "file null null");
  }

  @Test
  void threadsLiveThroughEditResolveAndReopen() {
    project(Map.of());
    mergeRequest(Map.of("a.sql", "one\ntwo\nthree\n"));
    Loaded loaded = gitlab.load(MR, CONFIG);
    Map<String, DiffLines> diff = gitlab.diff(loaded.changeRequest(), List.of("a.sql"));
    Applied applied =
        open(loaded, thread("a.sql", 1, 2, diff, "f1"), thread("a.sql", 3, 3, diff, "f2"));
    String first = applied.made().get("f1");

    gitlab.apply(loaded.changeRequest(), new Action.EditThread(first, marked("f1", "edited")));
    assertThat(thread("f1").body()).startsWith("edited");
    gitlab.apply(loaded.changeRequest(), new Action.ResolveThread(first, marked("f1", "gone")));
    assertThat(thread("f1").resolved()).isTrue();
    assertThat(thread("f1").body()).startsWith("gone");
    assertThat(thread("f2").resolved()).isFalse();
    gitlab.apply(loaded.changeRequest(), new Action.ReopenThread(first, marked("f1", "back")));
    assertThat(thread("f1").resolved()).isFalse();
    assertThat(thread("f1").body()).startsWith("back");
  }

  @Test
  void knowsThatPeopleHaveAnsweredAndThatALineHasChanged() {
    project(Map.of());
    mergeRequest(Map.of("a.sql", "one\ntwo\nthree\n"));
    Loaded loaded = gitlab.load(MR, CONFIG);
    Map<String, DiffLines> diff = gitlab.diff(loaded.changeRequest(), List.of("a.sql"));
    String first = open(
            loaded, thread("a.sql", 1, 1, diff, "f1"), thread("a.sql", 3, 3, diff, "f2"))
        .made()
        .get("f1");
    lab.post(
        "/gitlab/notes/" + ThreadId.read(first).note() + "/reply",
        Map.of("as", "alice", "body", "Why?"));
    lab.post(GM + "/push", Map.of("files", Map.of("a.sql", "new\none\ntwo\nchanged\n")));

    assertThat(thread("f1").repliedByOthers()).isTrue();
    assertThat(thread("f1").outdated()).isFalse();
    assertThat(thread("f2").repliedByOthers()).isFalse();
    assertThat(thread("f2").outdated()).isTrue();
  }

  @Test
  void anUnchangedLineIsNamedByBothOfItsNumbers() {
    project(Map.of("a.sql", "1\n2\n3\n4\n5\n6\n"));
    mergeRequest(Map.of("a.sql", "0\n1\n2\nthree\n4\n5\n6\n"));
    Loaded loaded = gitlab.load(MR, CONFIG);
    Map<String, DiffLines> diff = gitlab.diff(loaded.changeRequest(), List.of("a.sql"));

    Applied applied =
        open(loaded, thread("a.sql", 2, 3, diff, "same"), thread("a.sql", 3, 4, diff, "new"));

    assertThat(applied.made()).hasSize(2);
    assertThat(positions()).containsExactly("text 2 3", "text null 4");
  }

  @Test
  void aLineThatGitLabRefusesBecomesACommentOnTheFileOrBesideTheDiff() {
    String lines = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n";
    project(Map.of("a.sql", lines, "other.sql", "select 1;\n"));
    mergeRequest(Map.of("a.sql", "one\n" + lines.substring(2)));
    Loaded loaded = gitlab.load(MR, CONFIG);
    DiffLines.Hunk wrong = new DiffLines.Hunk(1, 16, Map.of());
    Map<String, DiffLines> diff = gitlab.diff(loaded.changeRequest(), List.of("a.sql"));
    assertThat(diff.get("a.sql").hunkWith(1, 4)).isPresent();
    assertThat(diff.get("a.sql").hunkWith(15, 15)).isEmpty();

    Applied applied = open(
        loaded,
        thread("a.sql", 1, 1, diff, "good"),
        new NewThread(
            "bad", new Anchor("a.sql", 15, 15, Optional.of(wrong)), marked("bad", "refused")),
        new NewThread(
            "file", new Anchor("a.sql", 15, 15, Optional.empty()), marked("file", "on the file")),
        new NewThread(
            "plain",
            new Anchor("other.sql", 3, 5, Optional.empty()),
            marked("plain", "beside the diff")));

    assertThat(applied.made()).containsOnlyKeys("good", "bad", "file", "plain");
    assertThat(applied.unplaced()).isEmpty();
    assertThat(positions())
        .containsExactly("text null 1", "file null null", "file null null", "none");
    assertThat(state().path("notes").findValuesAsText("body"))
        .anyMatch(b ->
            b.startsWith("`other.sql`, lines 3 to 5: <!-- plimsoll-place -->\n\nbeside the diff"));
    assertThat(thread("plain").body()).startsWith("beside the diff");

    gitlab.apply(
        loaded.changeRequest(),
        new Action.ResolveThread(thread("plain").id(), marked("plain", "gone")));
    assertThat(thread("plain").resolved()).isTrue();
    assertThat(thread("plain").body()).startsWith("gone");
    assertThat(state().path("notes").findValuesAsText("body"))
        .as("the place stays")
        .anyMatch(b -> b.startsWith("`other.sql`, lines 3 to 5: <!-- plimsoll-place -->\n\ngone"));
  }

  @Test
  void nothingThatIsQuotedIsAnOrderToGitLab() {
    project(Map.of());
    mergeRequest(Map.of("a.sql", "one\ntwo\n"));
    Loaded loaded = gitlab.load(MR, CONFIG);
    String hostile = "/approve\n\n````sql\n```\n/merge\n```\n\r/close\n````\n/* a comment */";
    Map<String, DiffLines> diff = gitlab.diff(loaded.changeRequest(), List.of("a.sql"));

    NewThread thread = new NewThread(
        "f1", new Anchor("a.sql", 1, 1, diff.get("a.sql").hunkWith(1, 1)), marked("f1", hostile));
    String id = open(loaded, thread).made().get("f1");
    post(loaded, new Marker(Marker.Kind.SUMMARY, "-"), hostile);
    gitlab.apply(loaded.changeRequest(), new Action.EditThread(id, marked("f1", hostile)));

    assertThat(thread("f1").body().strip()).isEqualTo(marked("f1", hostile).strip());
    assertThat(state().path("approvals").asInt()).isZero();
    assertThat(state().path("state").asText()).isEqualTo("opened");
  }

  @Test
  void answersACommandWhereItWasGiven() {
    project(Map.of());
    mergeRequest(Map.of("a.sql", "one\ntwo\n"));
    lab.post(GM + "/comment", Map.of("as", "alice", "body", "/plimsoll help"));
    ForgeEvent.Commented plain = commented();
    Loaded loaded = gitlab.load(MR, CONFIG);
    lab.post(
        GM + "/discussion",
        Map.of(
            "as", "alice",
            "body", "/plimsoll explain",
            "position",
                Map.of(
                    "position_type",
                    "text",
                    "base_sha",
                    loaded.changeRequest().mergeBaseSha().orElseThrow(),
                    "start_sha",
                    loaded.changeRequest().mergeBaseSha().orElseThrow(),
                    "head_sha",
                    loaded.changeRequest().headSha(),
                    "new_path",
                    "a.sql",
                    "new_line",
                    1)));
    ForgeEvent.Commented onLine = commented();

    for (ForgeEvent.Commented comment : List.of(plain, onLine)) {
      for (Action.Reaction reaction : Action.Reaction.values()) {
        gitlab.apply(loaded.changeRequest(), new Action.React(comment.comment(), reaction));
        gitlab.apply(loaded.changeRequest(), new Action.React(comment.comment(), reaction));
      }
      Marker marker = new Marker(Marker.Kind.REPLY, comment.comment().id());
      gitlab.apply(
          loaded.changeRequest(),
          new Action.PostComment(marker, marker.on("Here"), Optional.of(comment.comment())));
    }

    assertThat(plain.body()).isEqualTo("/plimsoll help");
    assertThat(plain.author().login()).isEqualTo("alice");
    assertThat(plain.comment().onLine()).isFalse();
    assertThat(onLine.comment().onLine()).isTrue();
    assertThat(state().path("discussions"))
        .extracting(
            d -> d.path("individual_note").asBoolean(), d -> d.path("notes").size())
        .as("the plain comment stays plain, so that nobody has to resolve it")
        .containsExactly(tuple(true, 1), tuple(false, 2), tuple(true, 1));
    assertThat(state().path("notes").get(0).path("awards").properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder("eyes", "rocket", "confused");
    Loaded again = gitlab.load(MR, CONFIG);
    assertThat(again.posted().comments()).hasSize(2);
    assertThat(again.posted().threads()).isEmpty();
    again
        .posted()
        .comments()
        .forEach(c -> gitlab.apply(
            again.changeRequest(), new Action.EditComment(c.id(), c.marker().on("Changed"))));
    assertThat(gitlab.load(MR, CONFIG).posted().comments())
        .allMatch(c -> c.body().startsWith("Changed"));
  }

  @Test
  void itsOwnCommentsAreNoEvents() {
    project(Map.of());
    mergeRequest(Map.of("a.sql", "one\ntwo\n"));
    Loaded loaded = gitlab.load(MR, CONFIG);
    lab.forgetDeliveries();

    post(loaded, new Marker(Marker.Kind.SUMMARY, "-"), "Hello");

    GitLabLab.Delivery delivery = lab.delivery("Note Hook", "create");
    assertThat(parsed(delivery)).isInstanceOf(ForgeEvent.Ignored.class);
    assertThat(new GitLabEvents(Optional::empty).parse(delivery.event(), delivery.body()))
        .as("also before it is known who Plimsoll is")
        .isInstanceOf(ForgeEvent.Ignored.class);
  }

  @Test
  void onlyItsOwnCommentsAreItsOwn() {
    project(Map.of());
    mergeRequest(Map.of("a.sql", "one\ntwo\n"));
    lab.post(
        GM + "/comment",
        Map.of("as", "mallory", "body", new Marker(Marker.Kind.SUMMARY, "-").on("I am Plimsoll")));
    lab.post(GM + "/discussion", Map.of("as", "mallory", "body", marked("f1", "Me too")));
    lab.post(
        GP + "/statuses", Map.of("mr", 1, "name", "plimsoll", "state", "success", "as", "mallory"));

    assertThat(gitlab.load(MR, CONFIG).posted()).isEqualTo(Posted.NOTHING);
  }

  @Test
  void statusesStandInTheMergeRequestsPipeline() {
    project(Map.of());
    mergeRequest(Map.of("a.sql", "one\ntwo\n"));
    Loaded loaded = gitlab.load(MR, CONFIG);
    check(loaded, "plimsoll", State.QUEUED, "Queued", Optional.empty());
    check(loaded, "plimsoll", State.QUEUED, "Queued", Optional.empty());
    check(loaded, "plimsoll", State.IN_PROGRESS, "Reviewing", Optional.empty());
    String running =
        check(loaded, "plimsoll", State.IN_PROGRESS, "Still reviewing", Optional.empty());
    check(loaded, "plimsoll", State.QUEUED, "Queued again", Optional.of(running));
    check(loaded, "plimsoll", State.FAILURE, "One finding", Optional.of(running));
    String last = check(loaded, "plimsoll", State.FAILURE, "Two findings", Optional.empty());

    assertThat(gitlab.load(MR, CONFIG).posted().checks())
        .containsExactly(new Posted.Check(last, "plimsoll", State.FAILURE, "Two findings"));
    lab.patch(GP + "/settings", Map.of("only_allow_merge_if_pipeline_succeeds", true));
    assertThat(lab.get(GM + "/mergeable").path("status").asText()).isEqualTo("ci_must_pass");
    check(gitlab.load(MR, CONFIG), "plimsoll", State.SUCCESS, "Fine", Optional.empty());
    assertThat(lab.get(GM + "/mergeable").path("status").asText()).isEqualTo("mergeable");
  }

  @Test
  void aTitleThatIsTooLongEndsAtAWord() {
    project(Map.of());
    mergeRequest(Map.of("a.sql", "one\ntwo\n"));
    Loaded loaded = gitlab.load(MR, CONFIG);

    check(loaded, "plimsoll", State.FAILURE, "many words ".repeat(30), Optional.empty());

    assertThat(gitlab.load(MR, CONFIG).posted().checks().getFirst().title())
        .hasSizeLessThanOrEqualTo(140)
        .endsWith("words many …");
  }

  @Test
  void knowsWhatPeopleMayDo() {
    project(Map.of());
    for (String level : List.of("guest", "reporter", "developer", "maintainer", "owner")) {
      lab.put(GP + "/members/" + level + "-person", Map.of("access_level", level));
    }
    lab.put("/gitlab/groups/group/members/inherits", Map.of("access_level", "maintainer"));

    assertThat(access("guest-person")).isEqualTo(Access.READ);
    assertThat(access("reporter-person")).isEqualTo(Access.READ);
    assertThat(access("developer-person")).isEqualTo(Access.WRITE);
    assertThat(access("maintainer-person")).isEqualTo(Access.MAINTAIN);
    assertThat(access("owner-person")).isEqualTo(Access.ADMIN);
    assertThat(access("inherits")).isEqualTo(Access.MAINTAIN);
    assertThat(access("stranger")).isEqualTo(Access.NONE);
    lab.patch(GP + "/settings", Map.of("visibility", "public"));
    assertThat(access("stranger")).isEqualTo(Access.READ);
  }

  private Access access(String username) {
    String id =
        lab.post("/gitlab/users", Map.of("username", username)).path("id").asText();
    return gitlab.access(MR, new User(id, username, false));
  }

  @Test
  void knowsWhoItIs() {
    assertThat(gitlab.knownSelf()).isEmpty();
    assertThat(gitlab.identity().username()).isEqualTo("plimsoll-bot");
    assertThat(gitlab.identity().scopes()).containsExactly("api");
    assertThat(gitlab.knownSelf()).isPresent();
  }

  @Test
  void aWriteWhoseAnswerIsLostIsNotMadeTwice() {
    project(Map.of());
    mergeRequest(Map.of("a.sql", "one\ntwo\nthree\n"));
    Loaded loaded = gitlab.load(MR, CONFIG);
    Map<String, DiffLines> diff = gitlab.diff(loaded.changeRequest(), List.of("a.sql"));
    lab.fault("POST", "/discussions$", "reset-after-write", Map.of());
    lab.fault("POST", "/notes$", "reset-after-write", Map.of());
    lab.fault("POST", "/statuses/", "reset-after-write", Map.of());

    Applied threads =
        open(loaded, thread("a.sql", 1, 1, diff, "f1"), thread("a.sql", 2, 2, diff, "f2"));
    post(loaded, new Marker(Marker.Kind.SUMMARY, "-"), "Once");
    String check = check(loaded, "plimsoll", State.SUCCESS, "Fine", Optional.empty());

    assertThat(threads.made()).containsOnlyKeys("f1", "f2");
    Posted posted = gitlab.load(MR, CONFIG).posted();
    assertThat(posted.threads()).hasSize(2);
    assertThat(posted.comments()).hasSize(1);
    assertThat(posted.checks()).extracting("id").containsExactly(check);
  }

  @Test
  void threadsThatWereOpenedBeforeOneFailedAreNotOpenedAgain() {
    project(Map.of());
    mergeRequest(Map.of("a.sql", "one\ntwo\nthree\n"));
    Loaded loaded = gitlab.load(MR, CONFIG);
    Map<String, DiffLines> diff = gitlab.diff(loaded.changeRequest(), List.of("a.sql"));
    NewThread[] both = {thread("a.sql", 1, 1, diff, "f1"), thread("a.sql", 2, 2, diff, "f2")};
    lab.fault("POST", "/discussions$", "status", Map.of("status", 502, "skip", 1));

    assertThatThrownBy(() -> open(loaded, both))
        .satisfies(e ->
            assertThat(((ForgeException) e).kind()).isEqualTo(ForgeException.Kind.RETRY_LATER));
    Applied applied = open(loaded, both);

    assertThat(applied.made()).containsOnlyKeys("f1", "f2");
    assertThat(gitlab.load(MR, CONFIG).posted().threads()).hasSize(2);
  }

  @Test
  void aWriteThatWasNeverMadeIsMadeWhenItIsTriedAgain() {
    project(Map.of());
    mergeRequest(Map.of("a.sql", "one\ntwo\nthree\n"));
    Loaded loaded = gitlab.load(MR, CONFIG);
    lab.fault("POST", "/notes$", "reset", Map.of());
    Marker marker = new Marker(Marker.Kind.SUMMARY, "-");

    assertThatThrownBy(() -> post(loaded, marker, "Once"))
        .satisfies(e ->
            assertThat(((ForgeException) e).kind()).isEqualTo(ForgeException.Kind.RETRY_LATER));
    post(loaded, marker, "Once");

    assertThat(gitlab.load(MR, CONFIG).posted().comments()).hasSize(1);
  }

  @Test
  void limitsAreKeptToWithoutAFurtherCall() {
    project(Map.of());
    mergeRequest(Map.of("a.sql", "one\ntwo\nthree\n"));
    Loaded loaded = gitlab.load(MR, CONFIG);
    lab.fault("POST", "/notes$", "429", Map.of("retryAfter", 30));
    Marker marker = new Marker(Marker.Kind.SUMMARY, "-");
    long before = lab.lastCall();

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> post(loaded, marker, "Once")).satisfies(e -> {
        assertThat(((ForgeException) e).kind()).isEqualTo(ForgeException.Kind.RETRY_LATER);
        assertThat(((ForgeException) e).retryAt()).isPresent();
      });
    }

    assertThat(lab.callsSince(before)).hasSize(1);
  }

  @Test
  void readsThroughACutConnection() {
    project(Map.of());
    mergeRequest(Map.of("a.sql", "one\ntwo\nthree\n"));
    lab.fault("GET", "/diffs", "reset", Map.of());
    lab.fault("GET", "/discussions", "truncate", Map.of());

    assertThat(gitlab.load(MR, CONFIG).changeRequest().changes()).hasSize(1);
  }

  @Test
  void waitsForAMergeRequestWhoseDiffIsNotPrepared() {
    lab.patch("/config", Map.of("gitlab", Map.of("prepareMs", 60_000)));
    project(Map.of());
    mergeRequest(Map.of("a.sql", "one\ntwo\nthree\n"));

    assertThatThrownBy(() -> gitlab.load(MR, CONFIG))
        .hasMessageContaining("preparing")
        .satisfies(e ->
            assertThat(((ForgeException) e).kind()).isEqualTo(ForgeException.Kind.RETRY_LATER));
  }

  @Test
  void saysThatThereIsNoSuchMergeRequest() {
    project(Map.of());

    assertThatThrownBy(() -> gitlab.load(MR, CONFIG))
        .hasMessageContaining("gitlab:group/sub/app!1 is not there")
        .satisfies(
            e -> assertThat(((ForgeException) e).kind()).isEqualTo(ForgeException.Kind.NOT_FOUND));
  }

  @Test
  void webhooksTellWhatHappened() {
    project(Map.of("a.sql", "select 1;\n"));
    lab.post(GP + "/push", Map.of("branch", "release", "files", Map.of("r.sql", "select 1;\n")));
    lab.post(
        GP + "/merge_requests",
        Map.of("title", "A change", "as", "alice", "files", Map.of("b.sql", "select 2;\n")));
    assertThat(wanted("open").why()).isEqualTo("opened");
    String head = lab.post(GM + "/push", Map.of("files", Map.of("b.sql", "select 3;\n")))
        .path("head_sha")
        .asText();
    assertThat(wanted("update").headSha()).contains(head);
    lab.post(GM + "/edit", Map.of("title", "Another title"));
    assertThat(parsed(lab.delivery("Merge Request Hook", "update")))
        .isInstanceOf(ForgeEvent.Ignored.class);
    lab.post(GM + "/draft", Map.of());
    assertThat(wanted("update").why()).isEqualTo("draft or ready");
    lab.post(GM + "/ready", Map.of());
    assertThat(wanted("update").why()).isEqualTo("draft or ready");
    lab.post(GM + "/edit", Map.of("target_branch", "release"));
    assertThat(wanted("update").why()).isEqualTo("target branch changed");
    lab.post(GM + "/close", Map.of("as", "alice"));
    assertThat(parsed(lab.delivery("Merge Request Hook", "close")))
        .isEqualTo(new ForgeEvent.Closed(MR));
    lab.post(GM + "/reopen", Map.of("as", "alice"));
    assertThat(wanted("reopen").target()).isEqualTo(MR);
    lab.post(GM + "/merge", Map.of("as", "alice", "force", true));
    assertThat(parsed(lab.delivery("Merge Request Hook", "merge")))
        .isEqualTo(new ForgeEvent.Closed(MR));
  }

  @Test
  void aDeliveryThatIsSentAgainHasTheSameId() {
    project(Map.of());
    lab.post(
        GP + "/merge_requests",
        Map.of(
            "title",
            "A change",
            "as",
            "alice",
            "files",
            Map.of("b.sql", "select 2;\n"),
            "deliver",
            Map.of("times", 2)));

    Optional<String> first =
        webhook.deliveryId(lab.delivery("Merge Request Hook", "open").header());
    assertThat(first).isPresent();
    assertThat(webhook.deliveryId(lab.delivery("Merge Request Hook", "open").header()))
        .isEqualTo(first);
  }

  @Test
  void deliveriesThatAreNotSignedRightAreNotAuthentic() {
    project(Map.of());
    mergeRequest(Map.of("a.sql", "one\n"));
    for (String signature : List.of("wrong", "none", "malformed", "stale")) {
      lab.post(
          GM + "/comment",
          Map.of("as", "alice", "body", signature, "deliver", Map.of("signature", signature)));
      GitLabLab.Delivery delivery = lab.delivery("Note Hook", "create");
      assertThat(webhook.isAuthentic(delivery.header(), delivery.body()))
          .as(signature)
          .isFalse();
    }
  }

  // ---- the stage

  private void project(Map<String, Object> files) {
    Map<String, Object> all = new LinkedHashMap<>(files);
    all.putIfAbsent("README.md", "An app\n");
    lab.post(
        "/gitlab/projects",
        Map.of(
            "path_with_namespace", PROJECT,
            "files", all,
            "members", Map.of("alice", "maintainer", "mallory", "reporter")));
  }

  private void mergeRequest(Map<String, Object> files) {
    lab.post(GP + "/merge_requests", Map.of("title", "A change", "as", "alice", "files", files));
  }

  private static JsonNode state() {
    return lab.get(GM);
  }

  /** Of each thread: the kind of its position with old and new line. */
  private static List<String> positions() {
    List<String> positions = new ArrayList<>();
    state().path("discussions").forEach(d -> {
      JsonNode position = d.path("notes").get(0).path("original_position");
      positions.add(
          position.isObject()
              ? position.path("position_type").asText() + " "
                  + position.path("old_line").asText() + " "
                  + position.path("new_line").asText()
              : "none");
    });
    return positions;
  }

  private ForgeEvent parsed(GitLabLab.Delivery delivery) {
    assertThat(webhook.isAuthentic(delivery.header(), delivery.body())).isTrue();
    return events.parse(delivery.event(), delivery.body());
  }

  private ForgeEvent.ReviewWanted wanted(String action) {
    return (ForgeEvent.ReviewWanted) parsed(lab.delivery("Merge Request Hook", action));
  }

  private ForgeEvent.Commented commented() {
    return (ForgeEvent.Commented) parsed(lab.delivery("Note Hook", "create"));
  }

  private static FileContent text(String text) {
    return new FileContent.Text(text);
  }

  private static FileContent unreadable(String reason) {
    return new FileContent.Unreadable(reason);
  }

  private static List<String> paths(Loaded loaded) {
    return loaded.changeRequest().changes().stream()
        .filter(c -> c.kind() != ChangedPath.Kind.REMOVED)
        .map(ChangedPath::path)
        .toList();
  }

  private Posted.Thread thread(String key) {
    return gitlab.load(MR, CONFIG).posted().threads().stream()
        .filter(t -> t.key().equals(key))
        .findFirst()
        .orElseThrow();
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
    return gitlab.apply(loaded.changeRequest(), new Action.OpenThreads(List.of(threads)));
  }

  private void post(Loaded loaded, Marker marker, String body) {
    gitlab.apply(loaded.changeRequest(), new Action.PostComment(marker, marker.on(body)));
  }

  private String check(
      Loaded loaded, String name, State state, String title, Optional<String> replaces) {
    CheckReport report = new CheckReport(name, state, title, "A summary", List.of(), List.of());
    return gitlab
        .apply(loaded.changeRequest(), new Action.PutCheck(report, replaces))
        .made()
        .get(name);
  }
}
