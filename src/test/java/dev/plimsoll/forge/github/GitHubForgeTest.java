package dev.plimsoll.forge.github;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.plimsoll.forge.Action;
import dev.plimsoll.forge.Action.Anchor;
import dev.plimsoll.forge.Action.NewThread;
import dev.plimsoll.forge.ChangeRequest;
import dev.plimsoll.forge.CheckReport;
import dev.plimsoll.forge.CheckReport.Annotation;
import dev.plimsoll.forge.DiffLines;
import dev.plimsoll.forge.FileContent;
import dev.plimsoll.forge.Forge.Applied;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeException.Kind;
import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.forge.Marker;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import dev.plimsoll.forge.User;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What GitHub may answer, and what becomes of it. */
class GitHubForgeTest {

  private static final String HEAD = "1234567890abcdef1234567890abcdef12345678";
  private static final String BASE = "abcdefabcdefabcdefabcdefabcdefabcdefabcd";
  private static final String REPO = "/repos/octo-org/app/";
  private static final ChangeRequestId PULL =
      new ChangeRequestId(ForgeKind.GITHUB, "octo-org/app", 7);
  private static final Marker SUMMARY = new Marker(Marker.Kind.SUMMARY, "-");

  @RegisterExtension
  private final WireMockExtension github = WireMockExtension.newInstance()
      .options(WireMockConfiguration.options().dynamicPort())
      .build();

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
  private final Installations installations = new Installations();
  private GitHubForge forge;

  @BeforeEach
  void installed() {
    installations.remember("octo-org/app", 99);
    InstantSource source = now::get;
    forge = new GitHubForge(
        new GitHubApp(URI.create(github.baseUrl()), "4711", Keys.PAIR.getPrivate(), List.of("s")),
        installations,
        source.withZone(ZoneOffset.UTC));
    github.stubFor(post("/app/installations/99/access_tokens")
        .withHeader("Authorization", matching("Bearer [\\w-]+\\.[\\w-]+\\.[\\w-]+"))
        .willReturn(okJson(
                "{\"token\":\"ghs_1\",\"expires_at\":\"2026-03-01T13:00:00Z\",\"permissions\":{\"contents\":\"read\"}}")
            .withStatus(201)));
  }

  @Test
  void oneTokenServesUntilTenMinutesBeforeItsEnd() {
    github.stubFor(get(anyUrl()).willReturn(okJson("{\"role_name\":\"write\"}")));

    forge.access(PULL, alice());
    now.set(Instant.parse("2026-03-01T12:49:00Z"));
    forge.access(PULL, alice());
    github.verify(1, postRequestedFor(urlEqualTo("/app/installations/99/access_tokens")));
    now.set(Instant.parse("2026-03-01T12:50:01Z"));
    forge.access(PULL, alice());

    github.verify(2, postRequestedFor(urlEqualTo("/app/installations/99/access_tokens")));
    github.verify(
        3,
        getRequestedFor(anyUrl())
            .withHeader("Authorization", equalTo("Bearer ghs_1"))
            .withHeader("User-Agent", equalTo("Plimsoll")));
  }

  @Test
  void anInstallationThatWasMadeAnewIsFoundAgain() {
    github.stubFor(post("/app/installations/99/access_tokens")
        .willReturn(okJson("{\"message\":\"Not Found\"}").withStatus(404)));
    github.stubFor(post("/app/installations/100/access_tokens")
        .willReturn(okJson(
                "{\"token\":\"ghs_2\",\"expires_at\":\"2026-03-01T13:00:00Z\",\"permissions\":{}}")
            .withStatus(201)));
    github.stubFor(get("/app").willReturn(okJson("{\"id\":4711,\"slug\":\"plimsoll\"}")));
    github.stubFor(get(REPO + "installation").willReturn(okJson("{\"id\":100}")));
    github.stubFor(get(urlPathEqualTo(REPO + "collaborators/alice/permission"))
        .willReturn(okJson("{\"role_name\":\"write\"}")));

    forge.access(PULL, alice());

    assertThat(installations.of("octo-org/app")).contains(100L);
  }

