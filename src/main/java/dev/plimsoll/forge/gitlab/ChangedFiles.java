package dev.plimsoll.forge.gitlab;

import com.fasterxml.jackson.core.type.TypeReference;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.plimsoll.forge.ChangeRequest.ChangedPath;
import dev.plimsoll.forge.DiffLines;
import dev.plimsoll.forge.DiffLines.Hunk;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeException.Kind;
import dev.plimsoll.forge.PatchParser;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The changed files of a merge request with their diffs, kept so that placing comments costs no further calls. */
final class ChangedFiles {

  private static final TypeReference<List<Listed>> FILES = new TypeReference<>() {};
  private static final TypeReference<List<Commit>> COMMITS = new TypeReference<>() {};

  /** GitLab's own bound is 3,000 files. */
  private static final int MOST_PAGES = 30;

  private static final int MOST_MESSAGES = 100;
  private static final long KEPT_CHARS = 32L * 1024 * 1024;

  /** The diff of a new file that is too large to be shown has only added lines, however many. */
  private static final DiffLines ALL_LINES =
      new DiffLines(List.of(new Hunk(1, Integer.MAX_VALUE, Map.of())));

  private final GitLabCalls calls;
  private final Cache<Key, Listing> kept = Caffeine.newBuilder()
      .maximumWeight(KEPT_CHARS)
      .weigher((Key key, Listing listing) -> listing.weight())
      .build();

  /** A diff at one moment. */
  private record Key(Place place, String headSha, String baseSha) {}

  record Listed(
      String oldPath,
      String newPath,
      String bMode,
      boolean newFile,
      boolean renamedFile,
      boolean deletedFile,
      boolean collapsed,
      boolean tooLarge,
      String diff) {

    ChangedPath change() {
      if (newFile) {
        return new ChangedPath(newPath, ChangedPath.Kind.ADDED, Optional.empty());
      }
      if (deletedFile) {
        return new ChangedPath(oldPath, ChangedPath.Kind.REMOVED, Optional.empty());
      }
      return renamedFile
          ? new ChangedPath(newPath, ChangedPath.Kind.RENAMED, Optional.of(oldPath))
          : new ChangedPath(newPath, ChangedPath.Kind.MODIFIED, Optional.empty());
    }

    private Optional<DiffLines> lines() {
      if (diff == null || diff.isEmpty()) {
        return newFile && (collapsed || tooLarge) ? Optional.of(ALL_LINES) : Optional.empty();
      }
      return Optional.of(PatchParser.parse(diff)).filter(l -> !l.hunks().isEmpty());
    }
  }

  /**
   * @param whole GitLab has no more pages
   */
  private record Listing(List<Listed> files, boolean whole) {
    int weight() {
      return 200
          + files.stream()
              .mapToInt(f -> 300 + (f.diff() == null ? 0 : f.diff().length()))
              .sum();
    }
  }

  private record Commit(String id, String message) {}

  /**
   * @param incomplete why {@code files} lacks some
   * @param commitMessages newest last
   */
  record Loaded(List<Listed> files, Optional<String> incomplete, List<String> commitMessages) {}

  ChangedFiles(GitLabCalls calls) {
    this.calls = calls;
  }

  Loaded load(Place place, MergeRequest it) {
    Key key = new Key(place, it.head(), it.diffRefs().baseSha());
    Listing listing = Optional.ofNullable(kept.getIfPresent(key)).orElseGet(() -> list(place));
    List<Commit> commits = commits(place, it.head(), MOST_MESSAGES);
    kept.put(key, listing);
    return new Loaded(
        listing.files(),
        incomplete(listing, it),
        commits.reversed().stream().map(c -> String.valueOf(c.message())).toList());
  }

  private Listing list(Place place) {
    GitLabCalls.Pages<Listed> pages = calls.pages(place.path() + "/diffs", FILES, MOST_PAGES);
    return new Listing(List.copyOf(pages.items()), pages.whole());
  }

  /** Newest first. Read after the files, they tell whether the files are those of the same push: both lists are always of the newest. */
  private List<Commit> commits(Place place, String headSha, int most) {
    List<Commit> commits =
        calls.get(place.path() + "/commits?per_page=" + most).orThrow().as(COMMITS);
    if (!commits.isEmpty() && !headSha.equals(commits.getFirst().id())) {
      throw new ForgeException(
          Kind.RETRY_LATER, place.id().key() + " was pushed to while it was read");
    }
    return commits;
  }

  private static Optional<String> incomplete(Listing listing, MergeRequest it) {
    String count = String.valueOf(it.changesCount());
    int listed = listing.files().size();
    boolean counted = count.matches("\\d{1,9}");
    if (listing.whole()
        && !count.endsWith("+")
        && (!counted || Integer.parseInt(count) <= listed)) {
      return Optional.empty();
    }
    return Optional.of(
        "GitLab lists " + listed + " of " + (counted ? count : "more") + " changed files");
  }

  Map<String, DiffLines> diff(
      Place place, String headSha, String baseSha, Collection<String> paths) {
    Map<String, Listed> files = byPath(place, headSha, baseSha);
    Map<String, DiffLines> lines = new HashMap<>();
    for (String path : paths) {
      Optional.ofNullable(files.get(path))
          .flatMap(Listed::lines)
          .ifPresent(l -> lines.put(path, l));
    }
    return lines;
  }

  private Map<String, Listed> byPath(Place place, String headSha, String baseSha) {
    Key key = new Key(place, headSha, baseSha);
    Listing listing = kept.getIfPresent(key);
    if (listing == null) {
      listing = list(place);
      commits(place, headSha, 1);
      kept.put(key, listing);
    }
    return byPath(listing);
  }

  /** The kinds of files, as git writes them ({@code 120000} is a symbolic link), of as many as are known without a call. */
  Map<String, String> knownModes(Place place, String headSha, String baseSha) {
    return Optional.ofNullable(kept.getIfPresent(new Key(place, headSha, baseSha)))
        .map(l -> byPath(l).values().stream()
            .filter(f -> f.bMode() != null)
            .collect(Collectors.toMap(Listed::newPath, Listed::bMode)))
        .orElse(Map.of());
  }

  private static Map<String, Listed> byPath(Listing listing) {
    return listing.files().stream()
        .filter(f -> !f.deletedFile())
        .collect(Collectors.toMap(Listed::newPath, Function.identity(), (a, b) -> b));
  }
}
