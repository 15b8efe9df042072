package dev.plimsoll.forge.github;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.forge.Action.Anchor;
import dev.plimsoll.forge.Action.NewThread;
import dev.plimsoll.forge.ChangeRequest;
import dev.plimsoll.forge.Forge.Applied;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeException.Kind;
import dev.plimsoll.forge.Marker;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import dev.plimsoll.forge.github.Comments.Made;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opens review threads: in one review, else one by one, else on the file, else not at all. */
final class Threads {

  /** Larger reviews time out on GitHub's side. */
  private static final int COMMENTS_IN_A_REVIEW = 30;

  private static final TypeReference<List<Made>> LIST = new TypeReference<>() {};

  /** A review's answer does not name its comments; they are looked up when one is needed. */
  private static final Pattern IN_REVIEW = Pattern.compile("review:(\\d{1,19}):(.{1,128})");

  private final GitHubCalls calls;
  private final Traces traces;
  private final Latest latest;

  private record Review(long id) {}

  Threads(GitHubCalls calls, Traces traces) {
    this.calls = calls;
    this.traces = traces;
    this.latest = new Latest(calls);
  }

  Applied open(ChangeRequest changeRequest, ChangeRequestId pull, List<NewThread> threads) {
    List<String> keys = threads.stream().map(NewThread::key).toList();
    Map<String, String> made = new LinkedHashMap<>(traces.unreported(pull.key(), keys));
    if (traces.isUnanswered(pull.key(), keys)) {
      made.putAll(standing(pull, keys));
      traces.answered(pull.key(), keys);
    }
    Set<String> unplaced = new HashSet<>();
    List<NewThread> open =
        threads.stream().filter(t -> !made.containsKey(t.key())).toList();
    List<NewThread> onLines =
        open.stream().filter(t -> t.anchor().hunk().isPresent()).toList();
    for (int i = 0; i < onLines.size(); i += COMMENTS_IN_A_REVIEW) {
      List<NewThread> batch =
          onLines.subList(i, Math.min(i + COMMENTS_IN_A_REVIEW, onLines.size()));
      if (batch.size() == 1 || !inOneReview(changeRequest, pull, batch, made)) {
        batch.forEach(t -> alone(changeRequest, pull, t, true, made, unplaced));
      }
    }
    open.stream()
        .filter(t -> t.anchor().hunk().isEmpty())
        .forEach(t -> alone(changeRequest, pull, t, false, made, unplaced));
    traces.reported(pull.key(), keys);
    return new Applied(made, unplaced);
  }

  /** Whether GitHub took it; it takes all comments or none. */
  private boolean inOneReview(
      ChangeRequest changeRequest,
      ChangeRequestId pull,
      List<NewThread> batch,
      Map<String, String> made) {
    Map<String, Object> body = Map.of(
        "commit_id", changeRequest.headSha(),
        "event", "COMMENT",
        "comments", batch.stream().map(t -> onLine(t)).toList());
    Reply reply = calls.post(pull.repository(), "pulls/" + pull.number() + "/reviews", body);
    if (reply instanceof Reply.Refused refused) {
      stillAtThisCommit(pull, refused);
      return false;
    }
    Map<String, String> ids = new HashMap<>();
    if (reply instanceof Reply.Lost lost) {
      ids.putAll(afterLoss(pull, batch, lost));
    } else {
      long review = reply.orThrow().as(Review.class).id();
      batch.forEach(t -> ids.put(t.key(), "review:" + review + ":" + t.key()));
    }
    ids.forEach((key, id) -> traces.made(pull.key(), key, id));
    made.putAll(ids);
    return true;
  }

  private void alone(
      ChangeRequest changeRequest,
      ChangeRequestId pull,
      NewThread thread,
      boolean onLine,
      Map<String, String> made,
      Set<String> unplaced) {
    Map<String, Object> body = new LinkedHashMap<>(onLine ? onLine(thread) : onFile(thread));
    body.put("commit_id", changeRequest.headSha());
    Reply reply = calls.post(pull.repository(), "pulls/" + pull.number() + "/comments", body);
    switch (reply) {
      case Reply.Refused refused -> {
        stillAtThisCommit(pull, refused);
        if (onLine) {
          alone(changeRequest, pull, thread, false, made, unplaced);
        } else {
          unplaced.add(thread.key());
        }
      }
      case Reply.Lost lost -> made.putAll(afterLoss(pull, List.of(thread), lost));
      default -> {
        String id = Long.toString(reply.orThrow().as(Made.class).id());
        traces.made(pull.key(), thread.key(), id);
        made.put(thread.key(), id);
      }
    }
  }

  private Map<String, String> afterLoss(
      ChangeRequestId pull, List<NewThread> threads, Reply.Lost lost) {
    List<String> keys = threads.stream().map(NewThread::key).toList();
    traces.unanswered(pull.key(), keys);
    Map<String, String> found = standing(pull, keys);
    if (found.size() < keys.size()) {
      throw lost.why();
    }
    found.forEach((key, id) -> traces.made(pull.key(), key, id));
    return found;
  }

  private Map<String, String> standing(ChangeRequestId pull, List<String> keys) {
    Map<Marker, String> all = latest.byMarker(pull);
    Map<String, String> found = new HashMap<>();
    for (String key : keys) {
      Optional.ofNullable(all.get(new Marker(Marker.Kind.THREAD, key)))
          .ifPresent(id -> found.put(key, id));
    }
    return found;
  }

