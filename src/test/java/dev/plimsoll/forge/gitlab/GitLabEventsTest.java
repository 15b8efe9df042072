package dev.plimsoll.forge.gitlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.forge.Action.CommentRef;
import dev.plimsoll.forge.ForgeEvent;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import dev.plimsoll.forge.User;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GitLabEventsTest {

  private static final String SHA = "7b3a1e0f4c5d6e7f8091a2b3c4d5e6f708192a3b";
  private static final ChangeRequestId MR =
      new ChangeRequestId(ForgeKind.GITLAB, "group/sub/app", 7);
  private static final User ALICE = new User("5", "alice", false);

  private final GitLabEvents events =
      new GitLabEvents(() -> Optional.of(new User("99", "plimsoll-bot", true)));

  @Test
  void anOpenedMergeRequestIsReviewed() {
    assertThat(mergeRequest("open", "", ""))
        .isEqualTo(new ForgeEvent.ReviewWanted(MR, Optional.of(SHA), "opened"));
    assertThat(mergeRequest("reopen", "", ""))
        .isEqualTo(new ForgeEvent.ReviewWanted(MR, Optional.of(SHA), "reopened"));
  }

  @Test
  void anUpdateIsReviewedWhenItChangesWhatIsReviewed() {
    assertThat(mergeRequest("update", ", \"oldrev\": \"" + SHA + "\"", ""))
        .isEqualTo(new ForgeEvent.ReviewWanted(MR, Optional.of(SHA), "pushed to"));
    assertThat(mergeRequest("update", "", changed("target_branch", "\"main\"", "\"release\"")))
        .isEqualTo(new ForgeEvent.ReviewWanted(MR, Optional.of(SHA), "target branch changed"));
    assertThat(mergeRequest("update", "", changed("draft", "true", "false")))
        .isEqualTo(new ForgeEvent.ReviewWanted(MR, Optional.of(SHA), "draft or ready"));
    assertThat(mergeRequest("update", "", changed("title", "\"Draft: Add\"", "\"Add\"")))
        .isEqualTo(new ForgeEvent.ReviewWanted(MR, Optional.of(SHA), "draft or ready"));
    assertThat(mergeRequest("update", "", changed("title", "\"Add\"", "\"Add a column\"")))
        .isInstanceOf(ForgeEvent.Ignored.class);
    assertThat(mergeRequest("update", "", changed("labels", "[]", "[{\"title\": \"db\"}]")))
        .isInstanceOf(ForgeEvent.Ignored.class);
    assertThat(mergeRequest("update", "", "")).isInstanceOf(ForgeEvent.Ignored.class);
  }

  @Test
  void aClosedOrMergedOneIsLeftAlone() {
    assertThat(mergeRequest("close", "", "")).isEqualTo(new ForgeEvent.Closed(MR));
    assertThat(mergeRequest("merge", "", "")).isEqualTo(new ForgeEvent.Closed(MR));
    assertThat(mergeRequest("approved", "", "")).isInstanceOf(ForgeEvent.Ignored.class);
  }

  @Test
  void aCommentMayHoldCommands() {
    assertThat(
            note("alice", 5, "\"action\": \"create\", \"type\": null, \"discussion_id\": \"abc\""))
        .isEqualTo(new ForgeEvent.Commented(
            MR, ALICE, new CommentRef("1234", false, Optional.empty()), "/plimsoll help"));
    assertThat(note("alice", 5, "\"type\": \"DiscussionNote\", \"discussion_id\": \"abc\""))
        .as("an older server tells no action")
        .isEqualTo(new ForgeEvent.Commented(
            MR, ALICE, new CommentRef("1234", false, Optional.of("abc")), "/plimsoll help"));
    assertThat(
            note(
                "alice",
                5,
                "\"action\": \"create\", \"type\": \"DiffNote\", \"discussion_id\": \"abc\", \"position\": {\"new_line\": 1}"))
        .isEqualTo(new ForgeEvent.Commented(
            MR, ALICE, new CommentRef("1234", true, Optional.of("abc")), "/plimsoll help"));
  }

  @Test
  void aProjectsBotIsABot() {
    ForgeEvent.Commented commented =
        (ForgeEvent.Commented) note("project_42_bot_0a1b2c", 6, "\"action\": \"create\"");

    assertThat(commented.author().bot()).isTrue();
  }

  @Test
  void whatIsNoNewCommentOfAPersonIsNotObeyed() {
    assertThat(note("alice", 5, "\"action\": \"update\"")).isInstanceOf(ForgeEvent.Ignored.class);
    assertThat(note("alice", 5, "\"action\": \"create\", \"system\": true"))
        .isInstanceOf(ForgeEvent.Ignored.class);
    assertThat(note("alice", 5, "\"action\": \"create\", \"internal\": true"))
        .isInstanceOf(ForgeEvent.Ignored.class);
    assertThat(note("plimsoll-bot", 99, "\"action\": \"create\""))
        .isInstanceOf(ForgeEvent.Ignored.class);
    assertThat(note("alice", 5, "\"noteable_type\": \"Issue\""))
        .isInstanceOf(ForgeEvent.Ignored.class);
  }

  @Test
  void aNewPipelineOfCiNeedsTheStatuses() {
    assertThat(pipeline(
            "merge_request_event",
            "pending",
            ", \"merge_request\": {\"iid\": 7, \"target_project_id\": 3}"))
        .isEqualTo(new ForgeEvent.ReviewWanted(MR, Optional.empty(), "a new pipeline"));
    assertThat(pipeline("push", "created", ", \"merge_request\": null"))
        .isEqualTo(new ForgeEvent.HeadReviewWanted(ForgeKind.GITLAB, "group/sub/app", SHA));
    assertThat(pipeline("external", "pending", "")).isInstanceOf(ForgeEvent.Ignored.class);
    assertThat(pipeline("push", "success", "")).isInstanceOf(ForgeEvent.Ignored.class);
    assertThat(pipeline(
            "merge_request_event",
            "pending",
            ", \"merge_request\": {\"iid\": 7, \"target_project_id\": 4}"))
        .isInstanceOf(ForgeEvent.Ignored.class);
  }

  @Test
  void otherEventsAreIgnoredRatherThanRefused() {
    for (String event :
        List.of("Push Hook", "Emoji Hook", "Confidential Note Hook", "Some Hook of Tomorrow")) {
      assertThat(parse(event, "{\"object_kind\": \"x\", \"object_attributes\": {\"id\": 1}}"))
          .isInstanceOf(ForgeEvent.Ignored.class);
    }
  }

  @Test
  void whatCannotBeReadIsRefusedInOneLine() {
    for (String body : List.of(
        "",
        "null",
        "[]",
        "{",
        "{}",
        "{\"object_attributes\": 3}",
        "{\"object_attributes\": {\"iid\": 7, \"action\": \"open\"}}",
        "{\"object_attributes\": {\"iid\": 7, \"action\": \"open\"}, \"project\": {\"path_with_namespace\": \"../../etc\"}}",
        "{\"object_attributes\": {\"iid\": -7, \"action\": \"open\"}, \"project\": {\"path_with_namespace\": \"a/b\"}}",
        "{\"a\":".repeat(2_000))) {
      assertThatThrownBy(() -> parse("Merge Request Hook", body))
          .as(body)
          .isInstanceOfSatisfying(ForgeException.class, e -> {
            assertThat(e.kind()).isEqualTo(ForgeException.Kind.REFUSED);
            assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(600);
          });
    }
  }

  private ForgeEvent mergeRequest(String action, String more, String changes) {
    return parse("Merge Request Hook", """
        {"object_kind": "merge_request", "event_type": "merge_request",
         "user": {"id": 5, "username": "alice"},
         "project": {"id": 3, "path_with_namespace": "group/sub/app"},
         "object_attributes": {"id": 430000001, "iid": 7, "action": "%s", "source": {"id": 3},
           "last_commit": {"id": "%s", "message": "m"}, "labels": [{"title": "db"}] %s},
         "changes": {%s}}
        """.formatted(action, SHA, more, changes));
  }

  private static String changed(String what, String from, String to) {
    return "\"%s\": {\"previous\": %s, \"current\": %s}".formatted(what, from, to);
  }

  private ForgeEvent note(String username, long id, String attributes) {
    String kind =
        attributes.contains("noteable_type") ? "" : "\"noteable_type\": \"MergeRequest\",";
    return parse("Note Hook", """
        {"object_kind": "note", "event_type": "note",
         "user": {"id": %d, "username": "%s"},
         "project": {"id": 3, "path_with_namespace": "group/sub/app"},
         "object_attributes": {"id": 1234, "author_id": %d, "note": "/plimsoll help", %s %s},
         "merge_request": {"id": 430000001, "iid": 7, "target_project_id": 3}}
        """.formatted(id, username, id, kind, attributes));
  }

  private ForgeEvent pipeline(String source, String status, String more) {
    return parse("Pipeline Hook", """
        {"object_kind": "pipeline",
         "object_attributes": {"id": 1, "iid": 2, "ref": "x", "sha": "%s", "source": "%s", "status": "%s"},
         "user": {"id": 5, "username": "alice"},
         "project": {"id": 3, "path_with_namespace": "group/sub/app"} %s}
        """.formatted(SHA, source, status, more));
  }

  private ForgeEvent parse(String event, String body) {
    return events.parse(event, body.getBytes(StandardCharsets.UTF_8));
  }
}
