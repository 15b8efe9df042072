package dev.plimsoll.forge;

import java.util.List;
import java.util.Optional;

/** One write to a forge. */
public sealed interface Action {

  /**
   * @param replaces the check to bring up to date; absent: a new one
   */
  record PutCheck(CheckReport report, Optional<String> replaces) implements Action {}

  /** New threads, in one review where the forge has such a thing. */
  record OpenThreads(List<NewThread> threads) implements Action {
    public OpenThreads {
      threads = List.copyOf(threads);
    }
  }

  /**
   * @param anchor absent lines: the comment stands on the file as a whole
   * @param body with its marker
   */
  record NewThread(String key, Anchor anchor, String body) {}

  /**
   * @param hunk absent when the lines are not part of the diff
   */
  record Anchor(String path, int fromLine, int toLine, Optional<DiffLines.Hunk> hunk) {}

  record EditThread(String threadId, String body) implements Action {}

  /**
   * The finding is gone. Resolves the thread where that is allowed; otherwise edits the comment to say so.
   *
   * @param body what the first comment says from now on, with its marker
   */
  record ResolveThread(String threadId, String body) implements Action {}

  /** The finding is back. */
  record ReopenThread(String threadId, String body) implements Action {}

  /**
   * A new comment, with its marker.
   *
   * @param inReplyTo answered where it stands: in its thread, when it has one; absent: in the conversation
   */
  record PostComment(Marker marker, String body, Optional<CommentRef> inReplyTo) implements Action {
    public PostComment(Marker marker, String body) {
      this(marker, body, Optional.empty());
    }
  }

  record EditComment(String commentId, String body) implements Action {}

  record React(CommentRef comment, Reaction reaction) implements Action {}

  /**
   * A comment that somebody made.
   *
   * @param threadId the discussion that it stands in, on GitLab, or the thread on a line
   */
  record CommentRef(String id, boolean onLine, Optional<String> threadId) {}

  enum Reaction {
    /** Seen. */
    EYES,
    /** Done. */
    ROCKET,
    /** Not understood, or not allowed. */
    CONFUSED
  }
}
