package dev.plimsoll.server.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import javax.sql.DataSource;

/** A statement with its parameters, each call in a transaction of its own. */
final class Sql {

  private final DataSource source;
  private final Optional<Lock> oneWriter;

  Sql(Storage storage) {
    this.source = storage.source();
    this.oneWriter = storage.oneWriter();
  }

  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  @FunctionalInterface
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  <T> List<T> query(String sql, Row<T> row, Object... parameters) {
    try (Connection connection = source.getConnection()) {
      return query(connection, sql, row, parameters);
    } catch (SQLException e) {
      throw new StorageException(e);
    }
  }

  <T> Optional<T> first(String sql, Row<T> row, Object... parameters) {
    return query(sql, row, parameters).stream().findFirst();
  }

  int update(String sql, Object... parameters) {
    return inTransaction(c -> update(c, sql, parameters));
  }

  static <T> List<T> query(Connection connection, String sql, Row<T> row, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      List<T> all = new ArrayList<>();
      while (rows.next()) {
        all.add(row.read(rows));
      }
      return all;
    }
  }

  static int update(Connection connection, String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, parameters)) {
      return statement.executeUpdate();
    }
  }

  <T> T inTransaction(Work<T> work) {
    oneWriter.ifPresent(Lock::lock);
    try {
      return committed(work);
    } finally {
      oneWriter.ifPresent(Lock::unlock);
    }
  }

  private <T> T committed(Work<T> work) {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.run(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new StorageException(e);
    }
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }
}
