package dev.plimsoll.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** An empty database of a test's own, on a {@link PostgresServer}. The user is the superuser {@code postgres}. */
public final class PostgresDatabase implements AutoCloseable {
  private final PostgresServer server;
  private final String name;

  PostgresDatabase(PostgresServer server, String name) {
    this.server = server;
    this.name = name;
  }

  public String name() {
    return name;
  }

  /** Major version of its server, for example 17. */
  public int major() {
    return server.major();
  }

  public String jdbcUrl() {
    return server.jdbcUrl(name);
  }

  public Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl());
  }

  /** Runs a script, each statement in a transaction of its own if it has just one, else all in one transaction. */
  public void run(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Drops the database, also when connections are open. */
  @Override
  public void close() {
    server.drop(name);
  }

  @Override
  public String toString() {
    return "PostgreSQL " + major() + ", database " + name;
  }
}
