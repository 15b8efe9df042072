package dev.plimsoll.catalog.source;

import dev.plimsoll.catalog.CatalogReading;
import dev.plimsoll.catalog.file.CatalogFile;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;

/**
 * Takes the catalog of a database over JDBC: in one read-only transaction that waits for no lock longer than a moment and gives up after a
 * time, with an empty search path so that every name in the result has its schema.
 *
 * <p>The driver sets the session's time zone to its own, so the server's stays unknown on this way.
 */
public final class JdbcCatalogSource {

  /** Long enough for 100,000 tables on a busy server. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(5);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);

  /** The query queues behind an ACCESS EXCLUSIVE lock, and others would not queue behind it; but it need not wait for hours. */
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(10);

  /** What became of it. */
  public sealed interface Sample {

    /**
     * @param json the catalog's file, in UTF-8
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Taken(byte[] json) implements Sample {
      public CatalogReading catalog() {
        return CatalogFile.read(json);
      }
    }

    /**
     * @param reason for people; without the password
     */
    record Failed(String reason) implements Sample {}
  }

  private final PostgresAddress address;
  private final Duration timeout;

  public JdbcCatalogSource(PostgresAddress address, Duration timeout) {
    this.address = address;
    this.timeout = timeout;
  }

  public Sample take() {
    Properties properties = address.properties();
    properties.setProperty("ApplicationName", "plimsoll catalog");
    properties.setProperty("readOnly", "true");
    properties.setProperty("connectTimeout", String.valueOf(CONNECT_TIMEOUT.toSeconds()));
    properties.setProperty("loginTimeout", String.valueOf(CONNECT_TIMEOUT.toSeconds()));
    properties.setProperty(
        "socketTimeout", String.valueOf(timeout.plusSeconds(30).toSeconds()));
    try (Connection connection = DriverManager.getConnection(address.url(), properties)) {
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET LOCAL statement_timeout = " + timeout.toMillis());
        statement.execute("SET LOCAL lock_timeout = " + LOCK_TIMEOUT.toMillis());
        statement.execute("SET LOCAL search_path = pg_catalog");
        return json(statement);
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      return new Sample.Failed(
          "the catalog cannot be taken from " + address + ": " + withoutPassword(e));
    }
  }

  private static Sample json(Statement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery(CatalogQuery.sql())) {
      if (!result.next()) {
        return new Sample.Failed("the query gave no row");
      }
      return new Sample.Taken(result.getString(1).getBytes(StandardCharsets.UTF_8));
    }
  }

  private String withoutPassword(SQLException e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return address
        .password()
        .filter(p -> !p.isEmpty())
        .map(p -> message.replace(p, "***"))
        .orElse(message);
  }
}
