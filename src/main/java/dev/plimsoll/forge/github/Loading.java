package dev.plimsoll.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.plimsoll.forge.ChangeRequest;
import dev.plimsoll.forge.ChangeRequest.ChangedPath;
import dev.plimsoll.forge.FileContent;
import dev.plimsoll.forge.Forge.Loaded;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeException.Kind;
import dev.plimsoll.forge.Posted;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import dev.plimsoll.forge.User;
import dev.plimsoll.forge.github.PullQuery.Actor;
import dev.plimsoll.forge.github.PullQuery.ChangedFile;
import dev.plimsoll.forge.github.PullQuery.PageInfo;
import dev.plimsoll.forge.github.PullQuery.Pull;
import dev.plimsoll.forge.github.PullQuery.Root;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Loads a pull request in one call, when its lists are no longer than a page and it is for a branch that is known. */
final class Loading {

  private static final PageInfo NO_MORE = new PageInfo(false, null);

  private final GitHubCalls calls;
  private final Blobs blobs;
  private final ChangedFiles changedFiles;
  private final CheckRuns checkRuns;
  private final Installations installations;

  /** The base branches of pull requests seen before: with it the base's files come in the same call. */
  private final Cache<String, String> baseBranches =
      Caffeine.newBuilder().maximumSize(100_000).build();

  Loading(
      GitHubCalls calls,
      Blobs blobs,
      ChangedFiles changedFiles,
      CheckRuns checkRuns,
      Installations installations) {
    this.calls = calls;
    this.blobs = blobs;
    this.changedFiles = changedFiles;
    this.checkRuns = checkRuns;
    this.installations = installations;
  }

  Loaded load(ChangeRequestId target, Set<String> basePaths) {
    String repository = target.repository();
    List<String> paths = List.copyOf(basePaths);
    Optional<String> guessed = Optional.ofNullable(baseBranches.getIfPresent(target.key()));
    GraphQl.Answer answer = first(target, paths, guessed);
    JsonNode data = data(target, answer);
    Root root = GraphQl.read(data, Root.class);
    Pull pull = root.repository().pullRequest();
    if (pull == null) {
      throw notThere(target);
    }

    Lists lists = new Lists(root, pull);
    boolean filesMoved = more(target, pull.headRefOid(), lists);
    if (filesMoved) {
      throw new ForgeException(Kind.RETRY_LATER, target.key() + " was pushed to while it was read");
    }

    String baseSha =
        pull.baseRef() == null ? pull.baseRefOid() : pull.baseRef().target().oid();
    baseBranches.put(target.key(), pull.baseRefName());
    String asked = guessed.orElseGet(() -> root.repository().defaultBranchRef() == null
        ? ""
        : root.repository().defaultBranchRef().name());
    Map<String, FileContent> baseFiles = asked.equals(pull.baseRefName()) && pull.baseRef() != null
        ? fromAnswer(repository, data.path("repository"), paths)
        : blobs.read(repository, baseSha, paths, Blobs.CATALOG_BOUND);

    boolean checksReadable = answer.problems().isEmpty();
    Posted posted = new Posted(
        lists.own.threads(),
        lists.own.comments(),
        checkRuns.posted(
            repository,
            pull.headRefOid(),
            Optional.ofNullable(pull.statusCheckRollup()),
            checksReadable));
    return new Loaded(changeRequest(target, pull, baseSha, lists.files), baseFiles, posted);
  }

  private GraphQl.Answer first(
      ChangeRequestId target, List<String> paths, Optional<String> baseBranch) {
    Map<String, Object> variables = Repositories.coordinates(target.repository());
    variables.put("number", target.number());
    String revision = baseBranch.map(b -> "refs/heads/" + b).orElse("HEAD");
    for (int i = 0; i < paths.size(); i++) {
      variables.put("b" + i, revision + ":" + paths.get(i));
    }
    return calls.query(target.repository(), PullQuery.first(paths.size()), variables);
  }

  /** Not being allowed to see the checks of a commit is no reason to see nothing. */
  private JsonNode data(ChangeRequestId target, GraphQl.Answer answer) {
    try {
      return answer.orThrowExceptAt("statusCheckRollup");
    } catch (ForgeException e) {
      throw e.kind() == Kind.NOT_FOUND ? notThere(target) : e;
    }
  }

  private ForgeException notThere(ChangeRequestId target) {
    return installations.mayLag(target)
        ? new ForgeException(Kind.RETRY_LATER, "GitHub does not show " + target.key() + " yet")
        : new ForgeException(
            Kind.NOT_FOUND, target.key() + " is not there, or the app may not see it");
  }

