package dev.plimsoll.catalog.source;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plimsoll.catalog.CatalogReading;
import dev.plimsoll.catalog.CatalogState;
import dev.plimsoll.catalog.file.CatalogFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The last good catalog of each source, in a directory. A catalog is replaced only by one that has been read without a problem, and never by
 * half of one: its text is written under a new name, and the note about it, which names that text, is moved into place last.
 *
 * <p>Safe for threads of one process. Two processes on one directory do not break it: the later one wins.
 */
public final class CatalogStore {

  /**
   * What is noted about a catalog.
   *
   * @param origin where it came from, for people; another origin makes the ETag void
   * @param fetchedAt when it came
   * @param etag as the server gave it
   * @param lastError why the newest attempt brought nothing; empty when it did
   * @param content the name of the file with the text
   */
  public record Entry(
      String origin,
      Instant fetchedAt,
      Optional<String> etag,
      Optional<String> lastError,
      Path content) {}

  /** Writes a catalog's text into a file, and says how reading it goes. */
  interface Filling {
    CatalogReading fill(Path file) throws IOException;
  }

  private static final ObjectMapper JSON = JsonMapper.builder()
      .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .build();

  private static final int READING_ATTEMPTS = 10;

  private final Path directory;
  private final ConcurrentHashMap<String, ReentrantLock> locks = new ConcurrentHashMap<>();

  /**
   * @param directory is made when it is missing
   */
  public CatalogStore(Path directory) {
    this.directory = directory;
  }

  /** The note about a source's catalog; empty when none is kept. */
  public Optional<Entry> entry(String source) {
    return locked(source, () -> read(source));
  }

  private Optional<Entry> read(String source) {
    try {
      ObjectNode note = JSON.readValue(Files.readString(note(source)), ObjectNode.class);
      String content = text(note, "content").orElse("");
      Optional<Instant> fetchedAt = text(note, "fetched_at").map(Instant::parse);
      Path file = directory.resolve(key(source) + "." + content + ".json");
      boolean whole =
          content.matches("[0-9a-f]{1,64}") && fetchedAt.isPresent() && Files.isRegularFile(file);
      return whole
          ? Optional.of(new Entry(
              text(note, "origin").orElse(""),
              fetchedAt.get(),
              text(note, "etag"),
              text(note, "last_error"),
              file))
          : Optional.empty();
    } catch (IOException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /** What a review knows from this source. Reads the catalog anew: who asks often keeps the answer until {@link #entry} changes. */
  public CatalogState state(String source) {
    for (int attempt = 0; attempt < READING_ATTEMPTS; attempt++) {
      Optional<Entry> kept = entry(source);
      if (kept.isEmpty()) {
        return new CatalogState.Missing(lastError(source)
            .map(e -> "the catalog could not be fetched: " + e)
            .orElse("the catalog was not fetched yet"));
      }
      String origin = kept.get().origin();
      try (InputStream in = Files.newInputStream(kept.get().content())) {
        return CatalogState.of(
            CatalogFile.read(in),
            origin,
            kept.get().lastError().map(e -> "the last attempt to fetch it failed: " + e));
      } catch (NoSuchFileException e) {
        // A newer one took its place since the note was read.
        continue;
      } catch (IOException e) {
        return new CatalogState.Broken(
            origin, List.of("the kept catalog cannot be read: " + e.getMessage()));
      }
    }
    return new CatalogState.Missing("the catalog was replaced again and again while it was read");
  }

  /** Keeps a catalog that came by another way, a push or a sample over JDBC, if it can be read; tells how reading it went. */
  public CatalogReading put(String source, String origin, byte[] json, Instant now)
      throws IOException {
    return put(source, origin, Optional.empty(), now, file -> {
      Files.write(file, json);
      return CatalogFile.read(json);
    });
  }

  CatalogReading put(
      String source, String origin, Optional<String> etag, Instant now, Filling filling)
      throws IOException {
    Files.createDirectories(directory);
    Path incoming = Files.createTempFile(directory, key(source) + ".", ".incoming");
    try {
      CatalogReading reading = filling.fill(incoming);
      if (reading instanceof CatalogReading.Ok) {
        ReentrantLock lock = lock(source);
        lock.lock();
        try {
          keep(source, origin, etag, now, incoming);
        } finally {
          lock.unlock();
        }
      }
      return reading;
    } finally {
      Files.deleteIfExists(incoming);
    }
  }

  private void keep(String source, String origin, Optional<String> etag, Instant now, Path incoming)
      throws IOException {
    Optional<Entry> before = read(source);
    String content =
        Long.toHexString(now.toEpochMilli()) + Long.toHexString(System.nanoTime() & 0xffffff);
    Path file = directory.resolve(key(source) + "." + content + ".json");
    force(incoming);
    Files.move(incoming, file, StandardCopyOption.ATOMIC_MOVE);
    ObjectNode note = JSON.createObjectNode()
        .put("source", source)
        .put("origin", origin)
        .put("fetched_at", now.toString())
        .put("content", content);
    etag.ifPresent(e -> note.put("etag", e));
    write(source, note);
    if (before.isPresent() && !before.get().content().equals(file)) {
      Files.deleteIfExists(before.get().content());
    }
  }

  /** Notes why the newest attempt brought nothing. The catalog that is kept stays. */
  void failed(String source, String error) throws IOException {
    change(source, note -> note.put("source", source).put("last_error", error));
  }

  /** Notes that the newest attempt found the catalog that is kept to be the current one. */
  void confirmed(String source) throws IOException {
    change(source, note -> note.without("last_error"));
  }

  private interface Change {
    void to(ObjectNode note);
  }

  private void change(String source, Change change) throws IOException {
    ReentrantLock lock = lock(source);
    lock.lock();
    try {
      Files.createDirectories(directory);
      ObjectNode note = readNote(source).orElseGet(JSON::createObjectNode);
      change.to(note);
      write(source, note);
    } finally {
      lock.unlock();
    }
  }

  private <T> T locked(String source, Supplier<T> work) {
    ReentrantLock lock = lock(source);
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  private ReentrantLock lock(String source) {
    return locks.computeIfAbsent(key(source), k -> new ReentrantLock());
  }

  private Optional<String> lastError(String source) {
    return readNote(source).flatMap(note -> text(note, "last_error"));
  }

  private Optional<ObjectNode> readNote(String source) {
    try {
      return Optional.of(JSON.readValue(Files.readString(note(source)), ObjectNode.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void write(String source, ObjectNode note) throws IOException {
    Path incoming = Files.createTempFile(directory, key(source) + ".", ".incoming");
    Files.writeString(incoming, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(note));
    force(incoming);
    Files.move(
        incoming,
        note(source),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private Path note(String source) {
    return directory.resolve(key(source) + ".note.json");
  }

  /** A source is named by a repository and a database, or a URL: its digest makes a safe file name of any. */
  private static String key(String source) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static Optional<String> text(ObjectNode note, String key) {
    return Optional.ofNullable(note.get(key)).filter(v -> v.isTextual()).map(v -> v.textValue());
  }
}
