package dev.plimsoll.forge;

import java.util.List;
import java.util.Optional;

/**
 * What Plimsoll itself has put on a change request, found by marker and author.
 *
 * @param threads review comments on lines, with their state
 * @param comments the summary, replies to commands and notes, each with its marker
 * @param checks on the head commit, the newest of each name
 */
public record Posted(List<Thread> threads, List<Comment> comments, List<Check> checks) {

  public static final Posted NOTHING = new Posted(List.of(), List.of(), List.of());

  public Posted {
    threads = List.copyOf(threads);
    comments = List.copyOf(comments);
    checks = List.copyOf(checks);
  }

  /**
   * @param id the forge's id of the thread's first comment (of the discussion, on GitLab)
   * @param key the finding's fingerprint
   * @param body the first comment as it stands, with its marker
   * @param resolved the forge shows it as resolved, or Plimsoll has said in it that it is
   * @param outdated the line that it stood on has changed since
   * @param repliedByOthers people have answered: then it is never deleted
   */
  public record Thread(
      String id,
      String key,
      String body,
      boolean resolved,
      boolean outdated,
      boolean repliedByOthers) {}

  public record Comment(String id, Marker marker, String body) {}

  public record Check(String id, String name, CheckReport.State state, String title) {}

  public Optional<Comment> comment(Marker marker) {
    return comments.stream().filter(c -> c.marker().equals(marker)).findFirst();
  }
}
