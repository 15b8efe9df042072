package dev.plimsoll.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.plimsoll.forge.FileContent;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeException.Kind;
import dev.plimsoll.forge.github.PullQuery.Blob;
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

/** Files at a commit, many in one call. What a commit holds never changes, so it is kept. */
final class Blobs {

  /** A migration that is larger is data, not SQL that a person has read. */
  static final long MIGRATION_BOUND = 1024L * 1024;

  /** GitHub's own bound for a raw file; a size catalog may come near. */
  static final long CATALOG_BOUND = 100L * 1024 * 1024;

  private static final int FILES_IN_A_CALL = 100;
  private static final int SYMBOLIC_LINK = 0120000;
  private static final int SUBMODULE = 0160000;
  private static final long KEPT_CHARS = 64L * 1024 * 1024;

  private final GitHubCalls calls;
  private final Cache<Key, FileContent> kept =
      Caffeine.newBuilder().maximumWeight(KEPT_CHARS).weigher(Blobs::weight).build();

  private record Key(String repository, String sha, String path, long bound) {}

  Blobs(GitHubCalls calls) {
    this.calls = calls;
  }

  private static int weight(Key key, FileContent content) {
    int text = content instanceof FileContent.Text t ? t.text().length() : 0;
    return 200 + key.path().length() + text;
  }

  Map<String, FileContent> read(
      String repository, String sha, Collection<String> paths, long bound) {
    Map<String, FileContent> all = new LinkedHashMap<>();
    List<String> wanted = new ArrayList<>();
    for (String path : new LinkedHashSet<>(paths)) {
      FileContent known = kept.getIfPresent(new Key(repository, sha, path, bound));
      if (known != null) {
        all.put(path, known);
      } else {
        wanted.add(path);
      }
    }
    for (int i = 0; i < wanted.size(); i += FILES_IN_A_CALL) {
      fetch(repository, sha, wanted.subList(i, Math.min(i + FILES_IN_A_CALL, wanted.size())), bound)
          .forEach((path, content) -> {
            kept.put(new Key(repository, sha, path, bound), content);
            all.put(path, content);
          });
    }
    return all;
  }

  /** Together; or in halves when that is too much for one answer, for GitHub or for this process. */
  private Map<String, FileContent> fetch(
      String repository, String sha, List<String> paths, long bound) {
    try {
      return fetchTogether(repository, sha, paths, bound);
    } catch (ForgeException e) {
      if (e.kind() != Kind.REFUSED || paths.size() == 1) {
        throw e;
      }
      int half = paths.size() / 2;
      Map<String, FileContent> all =
          new LinkedHashMap<>(fetch(repository, sha, paths.subList(0, half), bound));
      all.putAll(fetch(repository, sha, paths.subList(half, paths.size()), bound));
      return all;
    }
  }

  private Map<String, FileContent> fetchTogether(
      String repository, String sha, List<String> paths, long bound) {
    List<String> directories = paths.stream().map(Blobs::directory).distinct().toList();
    Map<String, Object> variables = Repositories.coordinates(repository);
    variables.put("commit", Repositories.checkedSha(sha));
    for (int i = 0; i < paths.size(); i++) {
      variables.put("f" + i, sha + ":" + paths.get(i));
    }
    for (int i = 0; i < directories.size(); i++) {
      variables.put("d" + i, sha + ":" + directories.get(i));
    }
    JsonNode found = calls
        .query(repository, PullQuery.blobs(paths.size(), directories.size()), variables)
        .orThrow()
        .path("repository");
    if (!found.path("commit").isObject()) {
      // Else every file of a commit that GitHub does not show yet would pass for absent
      throw new ForgeException(
          Kind.RETRY_LATER,
          "GitHub does not show the commit " + sha + " of " + repository + " yet");
    }
    Map<String, FileContent> all = new LinkedHashMap<>();
    Map<String, Integer> modes = modes(found, directories);
    for (int i = 0; i < paths.size(); i++) {
      String path = paths.get(i);
      all.put(
          path,
          content(repository, found.path("f" + i), Optional.ofNullable(modes.get(path)), bound));
    }
    return all;
  }

  private static Map<String, Integer> modes(JsonNode found, List<String> directories) {
    Map<String, Integer> modes = new HashMap<>();
    for (int i = 0; i < directories.size(); i++) {
      String directory = directories.get(i);
      for (JsonNode entry : found.path("d" + i).path("entries")) {
        modes.put(
            (directory.isEmpty() ? "" : directory + "/") + entry.path("name").asText(),
            entry.path("mode").asInt());
      }
    }
    return modes;
  }

  private FileContent content(
      String repository, JsonNode node, Optional<Integer> mode, long bound) {
    if (mode.filter(m -> m == SUBMODULE).isPresent()) {
      return new FileContent.Unreadable("it is a submodule");
    }
    if (!node.isObject()) {
      return new FileContent.Absent();
    }
    if (mode.isEmpty()) {
      return new FileContent.Unreadable("GitHub does not say what kind of file it is");
    }
    if (mode.get() == SYMBOLIC_LINK) {
      return new FileContent.Unreadable("it is a symbolic link");
    }
    return content(repository, node, bound);
  }

  /** For a node that is known to be no link. */
  FileContent content(String repository, JsonNode node, long bound) {
    if (!node.isObject()) {
      return new FileContent.Absent();
    }
    Blob blob = GraphQl.read(node, Blob.class);
    if (!"Blob".equals(blob.__typename())) {
      return new FileContent.Unreadable("it is no file");
    }
    if (blob.byteSize() > bound) {
      return new FileContent.Unreadable(
          "it has " + blob.byteSize() + " bytes; the most that is read is " + bound);
    }
    if (Boolean.TRUE.equals(blob.isBinary())) {
      return new FileContent.Unreadable("it is binary");
    }
    boolean whole = !blob.isTruncated()
        && blob.text() != null
        && blob.text().getBytes(StandardCharsets.UTF_8).length == blob.byteSize();
    return whole
        ? new FileContent.Text(blob.text())
        : raw(repository, Repositories.checkedSha(blob.oid()), bound);
  }

  private FileContent raw(String repository, String oid, long bound) {
    byte[] bytes = calls.raw(repository, "git/blobs/" + oid, bound);
    try {
      return new FileContent.Text(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return new FileContent.Unreadable("it is not UTF-8 text");
    }
  }

  private static String directory(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }
}
