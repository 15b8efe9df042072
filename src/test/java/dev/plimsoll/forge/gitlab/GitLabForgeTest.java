package dev.plimsoll.forge.gitlab;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.plimsoll.forge.Access;
import dev.plimsoll.forge.Action;
import dev.plimsoll.forge.Action.Anchor;
import dev.plimsoll.forge.Action.NewThread;
import dev.plimsoll.forge.ChangeRequest;
import dev.plimsoll.forge.CheckReport;
import dev.plimsoll.forge.CheckReport.State;
import dev.plimsoll.forge.DiffLines.Hunk;
import dev.plimsoll.forge.FileContent;
import dev.plimsoll.forge.Forge.Applied;
import dev.plimsoll.forge.Forge.Loaded;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.forge.Marker;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import dev.plimsoll.forge.ReviewTarget.MergeGroup;
import dev.plimsoll.forge.User;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What GitLab does on some servers or some days only. */
class GitLabForgeTest {

  @RegisterExtension
  static final WireMockExtension SERVER = WireMockExtension.newInstance().build();

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final ChangeRequestId MR = new ChangeRequestId(ForgeKind.GITLAB, "group/app", 7);
  private static final User ALICE = new User("5", "alice", false);
  private static final String HEAD = "a".repeat(40);
  private static final String BASE = "b".repeat(40);
  private static final String TIP = "c".repeat(40);
  private static final String MERGED = "d".repeat(40);
  private static final String PROJECT = "/api/v4/projects/3";
  private static final String PATH = PROJECT + "/merge_requests/7";

  private GitLabForge gitlab;

  @BeforeEach
  void aMergeRequest() {
    gitlab = new GitLabForge(
        GitLabSettings.of(URI.create(SERVER.baseUrl()), "glpat-1", List.of()),
        _ -> Optional.empty(),
        Clock.fixed(NOW, ZoneOffset.UTC));
    on(get("/api/v4/user"), okJson("{\"id\": 99, \"username\": \"plimsoll-bot\"}"));
    on(get("/api/v4/users/5"), okJson("{\"id\": 5, \"username\": \"alice\", \"bot\": false}"));
    mergeRequest("");
    on(get(urlPathEqualTo(PATH + "/diffs")), okJson("""
        [{"old_path": "a.sql", "new_path": "a.sql", "b_mode": "100644", "new_file": true, "diff": "@@ -0,0 +1,3 @@\\n+one\\n+two\\n+three\\n"}]
        """));
    on(get(urlPathEqualTo(PATH + "/commits")), okJson("""
        [{"id": "%s", "message": "second"}, {"id": "%s", "message": "first"}]
        """.formatted(HEAD, MERGED)));
    on(
        get(PROJECT + "/repository/branches/main"),
        okJson("{\"commit\": {\"id\": \"" + TIP + "\"}}"));
    on(get(urlPathEqualTo(PATH + "/discussions")), okJson("[]"));
    on(get(urlPathMatching(".*/statuses")), okJson("[]"));
    on(post(urlPathMatching(".*/statuses/.*")), okJson("{\"id\": 1000}").withStatus(201));
  }

  private static void mergeRequest(String more) {
    on(get("/api/v4/projects/group%2Fapp/merge_requests/7"), okJson(mergeRequestJson(more)));
  }

  private static String mergeRequestJson(String more) {
    String source = more.contains("source_project_id") ? "" : "\"source_project_id\": 3,";
    String author =
        more.contains("\"author\"") ? "" : "\"author\": {\"id\": 5, \"username\": \"alice\"},";
    return """
        {"iid": 7, "project_id": 3, %s %s "title": "A change", "state": "opened",
         "source_branch": "change", "target_branch": "main", "draft": false, "web_url": "https://gitlab.example/group/app/-/merge_requests/7",
         "changes_count": "1",
         "diff_refs": {"base_sha": "%s", "start_sha": "%s", "head_sha": "%s"} %s}
        """.formatted(source, author, BASE, BASE, HEAD, more);
  }

  // ---- loading

  @Test
  void sendsTheTokenInItsHeaderAndSaysWhoItIs() {
    load();

    SERVER.verify(getRequestedFor(urlPathEqualTo(PATH + "/diffs"))
        .withHeader("PRIVATE-TOKEN", equalTo("glpat-1"))
        .withHeader("User-Agent", equalTo("Plimsoll")));
  }