  private Map<String, FileContent> fromAnswer(
      String repository, JsonNode found, List<String> paths) {
    Map<String, FileContent> files = new LinkedHashMap<>();
    for (int i = 0; i < paths.size(); i++) {
      files.put(paths.get(i), blobs.content(repository, found.path("b" + i), Blobs.CATALOG_BOUND));
    }
    return files;
  }

  /** The three lists, as far as they are read. */
  private static final class Lists {
    private final OwnPosts own;
    private final List<ChangedFile> files = new ArrayList<>();
    private PageInfo nextFiles = NO_MORE;
    private PageInfo nextComments = NO_MORE;
    private PageInfo nextThreads = NO_MORE;

    Lists(Root root, Pull pull) {
      own = new OwnPosts(root.viewer().login());
      add(pull);
    }

    void add(Pull pull) {
      nextFiles = NO_MORE;
      nextComments = NO_MORE;
      nextThreads = NO_MORE;
      // A pull request whose branches have no common history has no list of files
      if (pull.files() != null) {
        files.addAll(pull.files().nodes());
        nextFiles = pull.files().pageInfo();
      }
      if (pull.comments() != null) {
        own.addComments(pull.comments().nodes());
        nextComments = pull.comments().pageInfo();
      }
      if (pull.reviewThreads() != null) {
        own.addThreads(pull.reviewThreads().nodes());
        nextThreads = pull.reviewThreads().pageInfo();
      }
    }

    boolean hasMore() {
      return nextFiles.hasNextPage() || nextComments.hasNextPage() || nextThreads.hasNextPage();
    }
  }

  /** Reads the further pages; true when the pull request has changed between them. */
  private boolean more(ChangeRequestId target, String headSha, Lists lists) {
    for (int page = 1; lists.hasMore() && page < PullQuery.MOST_PAGES; page++) {
      Map<String, Object> variables = Repositories.coordinates(target.repository());
      variables.put("number", target.number());
      variables.put("files", lists.nextFiles.endCursor());
      variables.put("comments", lists.nextComments.endCursor());
      variables.put("threads", lists.nextThreads.endCursor());
      variables.put("moreFiles", lists.nextFiles.hasNextPage());
      variables.put("moreComments", lists.nextComments.hasNextPage());
      variables.put("moreThreads", lists.nextThreads.hasNextPage());
      Pull next = GraphQl.read(
              calls.query(target.repository(), PullQuery.MORE, variables).orThrow(), Root.class)
          .repository()
          .pullRequest();
      if (next == null || !headSha.equals(next.headRefOid())) {
        return true;
      }
      lists.add(next);
    }
    return false;
  }

  private ChangeRequest changeRequest(
      ChangeRequestId target, Pull pull, String baseSha, List<ChangedFile> files) {
    List<String> renamed = files.stream()
        .filter(f -> "RENAMED".equals(f.changeType()))
        .map(ChangedFile::path)
        .toList();
    Map<String, String> formerNames = changedFiles.formerNames(
        new ChangedFiles.Pull(target.repository(), target.number(), pull.headRefOid(), baseSha),
        renamed);
    List<ChangedPath> changes = files.stream()
        .map(f -> new ChangedPath(
            f.path(), kind(f.changeType()), Optional.ofNullable(formerNames.get(f.path()))))
        .toList();
    Optional<String> incomplete = files.size() < pull.changedFiles()
        ? Optional.of(
            "GitHub lists " + files.size() + " of " + pull.changedFiles() + " changed files")
        : Optional.empty();
    List<String> messages =
        pull.commits().nodes().stream().map(c -> c.commit().message()).toList();
    return new ChangeRequest(
        target,
        pull.title(),
        pull.url(),
        user(pull.author()),
        Repositories.checkedSha(pull.headRefOid()),
        Repositories.checkedSha(baseSha),
        Optional.empty(),
        pull.baseRefName(),
        "OPEN".equals(pull.state()),
        pull.isDraft(),
        messages,
        changes,
        incomplete,
        Map.of());
  }

  private static ChangedPath.Kind kind(String changeType) {
    return switch (changeType) {
      // A copy is a new file; where it came from stays as it was
      case "ADDED", "COPIED" -> ChangedPath.Kind.ADDED;
      case "DELETED" -> ChangedPath.Kind.REMOVED;
      case "RENAMED" -> ChangedPath.Kind.RENAMED;
      default -> ChangedPath.Kind.MODIFIED;
    };
  }

  /** An account that was deleted leaves no author. */
  private static User user(Actor author) {
    return author == null
        ? new User("0", "ghost", false)
        : new User(
            String.valueOf(author.databaseId()), author.login(), "Bot".equals(author.__typename()));
  }
}
