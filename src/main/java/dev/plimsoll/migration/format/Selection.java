package dev.plimsoll.migration.format;

import java.util.List;
import java.util.Optional;

/** Which files of a repository are migrations, and of which format. */
public sealed interface Selection {

  Selection AUTOMATIC = new Automatic();

  /** Every file that a format recognises by its name and its content; folders for tests are left out and named. */
  record Automatic() implements Selection {}

  /** As the repository's owners say. The first entry that matches a path counts; other files are no migrations. */
  record Configured(List<Entry> entries) implements Selection {
    public Configured {
      entries = List.copyOf(entries);
    }
  }

  /**
   * @param format a format's id; absent: found by name and content, within these paths
   */
  record Entry(PathGlob paths, Optional<String> format) {}

  /** Whether the owners name this path; with {@link Automatic} they leave that open, which is a yes. */
  default boolean covers(String path) {
    return switch (this) {
      case Automatic automatic -> true;
      case Configured configured ->
        configured.entries().stream().anyMatch(e -> e.paths().matches(path));
    };
  }
}