  @Test
  void commitMessagesComeOldestFirst() {
    assertThat(load().changeRequest().commitMessages()).containsExactly("first", "second");
  }

  @Test
  void aPushWhileItIsReadMakesItReadAgainLater() {
    on(
        get(urlPathEqualTo(PATH + "/commits")),
        okJson("[{\"id\": \"" + MERGED + "\", \"message\": \"newer\"}]"));

    assertFails(this::load, ForgeException.Kind.RETRY_LATER, "was pushed to while it was read");
  }

  @Test
  void aDiffThatIsNotThereYetIsNotAnEmptyOne() {
    mergeRequest(", \"detailed_merge_status\": \"preparing\"");
    assertFails(this::load, ForgeException.Kind.RETRY_LATER, "still preparing");
    mergeRequest(", \"diff_refs\": null");
    assertFails(this::load, ForgeException.Kind.RETRY_LATER, "still preparing");
  }

  @Test
  void saysThatFilesAreMissingFromTheList() {
    mergeRequest(", \"changes_count\": \"4\"");

    assertThat(load().changeRequest().incomplete()).contains("GitLab lists 1 of 4 changed files");
  }

  @Test
  void aTargetBranchThatIsGoneIsReadAsItWas() {
    on(
        get(PROJECT + "/repository/branches/main"),
        jsonResponse("{\"message\": \"404 Branch Not Found\"}", 404));

    assertThat(load().changeRequest().baseSha()).isEqualTo(BASE);
  }

  @Test
  void knowsAuthorsThatAreBots() {
    mergeRequest(", \"author\": {\"id\": 6, \"username\": \"service\"}");
    on(get("/api/v4/users/6"), okJson("{\"id\": 6, \"username\": \"service\", \"bot\": true}"));
    assertThat(load().changeRequest().author()).isEqualTo(new User("6", "service", true));

    mergeRequest(", \"author\": {\"id\": 8, \"username\": \"project_3_bot_0a1b\"}");
    assertThat(load().changeRequest().author().bot()).isTrue();

    mergeRequest(", \"author\": null");
    assertThat(load().changeRequest().author()).isEqualTo(new User("0", "ghost", false));
  }

  @Test
  void aCommitThatIsNotShownYetIsNoCommitWithoutFiles() {
    on(
        get(urlPathMatching(".*/repository/files/.*")),
        jsonResponse("{\"message\": \"404 Commit Not Found\"}", 404));

    assertFails(
        () -> gitlab.load(MR, Set.of(".plimsoll.yml")),
        ForgeException.Kind.RETRY_LATER,
        "Commit Not Found");
  }

  @Test
  void aDirectoryThatIsNotShownIsAskedForFileByFile() {
    on(
        get(urlPathEqualTo(PROJECT + "/repository/tree")),
        jsonResponse("{\"message\": \"404 Tree Not Found\"}", 404));
    on(
        get(urlPathMatching(".*/repository/files/.*")),
        jsonResponse("{\"message\": \"404 File Not Found\"}", 404));
    ChangeRequest request = load().changeRequest();

    List<String> paths = List.of("u/1.sql", "u/2.sql", "u/3.sql", "u/4.sql");
    assertThat(gitlab.filesAtHead(request, paths))
        .hasSize(4)
        .containsValue(new FileContent.Absent());
    SERVER.verify(4, getRequestedFor(urlPathMatching(".*/repository/files/.*")));
  }

  @Test
  void anotherProcessReadsTheDiffForItself() {
    ChangeRequest request = load().changeRequest();
    GitLabForge other = new GitLabForge(
        GitLabSettings.of(URI.create(SERVER.baseUrl()), "glpat-1", List.of()),
        _ -> Optional.empty(),
        Clock.systemUTC());

    assertThat(other.diff(request, List.of("a.sql")))
        .isEqualTo(gitlab.diff(request, List.of("a.sql")));
    on(get(urlPathEqualTo(PATH + "/commits")), okJson("[{\"id\": \"" + MERGED + "\"}]"));
    GitLabForge late = new GitLabForge(
        GitLabSettings.of(URI.create(SERVER.baseUrl()), "glpat-1", List.of()),
        _ -> Optional.empty(),
        Clock.systemUTC());
    assertFails(
        () -> late.diff(request, List.of("a.sql")),
        ForgeException.Kind.RETRY_LATER,
        "was pushed to");
  }