  @Test
  void aTokenThatIsRefusedIsRenewedOnceOnly() {
    github.stubFor(
        get(anyUrl()).willReturn(okJson("{\"message\":\"Bad credentials\"}").withStatus(401)));

    ForgeException refused = thrownBy(() -> forge.access(PULL, alice()));

    assertThat(refused.kind()).isEqualTo(Kind.FORBIDDEN);
    github.verify(2, getRequestedFor(anyUrl()));
    github.verify(2, postRequestedFor(urlEqualTo("/app/installations/99/access_tokens")));
  }

  @Test
  void theHourlyLimitIsOverAtItsReset() {
    long reset = now.get().plusSeconds(900).getEpochSecond();
    answers(okJson("{\"message\":\"API rate limit exceeded for installation\"}")
        .withStatus(403)
        .withHeader("x-ratelimit-remaining", "0")
        .withHeader("x-ratelimit-reset", Long.toString(reset)));

    ForgeException limited = thrownBy(() -> forge.access(PULL, alice()));

    assertThat(limited.kind()).isEqualTo(Kind.RETRY_LATER);
    assertThat(limited.retryAt()).contains(now.get().plusSeconds(901));
    thrownBy(() -> forge.access(PULL, alice()));
    github.verify(1, getRequestedFor(anyUrl()));
    now.set(now.get().plusSeconds(902));
    answers(okJson("{\"role_name\":\"admin\"}"));
    forge.access(PULL, alice());
  }

  @Test
  void aSecondaryLimitLastsAsLongAsItSaysOrAMinute() {
    answers(okJson("{\"message\":\"x\"}").withStatus(429).withHeader("retry-after", "17"));
    assertThat(thrownBy(() -> forge.access(PULL, alice())).retryAt())
        .contains(now.get().plusSeconds(17));

    now.set(now.get().plusSeconds(20));
    answers(okJson(
            "{\"message\":\"You have exceeded a secondary rate limit. Please wait a few minutes.\"}")
        .withStatus(403));
    assertThat(thrownBy(() -> forge.access(PULL, alice())).retryAt())
        .contains(now.get().plusSeconds(60));
  }

  @Test
  void graphQlTellsItsLimitInAGoodAnswer() {
    graphql(okJson(
        "{\"errors\":[{\"type\":\"RATE_LIMITED\",\"message\":\"API rate limit exceeded\"}]}"));

    assertThat(thrownBy(() -> forge.load(PULL, Set.of())).retryAt()).isPresent();
  }

  @Test
  void aTimeOutInsideOfGraphQlIsTriedLater() {
    graphql(
        okJson(
            "{\"data\":null,\"errors\":[{\"message\":\"Something went wrong while executing your query. This may be the result of a timeout\"}]}"));

    assertThat(thrownBy(() -> forge.load(PULL, Set.of())).kind()).isEqualTo(Kind.RETRY_LATER);
  }

