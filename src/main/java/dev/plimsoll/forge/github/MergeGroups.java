package dev.plimsoll.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.forge.ChangeRequest;
import dev.plimsoll.forge.ChangeRequest.ChangedPath;
import dev.plimsoll.forge.FileContent;
import dev.plimsoll.forge.Forge.Loaded;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeException.Kind;
import dev.plimsoll.forge.Posted;
import dev.plimsoll.forge.ReviewTarget.MergeGroup;
import dev.plimsoll.forge.User;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Loads a merge queue's combined commit: a comparison, and what stands on it. Two calls. */
final class MergeGroups {

  /** GitHub compares no more files than this. */
  private static final int MOST_FILES = 300;

  private final GitHubCalls calls;
  private final Blobs blobs;
  private final CheckRuns checkRuns;
  private final Installations installations;

  private record Comparison(
      String htmlUrl,
      Commit mergeBaseCommit,
      List<Commit> commits,
      List<ChangedFiles.Listed> files) {}

  private record Commit(String sha, Details commit, Author author) {}

  private record Details(String message) {}

  private record Author(long id, String login, String type) {}

  MergeGroups(GitHubCalls calls, Blobs blobs, CheckRuns checkRuns, Installations installations) {
    this.calls = calls;
    this.blobs = blobs;
    this.checkRuns = checkRuns;
    this.installations = installations;
  }

  Loaded load(MergeGroup group, Set<String> basePaths) {
    String head = Repositories.checkedSha(group.headSha());
    String base = Repositories.checkedSha(group.baseSha());
    Comparison comparison = comparison(group, base + "..." + head);

    List<String> paths = List.copyOf(basePaths);
    Map<String, Object> variables = Repositories.coordinates(group.repository());
    variables.put("head", head);
    for (int i = 0; i < paths.size(); i++) {
      variables.put("b" + i, base + ":" + paths.get(i));
    }
    GraphQl.Answer answer =
        calls.query(group.repository(), PullQuery.group(paths.size()), variables);
    JsonNode found = answer.orThrowExceptAt("statusCheckRollup").path("repository");
    if (!found.path("commit").isObject()) {
      throw notThere(group);
    }
    Map<String, FileContent> baseFiles = new LinkedHashMap<>();
    for (int i = 0; i < paths.size(); i++) {
      baseFiles.put(
          paths.get(i),
          blobs.content(group.repository(), found.path("b" + i), Blobs.CATALOG_BOUND));
    }
    Optional<PullQuery.Rollup> rollup = Optional.of(found.path("commit").path("statusCheckRollup"))
        .filter(JsonNode::isObject)
        .map(r -> GraphQl.read(r, PullQuery.Rollup.class));
    List<Posted.Check> checks =
        checkRuns.posted(group.repository(), head, rollup, answer.problems().isEmpty());
    return new Loaded(
        changeRequest(group, comparison), baseFiles, new Posted(List.of(), List.of(), checks));
  }

  private Comparison comparison(MergeGroup group, String range) {
    return switch (calls.get(group.repository(), "compare/" + range + "?per_page=100")) {
      case Reply.Missing _ -> throw notThere(group);
      case Reply reply -> reply.orThrow().as(Comparison.class);
    };
  }

  private ForgeException notThere(MergeGroup group) {
    return new ForgeException(
        installations.mayLag(group) ? Kind.RETRY_LATER : Kind.NOT_FOUND,
        "GitHub does not show the merge group " + group.key());
  }

  private static ChangeRequest changeRequest(MergeGroup group, Comparison comparison) {
    List<Commit> commits = comparison.commits();
    List<ChangedFiles.Listed> files = comparison.files() == null ? List.of() : comparison.files();
    Optional<Commit> last = commits.isEmpty() ? Optional.empty() : Optional.of(commits.getLast());
    String title =
        last.map(c -> c.commit().message().lines().findFirst().orElse("")).orElse("Merge group");
    return new ChangeRequest(
        group,
        title,
        comparison.htmlUrl(),
        last.map(Commit::author)
            .map(a -> new User(Long.toString(a.id()), a.login(), "Bot".equals(a.type())))
            .orElse(new User("0", "ghost", false)),
        group.headSha(),
        group.baseSha(),
        Optional.ofNullable(comparison.mergeBaseCommit()).map(Commit::sha),
        group.branch(),
        true,
        false,
        commits.stream().map(c -> c.commit().message()).toList(),
        files.stream().map(MergeGroups::change).toList(),
        files.size() >= MOST_FILES
            ? Optional.of("GitHub compares no more than " + MOST_FILES + " files")
            : Optional.empty(),
        Map.of());
  }

  private static ChangedPath change(ChangedFiles.Listed file) {
    ChangedPath.Kind kind = switch (file.status()) {
      case "added", "copied" -> ChangedPath.Kind.ADDED;
      case "removed" -> ChangedPath.Kind.REMOVED;
      case "renamed" -> ChangedPath.Kind.RENAMED;
      default -> ChangedPath.Kind.MODIFIED;
    };
    return new ChangedPath(
        file.filename(),
        kind,
        kind == ChangedPath.Kind.RENAMED
            ? Optional.ofNullable(file.previousFilename())
            : Optional.empty());
  }
}
