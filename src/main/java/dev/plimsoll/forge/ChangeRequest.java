package dev.plimsoll.forge;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A change request, or a merge group, as the forge shows it at one moment.
 *
 * @param headSha the commit that is reviewed
 * @param baseSha the tip of the base branch: where configuration and catalog are read
 * @param mergeBaseSha where head and base part, when the forge says so
 * @param commitMessages newest last, at most 100
 * @param changes the changed paths
 * @param incomplete why {@code changes} lacks some; absent when it is whole
 * @param forgeState what the adapter needs to know later and nobody else: installation id, diff refs
 */
public record ChangeRequest(
    ReviewTarget target,
    String title,
    String url,
    User author,
    String headSha,
    String baseSha,
    Optional<String> mergeBaseSha,
    String baseBranch,
    boolean open,
    boolean draft,
    List<String> commitMessages,
    List<ChangedPath> changes,
    Optional<String> incomplete,
    Map<String, String> forgeState) {

  public ChangeRequest {
    commitMessages = List.copyOf(commitMessages);
    changes = List.copyOf(changes);
    forgeState = Map.copyOf(forgeState);
  }

  /**
   * @param previousPath of a rename
   */
  public record ChangedPath(String path, Kind kind, Optional<String> previousPath) {
    public enum Kind {
      ADDED,
      MODIFIED,
      REMOVED,
      RENAMED
    }
  }
}