  @Test
  void aRenamedProjectIsFollowedAndAnotherHostIsNot() {
    on(
        get("/api/v4/projects/group%2Fapp/merge_requests/7"),
        aResponse().withStatus(301).withHeader("Location", PATH));
    on(get(PATH), okJson(mergeRequestJson("")));
    assertThat(load().changeRequest().title()).isEqualTo("A change");

    on(
        get("/api/v4/projects/group%2Fapp/merge_requests/7"),
        aResponse().withStatus(302).withHeader("Location", "http://127.0.0.1:1/login"));
    assertFails(this::load, ForgeException.Kind.REFUSED, "redirected to another place");
  }

  @Test
  void mergeTrainsHaveNoGroups() {
    MergeGroup group = new MergeGroup(ForgeKind.GITLAB, "group/app", HEAD, BASE, "main");

    assertFails(() -> gitlab.load(group, Set.of()), ForgeException.Kind.REFUSED, "merge trains");
  }

  // ---- statuses

  @Test
  void statusesGoToThePipelineThatGitLabLooksAt() {
    mergeRequest(pipeline(3, HEAD, "refs/merge-requests/7/head"));
    report(load(), State.FAILURE);

    assertPosted(
        3,
        HEAD,
        "{\"name\": \"plimsoll\", \"state\": \"failed\", \"description\": \"A title\", \"pipeline_id\": 55}");
    assertThat(calls("/api/v4/projects/group%2Fapp/merge_requests/7")).isEqualTo(1);
  }

  @Test
  void statusesOfAMergedResultStandOnItsCommit() {
    mergeRequest(pipeline(3, MERGED, "refs/merge-requests/7/merge"));
    on(
        get(PROJECT + "/repository/commits/" + MERGED),
        okJson("{\"parent_ids\": [\"" + TIP + "\", \"" + HEAD + "\"]}"));
    report(load(), State.SUCCESS);

    assertPosted(
        3,
        MERGED,
        "{\"name\": \"plimsoll\", \"state\": \"success\", \"description\": \"A title\", \"pipeline_id\": 55}");
  }

  @Test
  void aPipelineOfAFormerHeadDoesNotCount() {
    mergeRequest(pipeline(3, MERGED, "refs/merge-requests/7/merge"));
    on(
        get(PROJECT + "/repository/commits/" + MERGED),
        okJson("{\"parent_ids\": [\"" + TIP + "\"]}"));
    report(load(), State.IN_PROGRESS);

    assertPosted(
        3,
        HEAD,
        "{\"name\": \"plimsoll\", \"state\": \"running\", \"description\": \"A title\", \"ref\": \"change\"}");
  }

  @Test
  void statusesOfAForkThatPlimsollIsAMemberOfStandThere() {
    mergeRequest(", \"source_project_id\": 4");
    on(
        get("/api/v4/projects/4"),
        okJson(
            "{\"permissions\": {\"project_access\": null, \"group_access\": {\"access_level\": 30}}}"));
    report(load(), State.IN_PROGRESS);

    assertPosted(
        4,
        HEAD,
        "{\"name\": \"plimsoll\", \"state\": \"running\", \"description\": \"A title\", \"ref\": \"change\"}");
  }

  @Test
  void statusesOfAnyOtherForkStandInTheProject() {
    for (String more : List.of(", \"source_project_id\": 4", ", \"source_project_id\": null")) {
      SERVER.resetRequests();
      mergeRequest(more);
      on(get("/api/v4/projects/4"), jsonResponse("{\"message\": \"404 Project Not Found\"}", 404));
      report(load(), State.IN_PROGRESS);

      assertPosted(
          3,
          HEAD,
          "{\"name\": \"plimsoll\", \"state\": \"running\", \"description\": \"A title\", \"ref\": \"refs/merge-requests/7/head\"}");
    }
  }

  @Test
  void theLastWordGoesToAPipelineThatCameMeanwhile() {
    Loaded loaded = load();
    report(loaded, State.IN_PROGRESS);
    mergeRequest(pipeline(3, HEAD, "change"));
    report(loaded, State.FAILURE);
    report(loaded, State.FAILURE);

    assertPosted(
        3,
        HEAD,
        "{\"name\": \"plimsoll\", \"state\": \"failed\", \"description\": \"A title\", \"pipeline_id\": 55}");
    assertThat(calls("/api/v4/projects/group%2Fapp/merge_requests/7"))
        .as("asked once for both checks")
        .isEqualTo(2);
  }

