package dev.plimsoll.migration.format;

import static java.util.Map.entry;

import dev.plimsoll.sql.Engine;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Repositories that support several engines keep a migration for each, in folders (or with a part of the file's name) that
 * are named after the engine: Flyway's {@code {vendor}}, {@code clickhouse/migrations}, {@code x.mysql.up.sql}.
 */
final class EngineFolder {

  /** The engines whose migrations these are. Those that Plimsoll does not read have none. */
  private static final Map<String, Set<Engine>> NAMES = Map.ofEntries(
      entry("postgresql", Set.of(Engine.POSTGRESQL)),
      entry("postgres", Set.of(Engine.POSTGRESQL)),
      entry("pgsql", Set.of(Engine.POSTGRESQL)),
      entry("psql", Set.of(Engine.POSTGRESQL)),
      entry("pg", Set.of(Engine.POSTGRESQL)),
      entry("mysql", Set.of(Engine.MYSQL, Engine.MARIADB)),
      entry("mariadb", Set.of(Engine.MARIADB, Engine.MYSQL)),
      entry("sqlserver", Set.of(Engine.SQLSERVER)),
      entry("mssql", Set.of(Engine.SQLSERVER)),
      entry("oracle", Set.of(Engine.ORACLE)),
      entry("sqlite", Set.of(Engine.SQLITE)),
      entry("sqlite3", Set.of(Engine.SQLITE)),
      entry("h2", Set.of(Engine.H2)),
      entry("hsqldb", Set.of()),
      entry("derby", Set.of()),
      entry("db2", Set.of()),
      entry("clickhouse", Set.of()),
      entry("cassandra", Set.of()),
      entry("snowflake", Set.of()),
      entry("bigquery", Set.of()),
      entry("duckdb", Set.of()));

  private EngineFolder() {}

  /** The word in a path that says that the file is for another engine; none where one says that it is for this one. */
  static Optional<String> ofAnotherEngine(String path, Engine engine) {
    String other = null;
    for (String word : path.toLowerCase(Locale.ROOT).split("[/.]")) {
      Set<Engine> engines = NAMES.get(word);
      if (engines == null) {
        continue;
      }
      if (engines.contains(engine)) {
        return Optional.empty();
      }
      other = word;
    }
    return Optional.ofNullable(other);
  }
}
