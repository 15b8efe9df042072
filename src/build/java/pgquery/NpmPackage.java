package pgquery;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * One version of an npm package, known by its checksum. It is fetched once by the machine's own {@code npm} (whose
 * configuration says from which registry) and kept outside {@code target}, so that later builds work offline.
 */
record NpmPackage(String name, String version, String sha512) {

  /** The bytes of one file of the package, for example {@code package/LICENSE}. */
  byte[] read(String entry) throws IOException {
    return entryOf(tarball(), entry);
  }

  private byte[] tarball() throws IOException {
    Path cached = cacheDirectory().resolve(tarballName());
    if (Files.exists(cached)) {
      byte[] bytes = Files.readAllBytes(cached);
      if (sha512(bytes).equals(sha512)) {
        return bytes;
      }
      System.err.println(cached + " is damaged (its sha512 is wrong); fetching it again");
    }
    return fetchInto(cached);
  }

  private byte[] fetchInto(Path cached) throws IOException {
    Files.createDirectories(cached.getParent());
    Path workspace = Files.createTempDirectory(cached.getParent(), "fetch");
    try {
      npmPack(workspace);
      Path fetched = workspace.resolve(tarballName());
      byte[] bytes = Files.readAllBytes(fetched);
      if (!sha512(bytes).equals(sha512)) {
        throw new BuildStopped("npm served a " + name + " " + version
            + " whose sha512 is not the expected one; it is not" + " used. Expected " + sha512
            + ", got " + sha512(bytes) + ".");
      }
      Files.move(
          fetched, cached, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return bytes;
    } finally {
      deleteRecursively(workspace);
    }
  }

  private void npmPack(Path workspace) throws IOException {
    System.err.println(
        "Fetching PostgreSQL's parser (" + name + " " + version + ") with npm, once");
    String needed = "npm is needed once to fetch the PostgreSQL parser (npm package " + name + " "
        + version + "). ";
    Process npm;
    try {
      npm = new ProcessBuilder("npm", "pack", "--silent", name + "@" + version)
          .directory(workspace.toFile())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
    } catch (IOException noSuchProgram) {
      throw new BuildStopped(needed + "It was not found: install Node.js with npm, or put "
          + tarballName() + " into " + cacheDirectory() + ".");
    }
    try {
      if (npm.waitFor() != 0 || !Files.exists(workspace.resolve(tarballName()))) {
        throw new BuildStopped(needed + "`npm pack " + name + "@" + version
            + "` failed: is the network reachable? Or put " + tarballName() + " into "
            + cacheDirectory() + ".");
      }
    } catch (InterruptedException e) {
      npm.destroy();
      Thread.currentThread().interrupt();
      throw new BuildStopped("interrupted while npm was running");
    }
  }

  private String tarballName() {
    return name + "-" + version + ".tgz";
  }

  private static Path cacheDirectory() {
    String chosen = System.getenv("PLIMSOLL_CACHE");
    if (chosen != null && !chosen.isBlank()) {
      return Path.of(chosen);
    }
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path caches = xdg != null && !xdg.isBlank()
        ? Path.of(xdg)
        : Path.of(System.getProperty("user.home"), ".cache");
    return caches.resolve("plimsoll");
  }

  /** A tar file is a sequence of 512-byte headers, each followed by the file's bytes padded to 512. */
  private static byte[] entryOf(byte[] tarball, String wanted) throws IOException {
    try (InputStream tar = new GZIPInputStream(new ByteArrayInputStream(tarball))) {
      for (byte[] header = tar.readNBytes(512);
          header.length == 512 && header[0] != 0;
          header = tar.readNBytes(512)) {
        int size = Integer.parseInt(text(header, 124, 12).strip(), 8);
        byte[] content = tar.readNBytes(size);
        if (text(header, 0, 100).equals(wanted)) {
          return content;
        }
        tar.skipNBytes((512 - size % 512) % 512);
      }
    }
    throw new BuildStopped("the package has no " + wanted);
  }

  private static String text(byte[] header, int from, int length) {
    String field = new String(header, from, length, StandardCharsets.US_ASCII);
    int end = field.indexOf('\0');
    return end < 0 ? field : field.substring(0, end);
  }

  static String sha512(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-512", e);
    }
  }

  private static void deleteRecursively(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