  /** A refusal because of the commit is none of the lines: the pull request was pushed to, and its next review places them. */
  private static void stillAtThisCommit(ChangeRequestId pull, Reply.Refused refused) {
    String message = refused.message().toLowerCase(java.util.Locale.ROOT);
    if (message.contains("commit_id") || message.contains("commit id")) {
      throw new ForgeException(
          Kind.RETRY_LATER,
          pull.key() + " was pushed to while it was reviewed: " + refused.message());
    }
  }

  private static Map<String, Object> onLine(NewThread thread) {
    Anchor anchor = thread.anchor();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("path", anchor.path());
    body.put("body", Fitting.comment(thread.body()));
    body.put("side", "RIGHT");
    body.put("line", anchor.toLine());
    boolean range = anchor.fromLine() < anchor.toLine();
    if (range && anchor.hunk().filter(h -> h.contains(anchor.fromLine())).isPresent()) {
      body.put("start_line", anchor.fromLine());
      body.put("start_side", "RIGHT");
    }
    return body;
  }

  private static Map<String, Object> onFile(NewThread thread) {
    return Map.of(
        "path", thread.anchor().path(),
        "body", Fitting.comment(thread.body()),
        "subject_type", "file");
  }

  void edit(ChangeRequestId pull, String threadId, String body) {
    patch(pull, threadId, body);
  }

  /** The comment says so; and where GitHub lets the app, the thread is resolved, else its comment is folded away as resolved. */
  void resolve(ChangeRequestId pull, String threadId, String body) {
    Made comment = patch(pull, threadId, body);
    Optional<String> thread = resolvable(pull, comment);
    String mutation = thread.isPresent()
        ? "mutation($thread: ID!) { resolveReviewThread(input: {threadId: $thread}) { thread { id } } }"
        : "mutation($comment: ID!) { minimizeComment(input: {subjectId: $comment, classifier: RESOLVED}) { minimizedComment { isMinimized } } }";
    mutate(
        pull,
        mutation,
        thread
            .<Map<String, Object>>map(t -> Map.of("thread", t))
            .orElse(Map.of("comment", comment.nodeId())));
  }

  void reopen(ChangeRequestId pull, String threadId, String body) {
    Made comment = patch(pull, threadId, body);
    String unfold =
        "unminimizeComment(input: {subjectId: $comment}) { unminimizedComment { isMinimized } }";
    Optional<String> thread = resolvable(pull, comment);
    if (thread.isPresent()) {
      mutate(
          pull,
          "mutation($comment: ID!, $thread: ID!) { " + unfold
              + " unresolveReviewThread(input: {threadId: $thread}) { thread { id } } }",
          Map.of("comment", comment.nodeId(), "thread", thread.get()));
    } else {
      mutate(
          pull, "mutation($comment: ID!) { " + unfold + " }", Map.of("comment", comment.nodeId()));
    }
  }

  private void mutate(ChangeRequestId pull, String mutation, Map<String, Object> variables) {
    for (GraphQl.Problem problem :
        calls.mutate(pull.repository(), mutation, variables).problems()) {
      ForgeException exception = problem.exception();
      // The comment's words say what the fold would: where GitHub denies the fold, they are enough
      if (exception.kind() == Kind.RETRY_LATER) {
        throw exception;
      }
    }
  }

  /** The thread's node, when the app may resolve threads at all: that takes write access to the repository's contents. */
  private Optional<String> resolvable(ChangeRequestId pull, Made comment) {
    if (!calls.mayWrite(pull.repository(), "contents")) {
      return Optional.empty();
    }
    Map<String, Object> variables = Repositories.coordinates(pull.repository());
    variables.put("number", pull.number());
    JsonNode data = calls.query(pull.repository(), PullQuery.LATEST, variables).orThrow();
    for (JsonNode thread :
        data.path("repository").path("pullRequest").path("reviewThreads").path("nodes")) {
      if (thread
          .path("comments")
          .path("nodes")
          .path(0)
          .path("id")
          .asText()
          .equals(comment.nodeId())) {
        return Optional.of(thread.path("id").asText());
      }
    }
    return Optional.empty();
  }

  private Made patch(ChangeRequestId pull, String threadId, String body) {
    String id = Comments.number(commentId(pull, threadId));
    return switch (calls.patch(
        pull.repository(), "pulls/comments/" + id, Map.of("body", Fitting.comment(body)))) {
      case Reply.Missing missing -> throw traces.missing(pull.key(), threadId, missing.message());
      case Reply reply -> reply.orThrow().as(Made.class);
    };
  }

  private String commentId(ChangeRequestId pull, String threadId) {
    Matcher matcher = IN_REVIEW.matcher(threadId);
    if (!matcher.matches()) {
      return threadId;
    }
    Marker marker = new Marker(Marker.Kind.THREAD, matcher.group(2));
    Reply reply = calls.get(
        pull.repository(),
        "pulls/" + pull.number() + "/reviews/" + matcher.group(1) + "/comments?per_page=100");
    List<Made> comments =
        reply instanceof Reply.Missing ? new ArrayList<>() : reply.orThrow().as(LIST);
    return comments.stream()
        .filter(c -> Marker.in(c.body()).equals(Optional.of(marker)))
        .map(c -> Long.toString(c.id()))
        .findFirst()
        .orElseThrow(
            () -> traces.missing(pull.key(), threadId, "The thread " + threadId + " is not there"));
  }
}
