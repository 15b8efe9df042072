package dev.plimsoll.migration.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.sql.SourceText;
import dev.plimsoll.sql.SqlScript;
import dev.plimsoll.sql.SqlStatement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.configuration.ClassicConfiguration;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.flywaydb.core.internal.resource.StringResource;
import org.flywaydb.core.internal.sqlscript.SqlStatementIterator;
import org.flywaydb.database.postgresql.PostgreSQLParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same statements, put to Flyway's own parser and to ours. */
class FlywayTransactionsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE INDEX CONCURRENTLY i ON t (a)",
        "create unique index concurrently if not exists i on t (a)",
        "CREATE INDEX i ON t (a)",
        "CREATE INDEX concurrently_built ON t (a)",
        "DROP INDEX CONCURRENTLY IF EXISTS i",
        "DROP INDEX i",
        "-- why\nDROP /* really */ INDEX\n\tCONCURRENTLY i",
        "CREATE DATABASE reports",
        "DROP DATABASE IF EXISTS reports",
        "ALTER DATABASE reports SET work_mem = '64MB'",
        "CREATE TABLESPACE fast LOCATION '/x'",
        "ALTER TABLE t SET TABLESPACE fast",
        "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p",
        "ALTER SUBSCRIPTION s REFRESH PUBLICATION",
        "ALTER SYSTEM SET work_mem = '64MB'",
        "REINDEX SCHEMA public",
        "REINDEX (VERBOSE) DATABASE app",
        "REINDEX VERBOSE SYSTEM app",
        "REINDEX TABLE t",
        "REINDEX INDEX CONCURRENTLY i",
        "REINDEX (CONCURRENTLY) TABLE t",
        "VACUUM",
        "VACUUM (FULL) t",
        "ANALYZE t",
        "CLUSTER t USING i",
        "DISCARD ALL",
        "DISCARD TEMP",
        "ALTER TABLE t DETACH PARTITION p CONCURRENTLY",
        "REFRESH MATERIALIZED VIEW CONCURRENTLY v",
        "SET lock_timeout = '5s'",
        "BEGIN",
        "COMMENT ON TABLE t IS 'VACUUM'",
        "INSERT INTO t VALUES ('x'); VACUUM t",
        "DO $$ BEGIN EXECUTE 'VACUUM'; END $$",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $x$ SELECT 1; $x$",
        "CREATE INDEX CONCURRENTLY i2 ON s1.t2 (a)",
        "DROP INDEX CONCURRENTLY \"I\"",
      })
  void agreesWithFlywaysOwnParser(String sql) {
    assertThat(ours(sql)).isEqualTo(flyways(sql));
  }

  private static List<Boolean> ours(String sql) {
    SqlScript script = ChangedFiles.READER.read(new SourceText("V1__x.sql", sql));
    List<SqlStatement> statements = script.statements();
    return statements.stream().map(FlywayTransactions::runsOutside).toList();
  }

  private static List<Boolean> flyways(String sql) {
    PostgreSQLParser parser =
        new PostgreSQLParser(new ClassicConfiguration(), new ParsingContext());
    List<Boolean> outside = new ArrayList<>();
    try (SqlStatementIterator statements = parser.parse(new StringResource(sql))) {
      while (statements.hasNext()) {
        outside.add(!statements.next().canExecuteInTransaction());
      }
    }
    return outside;
  }
}
