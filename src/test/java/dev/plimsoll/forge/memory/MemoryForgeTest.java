package dev.plimsoll.forge.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.forge.Access;
import dev.plimsoll.forge.Action;
import dev.plimsoll.forge.Action.Anchor;
import dev.plimsoll.forge.Action.NewThread;
import dev.plimsoll.forge.ChangeRequest;
import dev.plimsoll.forge.ChangeRequest.ChangedPath;
import dev.plimsoll.forge.ChangeRequest.ChangedPath.Kind;
import dev.plimsoll.forge.CheckReport;
import dev.plimsoll.forge.CheckReport.Annotation;
import dev.plimsoll.forge.CheckReport.State;
import dev.plimsoll.forge.DiffLines;
import dev.plimsoll.forge.FileContent;
import dev.plimsoll.forge.ForgeEvent;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.Marker;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import dev.plimsoll.forge.ReviewTarget.MergeGroup;
import dev.plimsoll.forge.User;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MemoryForgeTest {

  private static final User ANNA = new User("10", "anna", false);
  private static final String OLD = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n";

  private final MemoryForge forge =
      new MemoryForge(InstantSource.fixed(Instant.parse("2026-01-02T12:00:00Z")));
  private final List<ForgeEvent> events = new ArrayList<>();

  @BeforeEach
  void aRepository() {
    forge
        .people()
        .createRepository(
            "acme/shop", Map.of("a.sql", OLD, "gone.sql", "x\n", "moved.sql", "y\n"), ANNA);
    forge.onEvent(events::add);
  }

  @Test
  void tellsWhatAChangeRequestChanges() {
    ChangeRequestId id = opened(Map.of("a.sql", OLD.replace("5", "five"), "b.sql", "new\n"));
    forge
        .people()
        .push(
            id,
            Map.of(
                "gone.sql",
                Optional.empty(),
                "moved.sql",
                Optional.empty(),
                "here.sql",
                Optional.of("y\n")),
            "More",
            ANNA);
    ChangeRequest request = forge.load(id, Set.of()).changeRequest();

    assertThat(request.changes())
        .containsExactly(
            new ChangedPath("a.sql", Kind.MODIFIED, Optional.empty()),
            new ChangedPath("b.sql", Kind.ADDED, Optional.empty()),
            new ChangedPath("gone.sql", Kind.REMOVED, Optional.empty()),
            new ChangedPath("here.sql", Kind.RENAMED, Optional.of("moved.sql")));
    assertThat(request.commitMessages()).containsExactly("Title", "More");
    assertThat(events)
        .hasSize(2)
        .allSatisfy(e -> assertThat(e).isInstanceOf(ForgeEvent.ReviewWanted.class));
  }

  @Test
  void readsTheConfigurationFromTheBasesTipAndFilesFromTheHead() {
    ChangeRequestId id = opened(Map.of("b.sql", "head\n"));
    forge
        .people()
        .commit("acme/shop", "main", Map.of("b.sql", Optional.of("base\n")), "On main", ANNA);
    var loaded = forge.load(id, Set.of("b.sql", "none"));

    assertThat(loaded.baseFiles())
        .containsEntry("b.sql", new FileContent.Text("base\n"))
        .containsEntry("none", new FileContent.Absent());
    assertThat(forge.filesAtHead(loaded.changeRequest(), List.of("b.sql")))
        .containsEntry("b.sql", new FileContent.Text("head\n"));
    assertThat(loaded.changeRequest().changes())
        .extracting(ChangedPath::path)
        .containsExactly("b.sql");
  }

  @Test
  void letsCommentsStandOnLinesOfTheDiffOnly() {
    ChangeRequestId id = opened(Map.of("a.sql", OLD.replace("5", "five")));
    ChangeRequest request = forge.load(id, Set.of()).changeRequest();
    DiffLines lines = forge.diff(request, List.of("a.sql", "gone.sql")).get("a.sql");

    assertThat(lines.hunks()).hasSize(1);
    assertThat(lines.hunkWith(2, 8)).isPresent();
    assertThat(lines.hunkWith(5, 9)).isEmpty();
    assertThat(forge.diff(request, List.of("gone.sql"))).isEmpty();

    assertThat(open(request, new Anchor("a.sql", 5, 5, lines.hunkWith(5, 5)), "body")
            .made())
        .containsKey("key");
    assertThat(
            open(request, new Anchor("a.sql", 12, 12, Optional.empty()), "body").made())
        .containsKey("key");
    assertThat(open(request, new Anchor("gone.sql", 1, 1, Optional.empty()), "body")
            .unplaced())
        .containsExactly("key");
    assertRefused(() ->
        open(request, new Anchor("a.sql", 11, 12, Optional.of(lines.hunks().getFirst())), "body"));
    assertRefused(() ->
        open(request, new Anchor("a.sql", 5, 4, Optional.of(lines.hunks().getFirst())), "body"));
  }

  @Test
  void refusesSuggestionsThatWouldReplaceNothingOrTooMuch() {
    ChangeRequestId id = opened(Map.of("b.sql", "one\ntwo\n"));
    ChangeRequest request = forge.load(id, Set.of()).changeRequest();
    Optional<DiffLines.Hunk> hunk =
        forge.diff(request, List.of("b.sql")).get("b.sql").hunkWith(1, 2);

    open(request, new Anchor("b.sql", 1, 2, hunk), "```suggestion\nthree\n```");
    assertRefused(() ->
        open(request, new Anchor("b.sql", 1, 2, Optional.empty()), "```suggestion\nthree\n```"));
    assertRefused(
        () -> open(request, new Anchor("b.sql", 1, 2, hunk), "````suggestion\nthree\n```"));
  }

  @Test
  void marksThreadsOutdatedWhenTheirLinesAreGone() {
    ChangeRequestId id = opened(Map.of("b.sql", "one\ntwo\n"));
    ChangeRequest request = forge.load(id, Set.of()).changeRequest();
    Optional<DiffLines.Hunk> hunk =
        forge.diff(request, List.of("b.sql")).get("b.sql").hunkWith(2, 2);
    open(
        request, new Anchor("b.sql", 2, 2, hunk), new Marker(Marker.Kind.THREAD, "key").on("body"));

    forge.people().push(id, Map.of("b.sql", Optional.of("zero\none\ntwo\n")), "Move", ANNA);
    assertThat(forge.load(id, Set.of()).posted().threads().getFirst().outdated())
        .isFalse();
    forge.people().push(id, Map.of("b.sql", Optional.of("zero\none\n2\n")), "Change", ANNA);
    assertThat(forge.load(id, Set.of()).posted().threads().getFirst().outdated())
        .isTrue();
  }

  @Test
  void editsNobodyElsesComments() {
    ChangeRequestId id = opened(Map.of("b.sql", "one\n"));
    ChangeRequest request = forge.load(id, Set.of()).changeRequest();
    String comment = forge.people().comment(id, ANNA, "Mine\n\n<!-- plimsoll:summary:- -->");

    assertThatThrownBy(() -> forge.apply(request, new Action.EditComment(comment, "Yours")))
        .isInstanceOfSatisfying(
            ForgeException.class,
            e -> assertThat(e.kind()).isEqualTo(ForgeException.Kind.FORBIDDEN));
    assertThat(forge.load(id, Set.of()).posted().comments()).isEmpty();
  }

  @Test
  void appendsAnnotationsWhenARunIsPutAgain() {
    ChangeRequestId id = opened(Map.of("b.sql", "one\n"));
    ChangeRequest request = forge.load(id, Set.of()).changeRequest();
    CheckReport report = new CheckReport(
        "plimsoll",
        State.FAILURE,
        "t",
        "s",
        List.of(new Annotation("b.sql", 1, 1, true, "t", "m")),
        List.of());
    String run = forge
        .apply(request, new Action.PutCheck(report, Optional.empty()))
        .made()
        .get("plimsoll");
    forge.apply(request, new Action.PutCheck(report, Optional.of(run)));

    assertThat(forge.conversation(id).check("plimsoll").orElseThrow().report().annotations())
        .hasSize(2);
    assertThatThrownBy(() -> forge.apply(request, new Action.PutCheck(report, Optional.of("99"))))
        .isInstanceOf(ForgeException.class);
    assertThat(forge.passes(request.headSha(), List.of("plimsoll"))).isFalse();
  }

  @Test
  void aMergeGroupCombinesBothSides() {
    ChangeRequestId id = opened(Map.of("b.sql", "head\n"));
    forge
        .people()
        .commit("acme/shop", "main", Map.of("c.sql", Optional.of("base\n")), "On main", ANNA);
    MergeGroup group = forge.people().enqueue(id, ANNA);
    ChangeRequest request = forge.load(group, Set.of()).changeRequest();

    assertThat(request.changes()).extracting(ChangedPath::path).containsExactly("b.sql");
    assertThat(forge.filesAtHead(request, List.of("b.sql", "c.sql")).values())
        .containsExactly(new FileContent.Text("head\n"), new FileContent.Text("base\n"));
    assertThatThrownBy(() -> forge.apply(
            request, new Action.PostComment(new Marker(Marker.Kind.SUMMARY, "-"), "Hello")))
        .isInstanceOf(ForgeException.class);
  }

  @Test
  void aRebaseKeepsTheChangeAndTakesInTheBase() {
    ChangeRequestId id = opened(Map.of("b.sql", "head\n"));
    forge
        .people()
        .commit("acme/shop", "main", Map.of("c.sql", Optional.of("base\n")), "On main", ANNA);
    forge.people().rebase(id, "Rebased", ANNA);
    ChangeRequest request = forge.load(id, Set.of()).changeRequest();

    assertThat(request.mergeBaseSha()).contains(request.baseSha());
    assertThat(request.changes()).extracting(ChangedPath::path).containsExactly("b.sql");
  }

  @Test
  void knowsWhoMayDoWhat() {
    ChangeRequestId id = opened(Map.of("b.sql", "head\n"));
    forge.people().grant("acme/shop", ANNA, Access.MAINTAIN);
    forge.people().join("acme/dbas", ANNA);

    assertThat(forge.access(id, ANNA)).isEqualTo(Access.MAINTAIN);
    assertThat(forge.access(id, new User("99", "anna", false)))
        .as("a login says nothing")
        .isEqualTo(Access.READ);
    assertThat(forge.isMember(id, ANNA, "acme/dbas")).isTrue();
    assertThat(forge.isMember(id, ANNA, "acme/others")).isFalse();
  }

  @Test
  void takesWritesFromSeveralThreads() throws Exception {
    ChangeRequestId id = opened(Map.of("b.sql", "one\n"));
    ChangeRequest request = forge.load(id, Set.of()).changeRequest();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 200; i++) {
        Marker marker = new Marker(Marker.Kind.REPLY, "r" + i);
        threads.submit(
            () -> forge.apply(request, new Action.PostComment(marker, marker.on("body"))));
      }
    }

    assertThat(forge.load(id, Set.of()).posted().comments()).hasSize(200).doesNotHaveDuplicates();
  }

  private ChangeRequestId opened(Map<String, String> files) {
    return forge.people().open("acme/shop", "Title", files, ANNA);
  }

  private MemoryForge.Applied open(ChangeRequest request, Anchor anchor, String body) {
    return forge.apply(
        request, new Action.OpenThreads(List.of(new NewThread("key", anchor, body))));
  }

  private static void assertRefused(Runnable act) {
    assertThatThrownBy(act::run)
        .isInstanceOfSatisfying(
            ForgeException.class, e -> assertThat(e.kind()).isEqualTo(ForgeException.Kind.REFUSED));
  }
}
