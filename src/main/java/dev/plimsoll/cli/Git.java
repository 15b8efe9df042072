package dev.plimsoll.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks the git command about a working tree. Nothing of the repository is run: no hooks, no filters of a diff. */
final class Git {

  private static final int MAX_OUTPUT = 256 << 20;
  private static final int MAX_SECONDS = 60;

  private final Path directory;

  Git(Path directory) {
    this.directory = directory;
  }

  /** The top of the working tree. */
  Path top() {
    return Path.of(required("git cannot find a repository here", "rev-parse", "--show-toplevel")
        .strip());
  }

  /** Where the branch left {@code base}. */
  String mergeBase(String base) {
    Optional<String> commit =
        run("rev-parse", "--verify", "--quiet", "--end-of-options", base + "^{commit}");
    if (commit.isEmpty()) {
      throw new UserError("there is no commit \"" + base
          + "\"; in CI, fetch the base branch first (fetch-depth: 0)");
    }
    return run("merge-base", commit.get().strip(), "HEAD")
        .map(String::strip)
        .orElseThrow(
            () -> new UserError(
                "\"" + base
                    + "\" and HEAD have no common commit; in CI, fetch the whole history (fetch-depth: 0)"));
  }

  /** The changed paths since a commit with their status letter, uncommitted and untracked ones among them. */
  List<String[]> changesSince(String commit) {
    List<String[]> changes = new ArrayList<>();
    String[] parts = required(
            "git cannot compare with " + commit,
            "diff",
            "--name-status",
            "-z",
            "--no-renames",
            "--no-ext-diff",
            "--no-textconv",
            commit,
            "--")
        .split("\0");
    for (int i = 0; i + 1 < parts.length; i += 2) {
      changes.add(new String[] {parts[i], parts[i + 1]});
    }
    String untracked =
        required("git cannot list files", "ls-files", "--others", "--exclude-standard", "-z");
    for (String path : untracked.split("\0")) {
      if (!path.isEmpty()) {
        changes.add(new String[] {"A", path});
      }
    }
    return changes;
  }

  /** A file's content at a commit. */
  Optional<byte[]> show(String commit, String path) {
    return bytes("cat-file", "blob", commit + ":" + path);
  }

  /** The messages of the commits since another. */
  List<String> messagesSince(String commit) {
    return List.of(run("log", "--max-count=100", "--format=%B%x00", commit + "..HEAD")
        .orElse("")
        .split("\0"));
  }

  private String required(String failure, String... arguments) {
    return run(arguments).orElseThrow(() -> new UserError(failure));
  }

  private Optional<String> run(String... arguments) {
    return bytes(arguments).map(b -> new String(b, StandardCharsets.UTF_8));
  }

  private Optional<byte[]> bytes(String... arguments) {
    List<String> command =
        new ArrayList<>(List.of("git", "-c", "core.quotepath=off", "-c", "core.fsmonitor=false"));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command)
          .directory(directory.toFile())
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      process.getOutputStream().close();
      byte[] output = readBounded(process);
      if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new UserError("git did not answer within " + MAX_SECONDS + " s");
      }
      return process.exitValue() == 0 ? Optional.of(output) : Optional.empty();
    } catch (IOException e) {
      throw new UserError("git cannot be run: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("interrupted");
    }
  }

  private static byte[] readBounded(Process process) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try (InputStream in = process.getInputStream()) {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        output.write(buffer, 0, n);
        if (output.size() > MAX_OUTPUT) {
          process.destroyForcibly();
          throw new UserError("git's output is larger than " + (MAX_OUTPUT >> 20) + " MiB");
        }
      }
    }
    return output.toByteArray();
  }
}
