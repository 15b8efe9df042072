package dev.plimsoll.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresServerTest {

  @ProvedOn(postgres = {12, 13, 14, 15, 16, 17, 18})
  void isOfTheVersionThatWasAskedFor(PostgresDatabase database) throws SQLException {
    assertThat(ask(database, "SHOW server_version")).startsWith(database.major() + ".");
  }

  @ProvedOn(postgres = {12, 18})
  void givesEachTestAnEmptyDatabase(PostgresDatabase database) throws SQLException {
    database.run("CREATE TABLE t (a int); INSERT INTO t SELECT generate_series(1, 10)");

    try (PostgresDatabase another = PostgresServer.of(database.major()).freshDatabase()) {
      assertThat(ask(database, "SELECT count(*) FROM t")).isEqualTo("10");
      assertThat(ask(another, "SELECT to_regclass('t') IS NULL")).isEqualTo("t");
    }
  }

  @ProvedOn(postgres = {12, 18})
  void hasNothingThatDisturbsMeasurements(PostgresDatabase database) throws SQLException {
    assertThat(ask(database, "SHOW autovacuum")).isEqualTo("off");
    assertThat(ask(database, "SHOW max_parallel_maintenance_workers")).isEqualTo("0");
  }

  @Test
  void dropsADatabaseThatIsInUse() throws SQLException {
    List<Integer> used = new ArrayList<>();
    PostgresDatabase database = PostgresServer.of(17).freshDatabase();
    try (Connection connection = database.connect()) {
      used.add(connection.getMetaData().getDatabaseMajorVersion());
      database.close();
    }
    try (PostgresDatabase other = PostgresServer.of(17).freshDatabase()) {
      assertThat(used).containsExactly(17);
      assertThat(ask(
              other, "SELECT count(*) FROM pg_database WHERE datname = '" + database.name() + "'"))
          .isEqualTo("0");
    }
  }

  @Test
  void isSharedByAllTests() {
    assertThat(PostgresServer.of(17)).isSameAs(PostgresServer.of(17));
  }

  private static String ask(PostgresDatabase database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