  @Test
  void statusesThatStandInAFormerPipelineHaveToBePutAgain() {
    mergeRequest(pipeline(3, HEAD, "change"));
    on(get(urlPathMatching(".*/statuses")), okJson("""
        [{"id": 1, "name": "plimsoll", "status": "success", "description": "old", "author": {"id": 99, "username": "b"}, "pipeline_id": 54},
         {"id": 2, "name": "plimsoll/checklist", "status": "failed", "description": "3 of 7", "author": {"id": 99, "username": "b"}, "pipeline_id": 55},
         {"id": 3, "name": "plimsoll", "status": "canceled", "description": "x", "author": {"id": 99, "username": "b"}, "pipeline_id": 55},
         {"id": 4, "name": "build", "status": "success", "author": {"id": 99, "username": "b"}, "pipeline_id": 55},
         {"id": 5, "name": "plimsoll", "status": "success", "author": {"id": 5, "username": "alice"}, "pipeline_id": 55}]
        """));

    assertThat(load().posted().checks())
        .extracting("id", "name", "state", "title")
        .containsExactly(org.assertj.core.groups.Tuple.tuple(
            "2", "plimsoll/checklist", State.FAILURE, "3 of 7"));
  }

  @Test
  void aPipelineThatSomebodyHasDeletedIsMadeAnew() {
    mergeRequest(pipeline(3, HEAD, "change"));
    on(
        post(urlPathMatching(".*/statuses/.*")).withRequestBody(matchingJsonPath("$.pipeline_id")),
        jsonResponse(
            "{\"message\": \"404 Pipeline for pipeline_id, sha and ref Not Found\"}", 404));

    assertThat(report(load(), State.SUCCESS).made()).containsEntry("plimsoll", "1000");
  }

  @Test
  void aStatusThatIsUnderWayAlreadyIsNoFailure() {
    on(
        post(urlPathMatching(".*/statuses/.*")),
        jsonResponse(
            "{\"message\": \"Cannot transition status via :run from :running (Reason(s): Status cannot transition via \\\"run\\\")\"}",
            400));
    on(get(urlPathMatching(".*/statuses")), okJson("""
        [{"id": 12, "name": "plimsoll", "status": "running", "author": {"id": 99, "username": "b"}}]
        """));

    assertThat(report(load(), State.IN_PROGRESS).made()).containsEntry("plimsoll", "12");
    assertFails(
        () -> report(load(), State.SUCCESS),
        ForgeException.Kind.REFUSED,
        "Cannot transition status");
  }

  @Test
  void twoUpdatesAtOnceAreTriedAgain() {
    on(
        post(urlPathMatching(".*/statuses/.*")),
        jsonResponse(
            "{\"message\": \"Another update to this commit status is in progress\"}", 409));

    assertFails(
        () -> report(load(), State.SUCCESS), ForgeException.Kind.RETRY_LATER, "in progress");
  }

  // ---- threads and comments

  @Test
  void anOlderServerThatKnowsNoCommentsOnFilesGetsThePlaceInWords() {
    on(
        post(PATH + "/discussions"),
        jsonResponse(
            "{\"message\": \"400 Bad request - Note {:line_code=>[\\\"can't be blank\\\"]}\"}",
            400));
    on(
        post(PATH + "/discussions")
            .withRequestBody(matchingJsonPath(
                "$.body", equalTo("`a.sql`, lines 1 to 2: <!-- plimsoll-place -->\n\nFinding"))),
        okJson("{\"id\": \"abc\", \"notes\": [{\"id\": 12}]}").withStatus(201));

    Applied applied =
        gitlab.apply(load().changeRequest(), new Action.OpenThreads(List.of(thread("f1"))));

    assertThat(applied.made()).containsEntry("f1", "abc:12:plain");
    assertThat(calls(PATH + "/discussions")).as("one to read, three to write").isEqualTo(4);
  }

  @Test
  void whatGitLabTakesNowhereIsLeftToTheSummary() {
    on(
        post(PATH + "/discussions"),
        jsonResponse(
            "{\"message\": \"400 Bad request - Note {:note=>[\\\"is too long\\\"]}\"}", 400));

    Applied applied =
        gitlab.apply(load().changeRequest(), new Action.OpenThreads(List.of(thread("f1"))));

    assertThat(applied).isEqualTo(new Applied(Map.of(), Set.of("f1")));
  }

