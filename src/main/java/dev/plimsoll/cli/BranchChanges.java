package dev.plimsoll.cli;

import dev.plimsoll.migration.SourceFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a working tree changes since it left a base branch. Settings are read from the base: the branch may be a stranger's. */
final class BranchChanges implements Desk {

  private final Git git;
  private final Path top;
  private final String base;
  private final String mergeBase;

  BranchChanges(Path directory, String base) {
    this.top = new Git(directory).top();
    this.git = new Git(top);
    this.base = base;
    this.mergeBase = git.mergeBase(base);
  }

  @Override
  public List<ChangedPath> changes() {
    return git.changesSince(mergeBase).stream()
        .map(c -> new ChangedPath(c[1], change(c[0])))
        .toList();
  }

  private static SourceFile.Change change(String status) {
    return switch (status) {
      case "A" -> SourceFile.Change.ADDED;
      case "D" -> SourceFile.Change.REMOVED;
      default -> SourceFile.Change.MODIFIED;
    };
  }

  @Override
  public SourceFile read(String path, SourceFile.Change change) {
    if (change == SourceFile.Change.REMOVED) {
      return git.show(mergeBase, path)
          .map(b -> TextFiles.decode(path, change, b))
          .orElseGet(() -> SourceFile.unreadable(path, change, "it is not in the base"));
    }
    return TextFiles.read(top, path, change);
  }

  @Override
  public boolean exists(String path) {
    return Files.isRegularFile(top.resolve(path));
  }

  @Override
  public Optional<byte[]> trusted(String path) {
    return git.show(base, path);
  }

  @Override
  public String trustedPlace() {
    return "on " + base;
  }

  @Override
  public List<String> commitMessages() {
    return git.messagesSince(mergeBase);
  }
}
