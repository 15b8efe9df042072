package dev.plimsoll.forge.github;

import java.util.List;

/** The query that brings a pull request, and the form of its answer. Fields that GitHub may leave out are null in these records only. */
final class PullQuery {

  /** Pages of 100 after the first; GitHub itself lists no more than 3,000 files. */
  static final int MOST_PAGES = 30;

  private static final String ACTOR =
      "{ __typename login ... on User { databaseId } ... on Bot { databaseId } }";

  private static final String BLOB =
      "{ __typename ... on Blob { oid byteSize isBinary isTruncated text } }";

  private static final String FILES =
      "{ pageInfo { hasNextPage endCursor } nodes { path changeType } }";

  private static final String COMMENT =
      "{ id fullDatabaseId body isMinimized minimizedReason author " + ACTOR + " }";

  private static final String COMMENTS =
      "{ pageInfo { hasNextPage endCursor } nodes " + COMMENT + " }";

  private static final String THREADS =
      "{ pageInfo { hasNextPage endCursor } nodes { id isResolved isOutdated comments(first: 30) { totalCount nodes "
          + COMMENT
          + " } } }";

  private static final String CHECKS =
      "{ contexts(first: 100) { pageInfo { hasNextPage } nodes { __typename ... on CheckRun { name status conclusion title url } } } }";

  private PullQuery() {}

  /**
   * @param files how many of the base's files are asked for with it, as {@code $b0}, {@code $b1}, ...
   */
  static String first(int files) {
    return "query(" + COORDINATES + ", $number: Int!" + variables("b", files)
        + ") { viewer { login } "
        + "repository(owner: $owner, name: $name) { defaultBranchRef { name } "
        + objects("b", files)
        + "pullRequest(number: $number) { title url state isDraft headRefOid baseRefOid baseRefName changedFiles "
        + "baseRef { target { oid } } author " + ACTOR
        + " files(first: 100) " + FILES
        + " commits(last: 100) { nodes { commit { message } } }"
        + " comments(first: 100) " + COMMENTS
        + " reviewThreads(first: 100) " + THREADS
        + " statusCheckRollup " + CHECKS
        + " } } }";
  }

  /** The next page of each list that has one. */
  static final String MORE = "query(" + PullQuery.COORDINATES
      + ", $number: Int!, $files: String, $comments: String, $threads: String, "
      + "$moreFiles: Boolean!, $moreComments: Boolean!, $moreThreads: Boolean!) { "
      + "repository(owner: $owner, name: $name) { pullRequest(number: $number) { headRefOid "
      + "files(first: 100, after: $files) @include(if: $moreFiles) " + FILES
      + " comments(first: 100, after: $comments) @include(if: $moreComments) " + COMMENTS
      + " reviewThreads(first: 100, after: $threads) @include(if: $moreThreads) " + THREADS
      + " } } }";

  /** What was written last, to see whether a write without an answer was made. */
  static final String LATEST =
      "query(" + PullQuery.COORDINATES + ", $number: Int!) { viewer { login } "
          + "repository(owner: $owner, name: $name) { pullRequest(number: $number) { "
          + "comments(last: 100) " + COMMENTS + " reviewThreads(last: 100) " + THREADS + " } } }";

  /** A merge group's checks, and files of its base. */
  static String group(int files) {
    return "query(" + COORDINATES + ", $head: String!" + variables("b", files) + ") { "
        + "repository(owner: $owner, name: $name) { "
        + objects("b", files)
        + "commit: object(expression: $head) { oid ... on Commit { statusCheckRollup " + CHECKS
        + " } } } }";
  }

  /**
   * @param directories how many directories are listed with them, as {@code $d0}, ...: only a listing tells symbolic links from files
   */
  static String blobs(int files, int directories) {
    return "query(" + COORDINATES + ", $commit: String!" + variables("f", files)
        + variables("d", directories) + ") { "
        + "repository(owner: $owner, name: $name) { commit: object(expression: $commit) { oid } "
        + objects("f", files)
        + objects("d", directories).replace(BLOB, "{ ... on Tree { entries { name mode } } }")
        + "} }";
  }

  private static final String COORDINATES = "$owner: String!, $name: String!";

  private static String variables(String name, int count) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < count; i++) {
      all.append(", $").append(name).append(i).append(": String!");
    }
    return all.toString();
  }

  private static String objects(String name, int count) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < count; i++) {
      all.append(name)
          .append(i)
          .append(": object(expression: $")
          .append(name)
          .append(i)
          .append(") ")
          .append(BLOB)
          .append(' ');
    }
    return all.toString();
  }

  record Root(Login viewer, Repository repository) {}

  record Login(String login) {}

  record Repository(Named defaultBranchRef, Pull pullRequest) {}

  record Named(String name) {}

  record Pull(
      String title,
      String url,
      String state,
      boolean isDraft,
      String headRefOid,
      String baseRefOid,
      String baseRefName,
      int changedFiles,
      Ref baseRef,
      Actor author,
      Page<ChangedFile> files,
      Nodes<PullCommit> commits,
      Page<Comment> comments,
      Page<Thread> reviewThreads,
      Rollup statusCheckRollup) {}

  record Ref(Target target) {}

  record Target(String oid) {}

  record Actor(String __typename, String login, Long databaseId) {}

  record Nodes<T>(int totalCount, List<T> nodes) {}

  record Page<T>(PageInfo pageInfo, List<T> nodes) {}

  record PageInfo(boolean hasNextPage, String endCursor) {}

  record ChangedFile(String path, String changeType) {}

  record PullCommit(Message commit) {}

  record Message(String message) {}

  record Comment(
      String id,
      String fullDatabaseId,
      String body,
      boolean isMinimized,
      String minimizedReason,
      Actor author) {}

  record Thread(String id, boolean isResolved, boolean isOutdated, Nodes<Comment> comments) {}

  record Rollup(Page<Check> contexts) {}

  record Check(
      String __typename, String name, String status, String conclusion, String title, String url) {}

  record Blob(
      String __typename,
      String oid,
      long byteSize,
      Boolean isBinary,
      boolean isTruncated,
      String text) {}

  record Tree(List<Entry> entries) {}

  record Entry(String name, int mode) {}
}
