package dev.plimsoll.forge.github;

import dev.plimsoll.forge.Marker;
import dev.plimsoll.forge.Posted;
import dev.plimsoll.forge.ThreadMemo;
import dev.plimsoll.forge.github.PullQuery.Actor;
import dev.plimsoll.forge.github.PullQuery.Comment;
import dev.plimsoll.forge.github.PullQuery.Thread;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds Plimsoll's own comments and threads among all: by author and by marker, since either alone could be somebody else's. */
final class OwnPosts {

  /** Stands before the id of a comment that is an answer in a thread: GitHub edits those elsewhere. */
  static final String IN_THREAD = "line:";

  private final String login;
  private final List<Posted.Thread> threads = new ArrayList<>();
  private final List<Posted.Comment> comments = new ArrayList<>();

  /**
   * @param viewer the app's own login: GraphQL says it with {@code [bot]} there and without it in authors
   */
  OwnPosts(String viewer) {
    this.login = viewer.replaceFirst("\\[bot]$", "");
  }

  void addComments(List<Comment> page) {
    for (Comment comment : page) {
      own(comment)
          .ifPresent(marker ->
              comments.add(new Posted.Comment(comment.fullDatabaseId(), marker, comment.body())));
    }
  }

  void addThreads(List<Thread> page) {
    for (Thread thread : page) {
      List<Comment> all = thread.comments().nodes();
      if (all.isEmpty()) {
        continue;
      }
      Comment first = all.getFirst();
      own(first)
          .filter(m -> m.kind() == Marker.Kind.THREAD)
          .ifPresent(marker -> threads.add(thread(thread, first, marker)));
      for (Comment reply : all.subList(1, all.size())) {
        own(reply)
            .ifPresent(marker -> comments.add(
                new Posted.Comment(IN_THREAD + reply.fullDatabaseId(), marker, reply.body())));
      }
    }
  }

  private Posted.Thread thread(Thread thread, Comment first, Marker marker) {
    boolean said = ThreadMemo.in(first.body())
        .filter(memo -> memo.state() != ThreadMemo.State.OPEN)
        .isPresent();
    boolean hidden = first.isMinimized() && "resolved".equalsIgnoreCase(first.minimizedReason());
    List<Comment> seen = thread.comments().nodes();
    boolean others = thread.comments().totalCount() > seen.size()
        || seen.stream().anyMatch(c -> !isOwn(c.author()));
    return new Posted.Thread(
        first.fullDatabaseId(),
        marker.key(),
        first.body(),
        thread.isResolved() || said || hidden,
        thread.isOutdated(),
        others);
  }

  private Optional<Marker> own(Comment comment) {
    return isOwn(comment.author()) ? Marker.in(comment.body()) : Optional.empty();
  }

  private boolean isOwn(Actor author) {
    return author != null && "Bot".equals(author.__typename()) && login.equals(author.login());
  }

  List<Posted.Thread> threads() {
    return List.copyOf(threads);
  }

  List<Posted.Comment> comments() {
    return List.copyOf(comments);
  }
}
