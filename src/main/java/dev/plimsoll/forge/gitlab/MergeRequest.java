package dev.plimsoll.forge.gitlab;

import dev.plimsoll.forge.User;
import java.util.Locale;
import java.util.regex.Pattern;

/** A merge request as the API gives it. Any part may be null: GitLab leaves out what is not computed yet. */
record MergeRequest(
    long iid,
    long projectId,
    Long sourceProjectId,
    String title,
    String state,
    String sourceBranch,
    String targetBranch,
    Account author,
    boolean draft,
    boolean workInProgress,
    String webUrl,
    DiffRefs diffRefs,
    String mergeStatus,
    String detailedMergeStatus,
    String changesCount,
    Pipeline headPipeline) {

  /**
   * @param bot only where a user is asked for alone
   */
  record Account(long id, String username, String state, Boolean bot) {

    /** How GitLab names the users of project and group access tokens. */
    private static final Pattern TOKEN_USER =
        Pattern.compile("(project|group)_\\d+_bot(_[0-9a-z]+|\\d*)?");

    /** A deleted account's contributions belong to the ghost. */
    static User user(Account account) {
      return account == null
          ? new User("0", "ghost", false)
          : new User(Long.toString(account.id()), account.username(), account.isBot());
    }

    boolean isBot() {
      return Boolean.TRUE.equals(bot)
          || TOKEN_USER.matcher(username.toLowerCase(Locale.ROOT)).matches();
    }
  }

  /**
   * @param baseSha where head and target part
   * @param startSha the target branch's tip when the diff was made
   */
  record DiffRefs(String baseSha, String startSha, String headSha) {}

  record Pipeline(long id, long projectId, String sha, String ref) {}

  /** A new one has no diff for some seconds; whoever reads it then sees no changes. */
  boolean isPrepared() {
    return diffRefs != null
        && diffRefs.headSha() != null
        && diffRefs.baseSha() != null
        && diffRefs.startSha() != null
        && !"preparing".equals(mergeStatus)
        && !"preparing".equals(detailedMergeStatus);
  }

  String head() {
    return diffRefs.headSha();
  }
}