  @Test
  void wherePlimsollMayNotResolveItsWordsSayIt() {
    on(put(PATH + "/discussions/abc"), jsonResponse("{\"message\": \"403 Forbidden\"}", 403));
    on(put(PATH + "/discussions/abc/notes/12"), okJson("{\"id\": 12}"));

    gitlab.apply(load().changeRequest(), new Action.ResolveThread("abc:12", "Gone"));

    SERVER.verify(putRequestedFor(urlEqualTo(PATH + "/discussions/abc/notes/12"))
        .withRequestBody(equalToJson("{\"body\": \"Gone\"}")));
  }

  @Test
  void aThreadThatIsGoneIsNotFound() {
    on(
        put(urlPathMatching(".*/notes/12")),
        jsonResponse("{\"message\": \"404 Note Not Found\"}", 404));

    assertFails(
        () -> gitlab.apply(load().changeRequest(), new Action.EditThread("abc:12", "x")),
        ForgeException.Kind.NOT_FOUND,
        "Note Not Found");
    assertFails(
        () -> gitlab.apply(load().changeRequest(), new Action.EditThread("../../12", "x")),
        ForgeException.Kind.REFUSED,
        "Not the id of a thread");
  }

  @Test
  void anAnswerWhoseThreadIsGoneGoesToTheConversation() {
    on(
        post(PATH + "/discussions/abc/notes"),
        jsonResponse("{\"message\": \"404 Discussion Not Found\"}", 404));
    on(post(PATH + "/notes"), okJson("{\"id\": 13}").withStatus(201));
    Marker marker = new Marker(Marker.Kind.REPLY, "12-1");

    Applied applied = gitlab.apply(
        load().changeRequest(),
        new Action.PostComment(
            marker,
            marker.on("Here"),
            Optional.of(new Action.CommentRef("12", true, Optional.of("abc")))));

    assertThat(applied.made()).containsEntry(marker.toString(), "13");
  }

  @Test
  void aPathIsShownAsItIsWhateverIsInIt() {
    Anchor hostile = new Anchor("a``\n/merge <b> `x`.sql", 3, 3, Optional.empty());

    assertThat(NoteText.placed(hostile, "body"))
        .isEqualTo("``` a``?/merge <b> `x`.sql ```, line 3: <!-- plimsoll-place -->\n\nbody");
    assertThat(NoteText.incoming(NoteText.placed(hostile, "body"))).isEqualTo("body");
  }

  // ---- people

  @Test
  void aMemberOfAGroupIsADirectOne() {
    on(
        get("/api/v4/groups/org%2Fdbas/members/5"),
        okJson("{\"id\": 5, \"state\": \"active\", \"access_level\": 30}"));
    assertThat(gitlab.isMember(MR, ALICE, "org/dbas")).isTrue();
    assertThat(gitlab.isMember(MR, ALICE, "@org/dbas")).isTrue();

    on(
        get("/api/v4/groups/org%2Fdbas/members/5"),
        jsonResponse("{\"message\": \"404 Not found\"}", 404));
    on(get(urlPathEqualTo("/api/v4/groups/org%2Fdbas")), okJson("{\"id\": 1}"));
    assertThat(gitlab.isMember(MR, ALICE, "org/dbas")).isFalse();

    on(
        get(urlPathEqualTo("/api/v4/groups/org%2Fdbas")),
        jsonResponse("{\"message\": \"404 Group Not Found\"}", 404));
    assertFails(
        () -> gitlab.isMember(MR, ALICE, "org/dbas"),
        ForgeException.Kind.FORBIDDEN,
        "may not look into the GitLab group org/dbas");
    assertFails(
        () -> gitlab.isMember(MR, ALICE, "../dbas"),
        ForgeException.Kind.REFUSED,
        "Not the path of a group");
  }

  @Test
  void aBlockedMemberMayNothing() {
    on(
        get("/api/v4/projects/group%2Fapp/members/all/5"),
        okJson("{\"id\": 5, \"state\": \"blocked\", \"access_level\": 50}"));

    assertThat(gitlab.access(MR, ALICE)).isEqualTo(Access.NONE);
  }

  // ---- when GitLab says no

  @Test
  void saysThatTheTokenIsNotAccepted() {
    everything(jsonResponse("{\"message\": \"401 Unauthorized\"}", 401));

    assertFails(this::load, ForgeException.Kind.FORBIDDEN, "wrong, revoked or expired");
  }

