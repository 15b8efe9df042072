package dev.plimsoll.forge;

/**
 * What is reviewed. Its {@link #key} names it in queues and tables.
 */
public sealed interface ReviewTarget {

  ForgeKind forge();

  /** {@code owner/name}, or a GitLab project's full path. */
  String repository();

  String key();

  /**
   * A pull request or merge request.
   *
   * @param number as people see it: GitLab's iid
   */
  record ChangeRequestId(ForgeKind forge, String repository, long number) implements ReviewTarget {
    @Override
    public String key() {
      return forge.id() + ":" + repository + (forge == ForgeKind.GITLAB ? "!" : "#") + number;
    }
  }

  /**
   * A merge queue's combined commit: gets checks, no comments.
   *
   * @param branch the base branch that it would become
   */
  record MergeGroup(
      ForgeKind forge, String repository, String headSha, String baseSha, String branch)
      implements ReviewTarget {
    @Override
    public String key() {
      return forge.id() + ":" + repository + "@" + headSha;
    }
  }
}
