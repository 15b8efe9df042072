package dev.plimsoll.forge.github;

import dev.plimsoll.forge.Action;
import dev.plimsoll.forge.Action.CommentRef;
import dev.plimsoll.forge.Forge.Applied;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeException.Kind;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Comments in the conversation, answers in threads, reactions. */
final class Comments {

  private final GitHubCalls calls;
  private final Traces traces;
  private final Latest latest;

  /** Any comment that GitHub answers with. */
  record Made(long id, String nodeId, String body) {}

  Comments(GitHubCalls calls, Traces traces) {
    this.calls = calls;
    this.traces = traces;
    this.latest = new Latest(calls);
  }

  Applied post(ChangeRequestId pull, Action.PostComment action) {
    String marker = action.marker().toString();
    List<String> thing = List.of(marker);
    Optional<String> madeBefore = traces.isUnanswered(pull.key(), thing)
        ? Optional.ofNullable(latest.byMarker(pull).get(action.marker()))
        : Optional.empty();
    String id = madeBefore.orElseGet(() -> create(pull, action));
    traces.made(pull.key(), marker, id);
    traces.reported(pull.key(), thing);
    return new Applied(Map.of(marker, id), Set.of());
  }

  private String create(ChangeRequestId pull, Action.PostComment action) {
    Map<String, Object> body = Map.of("body", Fitting.comment(action.body()));
    Optional<CommentRef> thread = action.inReplyTo().filter(CommentRef::onLine);
    if (thread.isPresent()) {
      String root = thread.get().threadId().orElse(thread.get().id());
      Reply reply = calls.post(
          pull.repository(),
          "pulls/" + pull.number() + "/comments/" + number(root) + "/replies",
          body);
      // The thread may have been deleted meanwhile: then the answer goes where everybody reads it
      if (!(reply instanceof Reply.Missing) && !(reply instanceof Reply.Refused)) {
        return OwnPosts.IN_THREAD + id(pull, action, reply);
      }
    }
    return id(
        pull, action, calls.post(pull.repository(), "issues/" + pull.number() + "/comments", body));
  }

  private String id(ChangeRequestId pull, Action.PostComment action, Reply reply) {
    if (reply instanceof Reply.Lost lost) {
      traces.unanswered(pull.key(), List.of(action.marker().toString()));
      return Optional.ofNullable(latest.byMarker(pull).get(action.marker()))
          .map(found -> found.replaceFirst("^" + OwnPosts.IN_THREAD, ""))
          .orElseThrow(lost::why);
    }
    return Long.toString(reply.orThrow().as(Made.class).id());
  }

  void edit(ChangeRequestId pull, String commentId, String body) {
    boolean inThread = commentId.startsWith(OwnPosts.IN_THREAD);
    String id = number(inThread ? commentId.substring(OwnPosts.IN_THREAD.length()) : commentId);
    String path = (inThread ? "pulls" : "issues") + "/comments/" + id;
    switch (calls.patch(pull.repository(), path, Map.of("body", Fitting.comment(body)))) {
      case Reply.Missing missing -> throw traces.missing(pull.key(), commentId, missing.message());
      case Reply reply -> reply.orThrow();
    }
  }

  void react(String repository, CommentRef comment, Action.Reaction reaction) {
    String content = switch (reaction) {
      case EYES -> "eyes";
      case ROCKET -> "rocket";
      case CONFUSED -> "confused";
    };
    String path = (comment.onLine() ? "pulls" : "issues") + "/comments/" + number(comment.id())
        + "/reactions";
    calls.post(repository, path, Map.of("content", content)).orThrow();
  }

  static String number(String id) {
    if (!id.matches("\\d{1,19}")) {
      throw new ForgeException(
          Kind.REFUSED, "Not the id of a comment on GitHub: " + Errors.brief(id));
    }
    return id;
  }
}
