package dev.plimsoll.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of one PostgreSQL major version, unpacked, and a data directory that is initialised once and then copied.
 *
 * <p>They lie under the system's temporary directory and not under {@code target}, because the server may run as another
 * user, who need not be able to read the project's directory. They stay there for the next run, named by the jar's checksum.
 */
record PostgresInstallation(int major, Path directory) {
  private static final Path JARS =
      Path.of(System.getProperty("plimsoll.postgres.directory", "target/postgres"));

  /** Whether the build has fetched this version. */
  static boolean isAvailable(int major) {
    return Files.exists(jar(major));
  }

  static PostgresInstallation of(int major) {
    try {
      Path directory = ServerUser.home().resolve(major + "-" + checksum(jar(major)));
      if (!Files.exists(directory)) {
        install(major, directory);
      }
      return new PostgresInstallation(major, directory);
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL " + major + " cannot be unpacked", e);
    }
  }

  Path program(String name) {
    return directory.resolve("bin").resolve(name);
  }

  /** A data directory with the superuser {@code postgres}, who needs no password. */
  Path dataTemplate() {
    return directory.resolve("data");
  }

  private static Path jar(int major) {
    return JARS.resolve(major + ".jar");
  }

  private static void install(int major, Path directory) throws IOException {
    Path workspace = ServerUser.newDirectory("install");
    var installation = new PostgresInstallation(major, workspace);
    installation.unpack();
    installation.initialise();
    try {
      Files.move(workspace, directory, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException
        | java.nio.file.DirectoryNotEmptyException anotherProcessWasFaster) {
      ServerUser.delete(workspace);
    } catch (FileSystemException e) {
      if (!Files.exists(directory)) {
        throw e;
      }
      ServerUser.delete(workspace);
    }
  }

  /** The jar holds one {@code .txz}. */
  private void unpack() throws IOException {
    try (var jar = new ZipInputStream(Files.newInputStream(jar(major)))) {
      for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
        if (entry.getName().endsWith(".txz")) {
          ServerUser.run(new XZInputStream(jar), "tar", "-xf", "-", "-C", directory.toString());
          return;
        }
      }
    }
    throw new IOException(jar(major) + " has no .txz");
  }

  private void initialise() throws IOException {
    ServerUser.run(
        InputStream.nullInputStream(),
        program("initdb").toString(),
        "--pgdata=" + dataTemplate(),
        "--username=postgres",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C",
        "--no-sync");
  }

  private static String checksum(Path file) throws IOException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(Arrays.copyOf(digest, 6));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
