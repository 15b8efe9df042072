package dev.plimsoll.forge.gitlab;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.plimsoll.forge.FileContent;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeException.Kind;
import dev.plimsoll.forge.gitlab.Directories.Entry;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Files at a commit, one call each, but for those that a directory's list tells of. What a commit holds never changes, so it is kept. */
final class RawFiles {

  /** A migration that is larger is data, not SQL that a person has read. */
  static final long MIGRATION_BOUND = 1024L * 1024;

  /** A size catalog may be large; GitLab serves files of any size. */
  static final long CATALOG_BOUND = 100L * 1024 * 1024;

  /** From so many files on, listing their directory is cheaper than asking for each: many that are asked for are not there. */
  private static final int WORTH_A_LIST = 4;

  private static final long KEPT_CHARS = 64L * 1024 * 1024;
  private static final String LFS = "version https://git-lfs.github.com/spec/";
  private static final FileContent LINK = new FileContent.Unreadable("it is a symbolic link");
  private static final FileContent SUBMODULE = new FileContent.Unreadable("it is a submodule");

  private final GitLabCalls calls;
  private final Directories directories;
  private final Cache<Key, FileContent> kept =
      Caffeine.newBuilder().maximumWeight(KEPT_CHARS).weigher(RawFiles::weight).build();

  /**
   * @param what a blob's id, or a path at a commit
   */
  private record Key(long project, String what, long bound) {}

  RawFiles(GitLabCalls calls) {
    this.calls = calls;
    this.directories = new Directories(calls);
  }

  private static int weight(Key key, FileContent content) {
    int text = content instanceof FileContent.Text t ? t.text().length() : 0;
    return 200 + key.what().length() + text;
  }

  /**
   * @param modes of files that are known to be links or submodules
   */
  Map<String, FileContent> read(
      long project, String sha, Collection<String> paths, Map<String, String> modes, long bound) {
    Map<String, FileContent> all = new LinkedHashMap<>();
    List<String> wanted = new ArrayList<>();
    for (String path : new LinkedHashSet<>(paths)) {
      Optional<FileContent> known = special(modes.getOrDefault(path, ""))
          .or(() -> Optional.ofNullable(kept.getIfPresent(atCommit(project, sha, path, bound))));
      if (known.isPresent()) {
        all.put(path, known.get());
      } else {
        wanted.add(path);
      }
    }
    Map<String, List<String>> byDirectory = wanted.stream()
        .collect(Collectors.groupingBy(Directories::of, TreeMap::new, Collectors.toList()));
    Map<String, Map<String, Entry>> lists = new HashMap<>();
    byDirectory.forEach((directory, inIt) -> {
      Optional<Map<String, Entry>> listed;
      if (isMissing(directory, lists)) {
        listed = Optional.of(Map.of());
      } else if (inIt.size() < WORTH_A_LIST) {
        listed = Optional.empty();
      } else {
        listed = directories.list(project, sha, directory);
        listed.ifPresent(entries -> lists.put(directory, entries));
      }
      for (String path : inIt) {
        FileContent content = listed
            .map(entries -> listed(project, Optional.ofNullable(entries.get(path)), bound))
            .orElseGet(() -> byPath(project, sha, path, bound));
        kept.put(atCommit(project, sha, path, bound), content);
        all.put(path, content);
      }
    });
    return all;
  }

  /** The directory above it, which comes before it in their order, has been listed and does not have it. */
  private static boolean isMissing(String directory, Map<String, Map<String, Entry>> lists) {
    return !directory.isEmpty()
        && Optional.ofNullable(lists.get(Directories.of(directory)))
            .filter(entries -> !entries.containsKey(directory))
            .isPresent();
  }

  private static Key atCommit(long project, String sha, String path, long bound) {
    return new Key(project, sha + ":" + path, bound);
  }

  private static Optional<FileContent> special(String mode) {
    return switch (mode) {
      case "120000" -> Optional.of(LINK);
      case "160000" -> Optional.of(SUBMODULE);
      default -> Optional.empty();
    };
  }

  private FileContent listed(long project, Optional<Entry> entry, long bound) {
    if (entry.isEmpty()) {
      return new FileContent.Absent();
    }
    Optional<FileContent> special = special(entry.get().mode());
    if (special.isPresent()) {
      return special.get();
    }
    if (!"blob".equals(entry.get().type())) {
      return new FileContent.Unreadable("it is no file");
    }
    String blob = Coordinates.checkedSha(entry.get().id());
    return kept.get(
        new Key(project, blob, bound),
        _ -> content(
            calls.raw("projects/" + project + "/repository/blobs/" + blob + "/raw", bound), bound));
  }

  private FileContent byPath(long project, String sha, String path, long bound) {
    String at = "projects/" + project + "/repository/files/" + Coordinates.encoded(path)
        + "/raw?ref=" + Coordinates.checkedSha(sha);
    return switch (calls.raw(at, bound)) {
      case Reply.Missing missing when missing.said().contains("File") -> new FileContent.Absent();
      // Not the file but the commit or the project: else every file of it would pass for absent
      case Reply.Missing missing
      when missing.said().contains("Commit") ->
        throw new ForgeException(Kind.RETRY_LATER, missing.message());
      case Reply reply -> content(reply, bound);
    };
  }

  private static FileContent content(Reply reply, long bound) {
    if (reply instanceof Reply.Refused(int status, String _) && status == 413) {
      return new FileContent.Unreadable("it is larger than " + bound / 1024 + " KiB");
    }
    byte[] bytes = reply.orThrow().body();
    for (byte b : bytes) {
      if (b == 0) {
        return new FileContent.Unreadable("it is binary");
      }
    }
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(LFS)
          ? new FileContent.Unreadable("it is kept in Git LFS")
          : new FileContent.Text(text);
    } catch (CharacterCodingException e) {
      return new FileContent.Unreadable("it is not UTF-8 text");
    }
  }
}
