package dev.plimsoll.impact.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server did when it ran a statement: seen from a second session before the transaction ends, and from the server's own debug
 * messages.
 *
 * @param sqlState of the error; absent when it went through
 * @param locks the strongest mode on each table that was there before, as PostgreSQL spells it in {@code pg_locks}
 * @param tables those that were there before
 */
record Observation(
    Optional<String> sqlState,
    Set<String> tables,
    Map<String, String> locks,
    Set<String> rewritten,
    Set<String> verified,
    Set<String> indexesBuilt,
    boolean checkedForeignKeys) {

  private static final Pattern MESSAGE = Pattern.compile(
      "(rewriting table|verifying table|building index|validating foreign key constraint) \"([^\"]+)\"(?: on table \"([^\"]+)\")?.*");

  private static final String LOCKS = """
      SELECT c.relname, l.mode
      FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
      WHERE l.pid = ? AND l.granted AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.oid = ANY (?)
      """;

  private static final String TABLES =
      "SELECT oid, relname FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND relnamespace NOT IN ('pg_catalog'::regnamespace, 'pg_toast'::regnamespace, 'information_schema'::regnamespace)";

  static Observation of(Connection session, Connection observer, String before, String sql)
      throws SQLException {
    session.setAutoCommit(true);
    Map<Long, String> tables = tables(observer);
    int pid = pid(session);
    session.setAutoCommit(false);
    try (Statement statement = session.createStatement()) {
      if (!before.isBlank()) {
        statement.execute(before);
      }
      statement.execute("SET LOCAL client_min_messages = debug1");
      statement.clearWarnings();
      Optional<String> error = Optional.empty();
      try {
        statement.execute(sql);
      } catch (SQLException e) {
        error = Optional.of(e.getSQLState());
      }
      Builder builder = new Builder();
      for (SQLWarning warning = statement.getWarnings();
          warning != null;
          warning = warning.getNextWarning()) {
        builder.message(warning.getMessage());
      }
      // After an error the transaction has ended in all but name and its locks are gone.
      Map<String, String> locks =
          error.isPresent() ? Map.of() : locks(observer, pid, tables.keySet().toArray(Long[]::new));
      return new Observation(
          error,
          Set.copyOf(tables.values()),
          locks,
          builder.rewritten,
          builder.verified,
          builder.built,
          builder.foreignKeys);
    } finally {
      session.rollback();
    }
  }

  Observation withoutIndexBuilds() {
    return new Observation(
        sqlState, tables, locks, rewritten, verified, Set.of(), checkedForeignKeys);
  }

  private static final class Builder {
    final Set<String> rewritten = new TreeSet<>();
    final Set<String> verified = new TreeSet<>();
    final Set<String> built = new TreeSet<>();
    boolean foreignKeys;

    void message(String text) {
      Matcher matcher = MESSAGE.matcher(text);
      if (!matcher.matches()) {
        return;
      }
      switch (matcher.group(1)) {
        case "rewriting table" -> rewritten.add(matcher.group(2));
        case "verifying table" -> verified.add(matcher.group(2));
        case "building index" -> {
          if (!matcher.group(3).startsWith("pg_toast")) {
            built.add(matcher.group(3));
          }
        }
        default -> foreignKeys = true;
      }
    }
  }

  private static Map<String, String> locks(Connection observer, int pid, Long[] tables)
      throws SQLException {
    Map<String, String> strongest = new TreeMap<>();
    try (PreparedStatement query = observer.prepareStatement(LOCKS)) {
      query.setInt(1, pid);
      query.setArray(2, observer.createArrayOf("oid", tables));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          strongest.merge(rows.getString(1), rows.getString(2), Observation::stronger);
        }
      }
    }
    return strongest;
  }

  private static final java.util.List<String> MODES = java.util.List.of(
      "AccessShareLock",
      "RowShareLock",
      "RowExclusiveLock",
      "ShareUpdateExclusiveLock",
      "ShareLock",
      "ShareRowExclusiveLock",
      "ExclusiveLock",
      "AccessExclusiveLock");

  private static String stronger(String a, String b) {
    return MODES.indexOf(a) >= MODES.indexOf(b) ? a : b;
  }

  private static Map<Long, String> tables(Connection observer) throws SQLException {
    Map<Long, String> names = new TreeMap<>();
    try (Statement statement = observer.createStatement();
        ResultSet rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        names.put(rows.getLong(1), rows.getString(2));
      }
    }
    return names;
  }

  private static int pid(Connection session) throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
      row.next();
      return row.getInt(1);
    }
  }
}
