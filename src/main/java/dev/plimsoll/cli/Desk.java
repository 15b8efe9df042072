package dev.plimsoll.cli;

import dev.plimsoll.migration.SourceFile;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is reviewed at the desk, and where its settings come from. */
interface Desk {

  /** The paths that may be migrations, relative to the repository, with what the change does to them. */
  List<ChangedPath> changes();

  /** A file as the change leaves it. */
  SourceFile read(String path, SourceFile.Change change);

  /** Whether a file is there once the change is made. */
  boolean exists(String path);

  /** A file of settings, from where it can be trusted. */
  Optional<byte[]> trusted(String path);

  /** How the trusted place is called. */
  String trustedPlace();

  /** Messages of the commits that are reviewed. */
  List<String> commitMessages();

  record ChangedPath(String path, SourceFile.Change change) {}

  /** No more than this is read of a file. */
  int MAX_FILE_BYTES = 8 << 20;

  /** The files to review, with the companions that change what they mean. */
  default List<SourceFile> load(
      java.util.function.Predicate<String> mayBeMigration,
      java.util.function.Function<String, Set<String>> companions) {
    List<SourceFile> files = new java.util.ArrayList<>();
    Set<String> seen = new java.util.HashSet<>();
    List<ChangedPath> relevant =
        changes().stream().filter(c -> mayBeMigration.test(c.path())).toList();
    relevant.forEach(c -> seen.add(c.path()));
    relevant.forEach(c -> files.add(read(c.path(), c.change())));
    for (ChangedPath changed : relevant) {
      for (String companion : companions.apply(changed.path())) {
        if (exists(companion) && seen.add(companion)) {
          files.add(read(companion, SourceFile.Change.UNCHANGED));
        }
      }
    }
    return files;
  }
}
