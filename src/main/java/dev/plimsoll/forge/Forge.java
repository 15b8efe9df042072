package dev.plimsoll.forge;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * A service that change requests live on. Every method makes calls over the network and throws {@link ForgeException}; none waits for
 * a rate limit.
 */
public interface Forge {

  ForgeKind kind();

  /** A change request and what is known of it in as few calls as the forge allows. */
  Loaded load(ReviewTarget target, Set<String> basePaths);

  /**
   * @param baseFiles the content of {@code basePaths} on the base branch's tip
   * @param posted what Plimsoll has put on the change request
   */
  record Loaded(ChangeRequest changeRequest, Map<String, FileContent> baseFiles, Posted posted) {}

  /** The content of files at the head commit. Every path asked for is in the answer. */
  Map<String, FileContent> filesAtHead(ChangeRequest changeRequest, Collection<String> paths);

  /** The content of files at the tip of the base branch. Every path asked for is in the answer. */
  Map<String, FileContent> filesAtBase(ChangeRequest changeRequest, Collection<String> paths);

  /** Where review comments may stand, by path at the head. Paths without an entry have no lines that may be commented on. */
  Map<String, DiffLines> diff(ChangeRequest changeRequest, Collection<String> paths);

  /** What a person may do in the repository. */
  Access access(ReviewTarget target, User user);

  /** Whether a person is in a team: {@code org/team} on GitHub, a group's path on GitLab. */
  boolean isMember(ReviewTarget target, User user, String team);

  /**
   * Makes one write. A comment on a line that the forge refuses is put on the file, and failing that left to the summary.
   *
   * @return what was made, by marker, so that it is known before the forge's own lists show it; and the keys of threads that could not be placed
   */
  Applied apply(ChangeRequest changeRequest, Action action);

  /**
   * @param made the forge's ids by what they were made for: a thread's key, a comment's marker, a check's name
   * @param unplaced keys of threads that the forge did not take
   */
  record Applied(Map<String, String> made, Set<String> unplaced) {
    public static final Applied NOTHING = new Applied(Map.of(), Set.of());
  }
}
