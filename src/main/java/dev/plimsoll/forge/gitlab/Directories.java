package dev.plimsoll.forge.gitlab;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a directory holds at a commit. */
final class Directories {

  private static final TypeReference<List<Entry>> ENTRIES = new TypeReference<>() {};

  /** A larger directory is not listed: its files are asked for one by one. */
  private static final int MOST_PAGES = 10;

  private final GitLabCalls calls;

  /**
   * @param mode as git writes it, {@code 100644}
   */
  record Entry(String id, String type, String path, String mode) {}

  Directories(GitLabCalls calls) {
    this.calls = calls;
  }

  /** The directory of a path; empty for the top. */
  static String of(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /** By path. Empty when it is too large, or GitLab does not show it: whether for want of the directory or of the commit it does not say. */
  Optional<Map<String, Entry>> list(long project, String sha, String directory) {
    Map<String, Entry> entries = new HashMap<>();
    String path = "projects/" + project + "/repository/tree?pagination=keyset&per_page=100&ref="
        + Coordinates.checkedSha(sha)
        + (directory.isEmpty() ? "" : "&path=" + Coordinates.encoded(directory));
    Optional<String> token = Optional.empty();
    for (int page = 0; page < MOST_PAGES; page++) {
      Reply reply = calls.get(
          path + token.map(t -> "&page_token=" + Coordinates.encoded(t)).orElse(""));
      if (reply instanceof Reply.Missing) {
        return Optional.empty();
      }
      Reply.Good answer = reply.orThrow();
      answer.as(ENTRIES).forEach(e -> entries.put(e.path(), e));
      token = answer.next();
      if (token.isEmpty()) {
        return Optional.of(entries);
      }
    }
    return Optional.empty();
  }
}
