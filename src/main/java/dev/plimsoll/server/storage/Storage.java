package dev.plimsoll.server.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The database that the server keeps its state in, with its schema up to date. */
public final class Storage implements AutoCloseable {

  private static final String SQLITE = "jdbc:sqlite:";

  private final HikariDataSource source;
  private final boolean sqlite;
  private final Lock oneWriter = new ReentrantLock(true);

  private Storage(HikariDataSource source, boolean sqlite) {
    this.source = source;
    this.sqlite = sqlite;
  }

  /**
   * Opens the database and migrates it.
   *
   * @param url {@code jdbc:sqlite:FILE} or {@code jdbc:postgresql://...}
   */
  public static Storage open(String url) {
    boolean sqlite = url.startsWith(SQLITE);
    HikariConfig config = new HikariConfig();
    config.setPoolName("state");
    if (sqlite) {
      makeDirectory(Path.of(url.substring(SQLITE.length())));
      // FULL: a commit outlives a power cut. IMMEDIATE: a transaction that will write takes the
      // lock at its beginning, where it can wait.
      config.setJdbcUrl(
          url
              + "?journal_mode=WAL&synchronous=FULL&busy_timeout=10000&foreign_keys=true&transaction_mode=IMMEDIATE");
      config.setMaximumPoolSize(4);
      config.setMinimumIdle(1);
    } else {
      config.setJdbcUrl(url);
      config.setMaximumPoolSize(10);
      config.setMinimumIdle(1);
    }
    HikariDataSource source = new HikariDataSource(config);
    Flyway.configure(Storage.class.getClassLoader())
        .dataSource(source)
        .locations("classpath:dev/plimsoll/server/storage/" + (sqlite ? "sqlite" : "postgresql"))
        .table("plimsoll_schema_history")
        .load()
        .migrate();
    return new Storage(source, sqlite);
  }

  private static void makeDirectory(Path file) {
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the directory of " + file + " cannot be made", e);
    }
  }

  public DataSource source() {
    return source;
  }

  public boolean isSqlite() {
    return sqlite;
  }

  /** SQLite lets one write at a time, and who finds it locked sleeps for ever longer: a queue in front of it is faster and fair. */
  Optional<Lock> oneWriter() {
    return sqlite ? Optional.of(oneWriter) : Optional.empty();
  }

  /** Whether the database answers. */
  public boolean isReady() {
    try (Connection connection = source.getConnection()) {
      return connection.isValid(2);
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void close() {
    source.close();
  }
}
