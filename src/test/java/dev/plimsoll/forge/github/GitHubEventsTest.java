package dev.plimsoll.forge.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.forge.Action.CommentRef;
import dev.plimsoll.forge.ForgeEvent;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import dev.plimsoll.forge.ReviewTarget.MergeGroup;
import dev.plimsoll.forge.User;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubEventsTest {

  private static final String SHA = "1234567890abcdef1234567890abcdef12345678";
  private static final String BASE = "abcdefabcdefabcdefabcdefabcdefabcdefabcd";
  private static final ChangeRequestId PULL =
      new ChangeRequestId(ForgeKind.GITHUB, "octo-org/app", 7);

  private final Installations installations = new Installations();
  private final GitHubEvents events = new GitHubEvents(
      new GitHubApp(GitHubApp.PUBLIC_API, "4711", Keys.PAIR.getPrivate(), List.of("s")),
      installations);

  @ParameterizedTest
  @ValueSource(strings = {"opened", "synchronize", "reopened", "ready_for_review"})
  void aPullRequestThatComesOrChangesIsReviewed(String action) {
    assertThat(pullRequest(action, ""))
        .isEqualTo(new ForgeEvent.ReviewWanted(PULL, Optional.of(SHA), action));
    assertThat(installations.of("Octo-Org/App")).contains(99L);
    assertThat(installations.mayLag(PULL)).isTrue();
  }

  @Test
  void onlyAnEditThatChangesTheBaseMatters() {
    assertThat(pullRequest("edited", ", 'changes': {'base': {'ref': {'from': 'main'}}}"))
        .isInstanceOf(ForgeEvent.ReviewWanted.class);
    assertThat(pullRequest("edited", ", 'changes': {'title': {'from': 'x'}}"))
        .isInstanceOf(ForgeEvent.Ignored.class);
  }

  @Test
  void theEndOfAPullRequestIsTold() {
    assertThat(pullRequest("closed", "")).isEqualTo(new ForgeEvent.Closed(PULL));
    assertThat(pullRequest("labeled", "")).isInstanceOf(ForgeEvent.Ignored.class);
  }

  @Test
  void aCommentMayHoldCommands() {
    assertThat(comment("created", "'type': 'User'", "/plimsoll help"))
        .isEqualTo(new ForgeEvent.Commented(
            PULL,
            new User("5", "alice", false),
            new CommentRef("321", false, Optional.empty()),
            "/plimsoll help"));
  }

  @Test
  void anEditedCommentAnIssueAndItsOwnWordsAreNot() {
    assertThat(comment("edited", "'type': 'User'", "/plimsoll help"))
        .isInstanceOf(ForgeEvent.Ignored.class);
    assertThat(comment(
            "created", "'type': 'Bot'}, 'performed_via_github_app': {'id': 4711", "/plimsoll help"))
        .isInstanceOf(ForgeEvent.Ignored.class);
    assertThat(comment("created", "'type': 'Bot'", "hi <!-- plimsoll:summary:- -->"))
        .isInstanceOf(ForgeEvent.Ignored.class);
    assertThat(
            said(
                "issue_comment",
                "{'action': 'created', 'issue': {'number': 7}, 'comment': {'id': 1, 'body': 'x', 'user': {'id': 5, 'login': 'a', 'type': 'User'}}"))
        .isInstanceOf(ForgeEvent.Ignored.class);
  }

  @Test
  void aPersonWhoCopiesTheMarkerIsStillHeard() {
    assertThat(comment("created", "'type': 'User'", "/plimsoll help <!-- plimsoll:summary:- -->"))
        .isInstanceOf(ForgeEvent.Commented.class);
  }

  @Test
  void aCommentOnALineKnowsItsThread() {
    String body =
        "{'action': 'created', 'pull_request': {'number': 7}, 'comment': {'id': 12, 'in_reply_to_id': 10, 'body': 'b', 'user': {'id': 5, 'login': 'alice', 'type': 'User'}}";

    assertThat(said("pull_request_review_comment", body))
        .isInstanceOfSatisfying(
            ForgeEvent.Commented.class,
            c -> assertThat(c.comment()).isEqualTo(new CommentRef("12", true, Optional.of("10"))));
  }

  @Test
  void buttonsAndReRunsOfItsOwnChecksCount() {
    assertThat(checkRun(
            "requested_action", 4711, "pull/7", ", 'requested_action': {'identifier': 'explain'}"))
        .isEqualTo(new ForgeEvent.ButtonPressed(PULL, new User("5", "alice", false), "explain"));
    assertThat(checkRun("rerequested", 4711, "pull/7", ""))
        .isEqualTo(new ForgeEvent.ReviewWanted(PULL, Optional.of(SHA), "re-run"));
    assertThat(checkRun("rerequested", 4711, "", ""))
        .isEqualTo(new ForgeEvent.HeadReviewWanted(ForgeKind.GITHUB, "octo-org/app", SHA));
    assertThat(checkRun("rerequested", 4711, "group/" + BASE + "/main", ""))
        .isEqualTo(new ForgeEvent.ReviewWanted(
            new MergeGroup(ForgeKind.GITHUB, "octo-org/app", SHA, BASE, "main"),
            Optional.of(SHA),
            "re-run"));
    assertThat(checkRun("completed", 4711, "pull/7", "")).isInstanceOf(ForgeEvent.Ignored.class);
    assertThat(checkRun("rerequested", 1, "pull/7", "")).isInstanceOf(ForgeEvent.Ignored.class);
  }

  @Test
  void aCheckSuiteIsRunAgain() {
    assertThat(said(
            "check_suite",
            "{'action': 'rerequested', 'check_suite': {'head_sha': '" + SHA
                + "', 'app': {'id': 4711}}"))
        .isEqualTo(new ForgeEvent.HeadReviewWanted(ForgeKind.GITHUB, "octo-org/app", SHA));
  }

  @Test
  void aMergeGroupIsReviewedForReal() {
    String group = "{'action': 'checks_requested', 'merge_group': {'head_sha': '" + SHA
        + "', 'base_sha': '" + BASE + "', 'base_ref': 'refs/heads/release/1'}";

    assertThat(said("merge_group", group))
        .isEqualTo(new ForgeEvent.ReviewWanted(
            new MergeGroup(ForgeKind.GITHUB, "octo-org/app", SHA, BASE, "release/1"),
            Optional.of(SHA),
            "merge queue"));
    assertThat(said("merge_group", group.replace("checks_requested", "destroyed")))
        .isInstanceOf(ForgeEvent.Ignored.class);
  }

  @Test
  void installationsComeAndGo() {
    assertThat(said(
            "installation", "{'action': 'created', 'repositories': [{'full_name': 'octo-org/b'}]"))
        .isEqualTo(new ForgeEvent.Installed(ForgeKind.GITHUB, List.of("octo-org/b")));
    assertThat(installations.of("octo-org/b")).contains(99L);
    assertThat(said(
            "installation_repositories",
            "{'action': 'removed', 'repositories_removed': [{'full_name': 'octo-org/b'}]"))
        .isInstanceOf(ForgeEvent.Ignored.class);
    assertThat(installations.of("octo-org/b")).isEmpty();
    assertThat(said(
            "installation_repositories",
            "{'action': 'added', 'repositories_added': [{'full_name': 'octo-org/c'}]"))
        .isEqualTo(new ForgeEvent.Installed(ForgeKind.GITHUB, List.of("octo-org/c")));
  }

  @Test
  void everythingElseIsAuthenticAndNothingToDo() {
    assertThat(said("ping", "{'zen': 'x'")).isInstanceOf(ForgeEvent.Ignored.class);
    assertThat(said("star", "{'action': 'created'"))
        .isEqualTo(new ForgeEvent.Ignored("Nothing to do for star created"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{",
        "no JSON",
        "{}",
        "{\"action\":\"opened\",\"pull_request\":{\"number\":0}}",
        "{\"action\":\"opened\",\"pull_request\":{\"number\":1,\"head\":{\"sha\":\"main\"}},\"repository\":{\"full_name\":\"a/b\"}}",
        "{\"action\":\"opened\",\"pull_request\":{\"number\":1,\"head\":{\"sha\":\"1234567890abcdef1234567890abcdef12345678\"}},\"repository\":{\"full_name\":\"a/../b\"}}"
      })
  void aPayloadThatCannotBeReadIsSaid(String body) {
    assertThatThrownBy(
            () -> events.parse("pull_request", "d-1", body.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            ForgeException.class, e -> assertThat(e.kind()).isEqualTo(ForgeException.Kind.REFUSED));
  }

  @Test
  void aPayloadNestedWithoutEndIsRefused() {
    byte[] body = ("{\"a\":" + "[".repeat(100_000)).getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> events.parse("push", "d-1", body))
        .isInstanceOf(ForgeException.class)
        .hasMessageContaining("d-1");
  }

  private ForgeEvent pullRequest(String action, String more) {
    return said(
        "pull_request",
        "{'action': '" + action
            + "', 'pull_request': {'number': 7, 'draft': false, 'head': {'sha': '" + SHA + "'}}"
            + more);
  }

  private ForgeEvent comment(String action, String type, String body) {
    // What `type` adds after the user's own braces stands beside it
    String user = type.contains("}") ? type : type + "}, 'x': {";
    return said(
        "issue_comment",
        "{'action': '" + action
            + "', 'issue': {'number': 7, 'pull_request': {'url': 'u'}}, 'comment': {'id': 321, 'body': '"
            + body + "', 'user': {'id': 5, 'login': 'alice', " + user + "}}");
  }

  private ForgeEvent checkRun(String action, long app, String externalId, String more) {
    return said(
        "check_run",
        "{'action': '" + action + "', 'check_run': {'name': 'plimsoll', 'head_sha': '" + SHA
            + "', 'external_id': '" + externalId + "', 'app': {'id': " + app
            + "}, 'pull_requests': []}" + more);
  }

  /** A payload without its last brace; who sent it and from where is added. */
  private ForgeEvent said(String event, String payload) {
    String whole = payload
        + ", 'repository': {'full_name': 'octo-org/app'}, 'installation': {'id': 99}, 'sender': {'id': 5, 'login': 'alice', 'type': 'User'}}";
    return events.parse(event, "d-1", whole.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
