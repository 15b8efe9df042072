package dev.plimsoll.forge.github;

import com.fasterxml.jackson.core.type.TypeReference;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.plimsoll.forge.DiffLines;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeException.Kind;
import dev.plimsoll.forge.PatchParser;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A pull request's files with their patches and former names, which only the REST API knows. */
final class ChangedFiles {

  private static final TypeReference<List<Listed>> LISTED = new TypeReference<>() {};
  private static final long KEPT_CHARS = 32L * 1024 * 1024;

  private final GitHubCalls calls;
  private final Cache<Pull, Listing> kept = Caffeine.newBuilder()
      .maximumWeight(KEPT_CHARS)
      .weigher((Pull pull, Listing listing) -> listing.weight())
      .build();

  /** A pull request at one moment: its diff depends on both commits. */
  record Pull(String repository, long number, String headSha, String baseSha) {}

  record Listed(
      String filename, String previousFilename, String status, String patch, String contentsUrl) {}

  /**
   * @param pages read so far
   */
  private record Listing(Map<String, Listed> byPath, int pages, boolean whole) {
    int weight() {
      return 200
          + byPath.values().stream()
              .mapToInt(f -> 200 + (f.patch() == null ? 0 : f.patch().length()))
              .sum();
    }
  }

  ChangedFiles(GitHubCalls calls) {
    this.calls = calls;
  }

  Map<String, DiffLines> diff(Pull pull, Collection<String> paths) {
    Map<String, Listed> files = files(pull, paths);
    Map<String, DiffLines> lines = new HashMap<>();
    for (String path : paths) {
      Optional.ofNullable(files.get(path))
          .map(Listed::patch)
          .map(PatchParser::parse)
          .ifPresent(l -> lines.put(path, l));
    }
    return lines;
  }

  Map<String, String> formerNames(Pull pull, Collection<String> renamed) {
    Map<String, Listed> files = files(pull, renamed);
    Map<String, String> names = new HashMap<>();
    for (String path : renamed) {
      Optional.ofNullable(files.get(path))
          .map(Listed::previousFilename)
          .ifPresent(n -> names.put(path, n));
    }
    return names;
  }

  /** At least the wanted ones, where GitHub lists them. */
  private Map<String, Listed> files(Pull pull, Collection<String> wanted) {
    Listing listing =
        Optional.ofNullable(kept.getIfPresent(pull)).orElse(new Listing(Map.of(), 0, false));
    Set<String> missing = new HashSet<>(wanted);
    missing.removeAll(listing.byPath().keySet());
    while (!missing.isEmpty() && !listing.whole()) {
      listing = next(pull, listing);
      missing.removeAll(listing.byPath().keySet());
      kept.put(pull, listing);
    }
    return listing.byPath();
  }

  private Listing next(Pull pull, Listing listing) {
    int page = listing.pages() + 1;
    Reply.Good answer = calls
        .get(pull.repository(), "pulls/" + pull.number() + "/files?per_page=100&page=" + page)
        .orThrow();
    Map<String, Listed> all = new HashMap<>(listing.byPath());
    for (Listed file : new ArrayList<>(answer.as(LISTED))) {
      stillAt(pull, file);
      all.put(file.filename(), file);
    }
    return new Listing(all, page, !answer.more() || page >= PullQuery.MOST_PAGES);
  }

  /** The list is always that of the newest push: lines of another commit would carry comments to wrong places. */
  private static void stillAt(Pull pull, Listed file) {
    String url = String.valueOf(file.contentsUrl());
    String ref = url.substring(url.lastIndexOf("?ref=") + 1);
    if (ref.matches("ref=[0-9a-f]{40,64}")
        && !ref.equals("ref=" + pull.headSha())
        && !"removed".equals(file.status())) {
      throw new ForgeException(
          Kind.RETRY_LATER,
          pull.repository() + "#" + pull.number() + " was pushed to while it was read");
    }
  }
}
