package dev.plimsoll.cli;

import dev.plimsoll.migration.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Files and directories that the user names: all of them are taken as new. */
final class NamedFiles implements Desk {

  private static final int MAX_FILES = 100_000;

  private final Path root;
  private final List<Path> named;

  /**
   * @param root what paths are shown relative to
   */
  NamedFiles(Path root, List<Path> named) {
    this.root = root.toAbsolutePath().normalize();
    this.named = named;
  }

  @Override
  public List<ChangedPath> changes() {
    List<ChangedPath> changes = new ArrayList<>();
    for (Path path : named) {
      if (!Files.exists(path)) {
        throw new UserError("there is no file or directory " + path);
      }
      try (Stream<Path> files = Files.walk(path, 64)) {
        files
            .filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS))
            .filter(f -> !f.toString().contains("/.git/"))
            .limit(MAX_FILES)
            .sorted()
            .forEach(f -> changes.add(new ChangedPath(relative(f), SourceFile.Change.ADDED)));
      } catch (IOException e) {
        throw new UserError(path + " cannot be read: " + e.getMessage());
      }
    }
    return changes;
  }

  private String relative(Path file) {
    return shown(root, file);
  }

  /** A file's path as it is shown: relative to the root, with {@code ..} where it is not below it. */
  static String shown(Path root, Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    Path shown = root.relativize(absolute);
    return shown.toString().replace('\\', '/');
  }

  @Override
  public SourceFile read(String path, SourceFile.Change change) {
    return TextFiles.read(root, path, change);
  }

  @Override
  public boolean exists(String path) {
    return Files.isRegularFile(root.resolve(path));
  }

  @Override
  public Optional<byte[]> trusted(String path) {
    Path file = root.resolve(path);
    try {
      return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UserError(file + " cannot be read: " + e.getMessage());
    }
  }

  @Override
  public String trustedPlace() {
    return "in this directory";
  }

  @Override
  public List<String> commitMessages() {
    return List.of();
  }
}