  @Test
  void outagesAndHalfAnswersAreTriedLater() {
    for (ResponseDefinitionBuilder answer : List.of(
        aResponse().withStatus(502).withBody("<html>Unicorn!</html>"),
        aResponse().withStatus(200).withBody("<html>proxy</html>"),
        aResponse().withStatus(200).withBody("{\"role_name\":\"wri"),
        aResponse().withStatus(200),
        aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER))) {
      answers(answer);
      assertThat(thrownBy(() -> forge.access(PULL, alice())).kind()).isEqualTo(Kind.RETRY_LATER);
    }
  }

  @Test
  void aMissingPermissionIsNamed() {
    answers(okJson("{\"message\":\"Resource not accessible by integration\"}")
        .withStatus(403)
        .withHeader("X-Accepted-GitHub-Permissions", "members=read"));

    ForgeException forbidden = thrownBy(() -> forge.access(PULL, alice()));
    assertThat(forbidden.kind()).isEqualTo(Kind.FORBIDDEN);
    assertThat(forbidden).hasMessageContaining("members=read");
    assertThat(thrownBy(() -> forge.isMember(PULL, alice(), "octo-org/dba")))
        .hasMessageContaining("Members: read")
        .hasMessageContaining("octo-org/dba");
  }

  @Test
  void theTokenIsNotCarriedToAnotherHost() {
    answers(aResponse()
        .withStatus(301)
        .withHeader("Location", "https://elsewhere.example/repositories/1"));

    assertThat(thrownBy(() -> forge.access(PULL, alice())).kind()).isEqualTo(Kind.REFUSED);
  }

  @Test
  void aCommitThatIsNotShownYetIsNotTakenForAnEmptyOne() {
    graphql(okJson("{\"data\":{\"repository\":{\"commit\":null,\"f0\":null,\"d0\":null}}}"));

    assertThat(thrownBy(() -> forge.filesAtHead(request(), List.of("a.sql"))).kind())
        .isEqualTo(Kind.RETRY_LATER);
  }

  @Test
  void whatACommitHoldsIsAskedOnce() {
    graphql(
        okJson(
            "{\"data\":{\"repository\":{\"commit\":{\"oid\":\"x\"},\"f0\":{\"__typename\":\"Blob\",\"oid\":\""
                + HEAD
                + "\",\"byteSize\":9,\"isBinary\":false,\"isTruncated\":false,\"text\":\"select 1;\"},\"d0\":{\"entries\":[{\"name\":\"a.sql\",\"mode\":33188}]}}}}"));

    for (int i = 0; i < 2; i++) {
      assertThat(forge.filesAtHead(request(), List.of("db/a.sql")))
          .containsEntry("db/a.sql", new FileContent.Text("select 1;"));
    }
    github.verify(
        1,
        postRequestedFor(urlEqualTo("/graphql"))
            .withRequestBody(matchingJsonPath("$.variables.f0", equalTo(HEAD + ":db/a.sql"))));
  }

  @Test
  void whatIsTooMuchForOneAnswerIsAskedInHalves() {
    graphql(
        okJson("{\"errors\":[{\"type\":\"MAX_NODE_LIMIT_EXCEEDED\",\"message\":\"too much\"}]}"));
    github.stubFor(post("/graphql")
        .withRequestBody(matchingJsonPath("$.variables[?(!@.f1)]"))
        .willReturn(okJson(
            "{\"data\":{\"repository\":{\"commit\":{\"oid\":\"x\"},\"f0\":null,\"d0\":null}}}")));

    assertThat(forge.filesAtHead(request(), List.of("a.sql", "b.sql", "c.sql")))
        .isEqualTo(Map.of(
            "a.sql",
            new FileContent.Absent(),
            "b.sql",
            new FileContent.Absent(),
            "c.sql",
            new FileContent.Absent()));
  }

  @Test
  void oneRefusedLineDoesNotLoseTheOthers() {
    ResponseDefinitionBuilder refused = okJson(
            "{\"message\":\"Unprocessable Entity\",\"errors\":[\"Pull request review thread line must be part of the diff\"]}")
        .withStatus(422);
    github.stubFor(post(REPO + "pulls/7/reviews").willReturn(refused));
    github.stubFor(post(REPO + "pulls/7/comments").willReturn(refused));
    github.stubFor(post(REPO + "pulls/7/comments")
        .withRequestBody(matchingJsonPath("$[?(@.line == 2)]"))
        .willReturn(okJson("{\"id\":11}").withStatus(201)));
    github.stubFor(post(REPO + "pulls/7/comments")
        .withRequestBody(matchingJsonPath("$[?(@.subject_type == 'file' && @.path == 'a.sql')]"))
        .willReturn(okJson("{\"id\":12}").withStatus(201)));

    Applied applied = forge.apply(
        request(),
        new Action.OpenThreads(List.of(
            thread("good", "a.sql", 1, 2),
            thread("far", "a.sql", 3, 3),
            thread("lost", "b.sql", 3, 3))));

    assertThat(applied.made()).isEqualTo(Map.of("good", "11", "far", "12"));
    assertThat(applied.unplaced()).containsExactly("lost");
    github.verify(
        1,
        postRequestedFor(urlEqualTo(REPO + "pulls/7/reviews"))
            .withRequestBody(matchingJsonPath("$.comments[0].start_line", equalTo("1")))
            .withRequestBody(matchingJsonPath("$.comments[0].side", equalTo("RIGHT")))
            .withRequestBody(matchingJsonPath("$.event", equalTo("COMMENT"))));
    github.verify(
        1,
        postRequestedFor(urlEqualTo(REPO + "pulls/7/reviews"))
            .withRequestBody(matchingJsonPath("$.comments[1][?(!@.start_line)]")));
  }

  @Test
  void aPushMeanwhileIsNotMistakenForABadLine() {
    github.stubFor(post(REPO + "pulls/7/reviews")
        .willReturn(okJson(
                "{\"message\":\"Unprocessable Entity\",\"errors\":[\"The commit_id is not part of the pull request\"]}")
            .withStatus(422)));

    assertThat(thrownBy(() -> forge.apply(
                request(),
                new Action.OpenThreads(
                    List.of(thread("a", "a.sql", 1, 1), thread("b", "a.sql", 2, 2)))))
            .kind())
        .isEqualTo(Kind.RETRY_LATER);
    github.verify(0, postRequestedFor(urlEqualTo(REPO + "pulls/7/comments")));
  }

  @Test
  void aCommentWhoseAnswerIsLostIsSearchedFor() {
    github.stubFor(post(REPO + "issues/7/comments")
        .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
    graphql(okJson(latest("plimsoll", SUMMARY.on("Two findings"))));

    assertThat(summary("Two findings").made()).isEqualTo(Map.of(SUMMARY.toString(), "55"));
    github.verify(1, postRequestedFor(urlEqualTo(REPO + "issues/7/comments")));
  }

  @Test
  void aCommentThatIsNotThereIsSearchedForOnceMoreBeforeItIsMade() {
    github.stubFor(post(REPO + "issues/7/comments")
        .inScenario("c")
        .whenScenarioStateIs(Scenario.STARTED)
        .willSetStateTo("up")
        .willReturn(aResponse().withStatus(502)));
    github.stubFor(post(REPO + "issues/7/comments")
        .inScenario("c")
        .whenScenarioStateIs("up")
        .willReturn(okJson("{\"id\":56}").withStatus(201)));
    // Somebody else's comment with the marker is not Plimsoll's
    graphql(okJson(latest("mallory", SUMMARY.on("Two findings"))));

    assertThat(thrownBy(() -> summary("Two findings")).kind()).isEqualTo(Kind.RETRY_LATER);
    assertThat(summary("Two findings").made()).containsValue("56");
    github.verify(2, postRequestedFor(urlEqualTo("/graphql")));
    assertThat(summary("Two findings").made()).containsValue("56");
    github.verify(2, postRequestedFor(urlEqualTo("/graphql")));
  }

  @Test
  void whatWasMadeAMomentAgoIsWaitedFor() {
    github.stubFor(
        post(REPO + "issues/7/comments").willReturn(okJson("{\"id\":56}").withStatus(201)));
    github.stubFor(patch(urlPathEqualTo(REPO + "issues/comments/56"))
        .willReturn(okJson("{\"message\":\"Not Found\"}").withStatus(404)));
    github.stubFor(patch(urlPathEqualTo(REPO + "issues/comments/57"))
        .willReturn(okJson("{\"message\":\"Not Found\"}").withStatus(404)));
    summary("Two findings");

    assertThat(thrownBy(() -> forge.apply(request(), new Action.EditComment("56", "x")))
            .kind())
        .isEqualTo(Kind.RETRY_LATER);
    assertThat(thrownBy(() -> forge.apply(request(), new Action.EditComment("57", "x")))
            .kind())
        .isEqualTo(Kind.NOT_FOUND);
  }

  @Test
  void aCheckTooLongForGitHubEndsWithANote() {
    github.stubFor(post(REPO + "check-runs").willReturn(okJson("{\"id\":1}").withStatus(201)));
    github.stubFor(patch(urlPathEqualTo(REPO + "check-runs/1")).willReturn(okJson("{\"id\":1}")));
    List<Annotation> annotations = IntStream.range(0, 101)
        .mapToObj(i -> new Annotation("a.sql", 1, 1, true, "t", "m" + i))
        .toList();

    forge.apply(
        request(),
        new Action.PutCheck(
            new CheckReport(
                "plimsoll",
                CheckReport.State.FAILURE,
                "T",
                "paragraph\n\n".repeat(10_000),
                annotations,
                List.of()),
            Optional.empty()));

    github.verify(
        1,
        postRequestedFor(urlEqualTo(REPO + "check-runs"))
            .withRequestBody(matchingJsonPath("$.output.summary", containing("is left out")))
            .withRequestBody(matchingJsonPath("$.conclusion", equalTo("failure")))
            .withRequestBody(matchingJsonPath("$.external_id", equalTo("pull/7")))
            .withRequestBody(matchingJsonPath("$.output.annotations[49].message", equalTo("m49")))
            .withRequestBody(matchingJsonPath("$.output[?(@.annotations.size() == 50)]")));
    github.verify(
        2,
        com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor(
            urlEqualTo(REPO + "check-runs/1")));
  }

  @Test
  void aTokenAnswerWithoutATokenIsTriedLater() {
    github.stubFor(
        post("/app/installations/99/access_tokens").willReturn(okJson("{}").withStatus(201)));

    assertThat(thrownBy(() -> forge.access(PULL, alice())).kind()).isEqualTo(Kind.RETRY_LATER);
  }

  @Test
  void neverWaits() {
    answers(okJson("{\"message\":\"slow down\"}").withStatus(429).withHeader("retry-after", "60"));
    github.stubFor(post("/app/installations/99/access_tokens")
        .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
    long start = System.nanoTime();

    assertThat(thrownBy(() -> forge.access(PULL, alice())).kind()).isEqualTo(Kind.RETRY_LATER);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    github.verify(1, postRequestedFor(urlEqualTo("/app/installations/99/access_tokens")));
  }

  private void answers(ResponseDefinitionBuilder answer) {
    github.stubFor(get(anyUrl()).willReturn(answer));
  }

  private void graphql(ResponseDefinitionBuilder answer) {
    github.stubFor(post("/graphql").willReturn(answer));
  }

  private static String latest(String author, String body) {
    return "{\"data\":{\"viewer\":{\"login\":\"plimsoll[bot]\"},\"repository\":{\"pullRequest\":{\"comments\":{\"nodes\":[{\"fullDatabaseId\":\"55\",\"author\":{\"__typename\":\""
        + (author.equals("plimsoll") ? "Bot" : "User") + "\",\"login\":\"plimsoll\"},\"body\":\""
        + body.replace("\n", "\\n") + "\"}]},\"reviewThreads\":{\"nodes\":[]}}}}}";
  }

  private Applied summary(String body) {
    return forge.apply(request(), new Action.PostComment(SUMMARY, SUMMARY.on(body)));
  }

  private static NewThread thread(String key, String path, int from, int to) {
    return new NewThread(
        key,
        new Anchor(path, from, to, Optional.of(new DiffLines.Hunk(1, 3, Map.of()))),
        new Marker(Marker.Kind.THREAD, key).on("Finding"));
  }

  private static ChangeRequest request() {
    return new ChangeRequest(
        PULL,
        "t",
        "u",
        alice(),
        HEAD,
        BASE,
        Optional.empty(),
        "main",
        true,
        false,
        List.of(),
        List.of(),
        Optional.empty(),
        Map.of());
  }

  private static User alice() {
    return new User("5", "alice", false);
  }

  private static ForgeException thrownBy(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    ForgeException thrown = catchThrowableOfType(ForgeException.class, call);
    assertThat(thrown).isNotNull();
    return thrown;
  }
}
