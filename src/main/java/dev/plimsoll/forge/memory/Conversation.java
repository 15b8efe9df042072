package dev.plimsoll.forge.memory;

import dev.plimsoll.forge.Action.Reaction;
import dev.plimsoll.forge.CheckReport;
import dev.plimsoll.forge.User;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A change request as its page would show it.
 *
 * @param timeline the oldest first
 * @param checks on the head, the newest run of each name
 */
public record Conversation(
    long number,
    String title,
    User author,
    String headSha,
    String headBranch,
    String baseBranch,
    boolean open,
    List<Entry> timeline,
    List<CheckRun> checks) {

  public Conversation {
    timeline = List.copyOf(timeline);
    checks = List.copyOf(checks);
  }

  public sealed interface Entry {
    Instant at();
  }

  public record Opened(User by, String title, Instant at) implements Entry {}

  public record Pushed(User by, String sha, String message, Instant at) implements Entry {}

  public record Said(Comment comment) implements Entry {
    @Override
    public Instant at() {
      return comment.at();
    }
  }

  public record Threaded(Thread thread) implements Entry {
    @Override
    public Instant at() {
      return thread.comments().getFirst().at();
    }
  }

  public record Closed(User by, Instant at) implements Entry {}

  /**
   * @param body as it stands now
   * @param edits how often it was changed
   */
  public record Comment(
      String id,
      User author,
      String body,
      int edits,
      Map<Reaction, List<User>> reactions,
      Instant at) {}

  /**
   * @param lines where it stands; absent: on the file as a whole
   * @param excerpt the lines as they were when the thread was opened
   */
  public record Thread(
      String id,
      String path,
      Optional<Lines> lines,
      String excerpt,
      boolean resolved,
      boolean outdated,
      List<Comment> comments) {}

  public record Lines(int from, int to) {}

  /**
   * @param report its annotations are all that were ever sent for this run
   */
  public record CheckRun(String id, CheckReport report, Instant at) {}

  public List<Thread> threads() {
    return timeline.stream()
        .filter(Threaded.class::isInstance)
        .map(e -> ((Threaded) e).thread())
        .toList();
  }

  /** Those that stand in no thread. */
  public List<Comment> comments() {
    return timeline.stream()
        .filter(Said.class::isInstance)
        .map(e -> ((Said) e).comment())
        .toList();
  }

  public Optional<CheckRun> check(String name) {
    return checks.stream().filter(c -> c.report().name().equals(name)).findFirst();
  }
}
