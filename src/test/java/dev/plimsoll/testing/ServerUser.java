package dev.plimsoll.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs programs as a user that PostgreSQL accepts: the one who runs the tests or, as PostgreSQL refuses to run as root,
 * {@code nobody} in root's place.
 */
final class ServerUser {
  private static final String ROOT = "root";
  private static final String SUBSTITUTE = "nobody";

  private ServerUser() {}

  private static boolean isSubstituted() {
    return System.getProperty("user.name").equals(ROOT);
  }

  /** A directory that the server's user owns; its path is short because it will hold unix sockets. */
  static Path home() throws IOException {
    Path home = Path.of("/tmp/plimsoll-postgres-" + System.getProperty("user.name"));
    if (!Files.exists(home)) {
      Files.createDirectories(home);
      give(home);
    }
    if (!Files.getOwner(home).equals(owner(home))) {
      throw new IOException(home + " belongs to somebody else: remove it");
    }
    return home;
  }

  /** A new directory under {@link #home()} that nobody else can read. */
  static Path newDirectory(String purpose) throws IOException {
    Path directory = Files.createTempDirectory(home(), purpose + "-");
    give(directory);
    return directory;
  }

  private static void give(Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    Files.setOwner(directory, owner(directory));
  }

  private static UserPrincipal owner(Path path) throws IOException {
    String name = isSubstituted() ? SUBSTITUTE : System.getProperty("user.name");
    return path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
  }

  /** How to start this command as the server's user. */
  static ProcessBuilder command(List<String> command) throws IOException {
    List<String> full = new ArrayList<>();
    if (isSubstituted()) {
      full.addAll(List.of(
          "setpriv", "--reuid", SUBSTITUTE, "--regid", groupOfSubstitute(), "--clear-groups"));
    }
    full.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(full).directory(home().toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
    builder.environment().put("HOME", home().toString());
    builder.environment().put("LC_ALL", "C");
    return builder;
  }

  private static String groupOfSubstitute() throws IOException {
    Process id = new ProcessBuilder("id", "-g", SUBSTITUTE).start();
    return new String(id.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  /** Runs a command to its end; fails with what it printed. */
  static void run(InputStream input, String... command) throws IOException {
    Path output = Files.createTempFile("plimsoll", ".log");
    try {
      Process process = command(List.of(command))
          .redirectErrorStream(true)
          .redirectOutput(output.toFile())
          .start();
      try (OutputStream stdin = process.getOutputStream()) {
        input.transferTo(stdin);
      }
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + " failed: " + Files.readString(output));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + command[0] + " was running", e);
    } finally {
      Files.delete(output);
    }
  }

  static void delete(Path directory) throws IOException {
    run(InputStream.nullInputStream(), "rm", "-rf", directory.toString());
  }
}