  @Test
  void saysWhichScopeOrRoleIsMissing() {
    everything(jsonResponse(
        "{\"error\": \"insufficient_scope\", \"error_description\": \"The request requires higher privileges than provided by the access token.\", \"scope\": \"api\"}",
        403));
    assertFails(this::load, ForgeException.Kind.FORBIDDEN, "needs the scope api");

    SERVER.resetAll();
    aMergeRequest();
    on(
        post(urlPathMatching(".*/statuses/.*")),
        jsonResponse("{\"message\": \"403 Forbidden\"}", 403));
    assertFails(
        () -> report(load(), State.SUCCESS),
        ForgeException.Kind.FORBIDDEN,
        "needs the role Developer");
  }

  @Test
  void waitsAsLongAsGitLabAsks() {
    everything(
        aResponse().withStatus(429).withBody("Retry later\n").withHeader("Retry-After", "17"));
    assertRetryAt(NOW.plusSeconds(17));
    everything(aResponse()
        .withStatus(429)
        .withHeader("RateLimit-Reset", Long.toString(NOW.getEpochSecond() + 40)));
    assertRetryAt(NOW.plusSeconds(41));
    everything(aResponse().withStatus(429));
    assertRetryAt(NOW.plusSeconds(60));
    everything(aResponse().withStatus(429).withHeader("RateLimit-Reset", "1"));
    assertRetryAt(NOW.plusSeconds(60));
  }

  private void assertRetryAt(Instant at) {
    aMergeRequestUnlessLimited();
    assertThatThrownBy(this::load).isInstanceOfSatisfying(ForgeException.class, e -> {
      assertThat(e.kind()).isEqualTo(ForgeException.Kind.RETRY_LATER);
      assertThat(e.retryAt()).contains(at);
    });
  }

  private void aMergeRequestUnlessLimited() {
    gitlab = new GitLabForge(
        GitLabSettings.of(URI.create(SERVER.baseUrl()), "glpat-1", List.of()),
        _ -> Optional.empty(),
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @Test
  void anOutageIsWaitedFor() {
    for (ResponseDefinitionBuilder outage : List.of(
        aResponse().withStatus(502).withBody("<html>GitLab is not responding</html>"),
        aResponse().withStatus(200).withBody("<html>a proxy's login page</html>"),
        aResponse().withStatus(200).withBody(""))) {
      everything(outage);
      assertFails(this::load, ForgeException.Kind.RETRY_LATER, "no usable answer");
    }
  }

  @Test
  void noMessageHoldsTheToken() {
    everything(jsonResponse("{\"message\": \"400 Bad request\"}", 400));

    assertThatThrownBy(this::load).hasMessageNotContaining("glpat-1");
  }

  // ---- the stage

  private static void on(MappingBuilder request, ResponseDefinitionBuilder response) {
    SERVER.stubFor(request.willReturn(response));
  }

  private static void everything(ResponseDefinitionBuilder response) {
    SERVER.resetMappings();
    on(any(anyUrl()), response);
  }

  private static String pipeline(long project, String sha, String ref) {
    return ", \"head_pipeline\": {\"id\": 55, \"project_id\": %d, \"sha\": \"%s\", \"ref\": \"%s\"}"
        .formatted(project, sha, ref);
  }

  private Loaded load() {
    return gitlab.load(MR, Set.of());
  }

  private Applied report(Loaded loaded, State state) {
    CheckReport report =
        new CheckReport("plimsoll", state, "A title", "A summary", List.of(), List.of());
    return gitlab.apply(loaded.changeRequest(), new Action.PutCheck(report, Optional.empty()));
  }

  private static NewThread thread(String key) {
    return new NewThread(
        key, new Anchor("a.sql", 1, 2, Optional.of(new Hunk(1, 3, Map.of()))), "Finding");
  }

  private static void assertPosted(long project, String sha, String body) {
    SERVER.verify(postRequestedFor(urlEqualTo("/api/v4/projects/" + project + "/statuses/" + sha))
        .withRequestBody(equalToJson(body)));
  }

  private static long calls(String path) {
    return SERVER.getAllServeEvents().stream()
        .filter(e -> e.getRequest().getUrl().replaceFirst("\\?.*", "").equals(path))
        .count();
  }

  private static void assertFails(ThrowingCallable call, ForgeException.Kind kind, String message) {
    assertThatThrownBy(call)
        .hasMessageContaining(message)
        .isInstanceOfSatisfying(ForgeException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }
}
