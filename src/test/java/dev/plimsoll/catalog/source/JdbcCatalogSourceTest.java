package dev.plimsoll.catalog.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.catalog.CatalogReading;
import dev.plimsoll.catalog.source.JdbcCatalogSource.Sample;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.testing.PostgresDatabase;
import dev.plimsoll.testing.ProvedOn;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JdbcCatalogSourceTest {

  @ProvedOn(postgres = {12, 17, 18})
  void takesACatalogWithEveryNameInItsSchema(PostgresDatabase database) throws Exception {
    database.run(
        "CREATE TYPE mood AS ENUM ('glad'); CREATE TABLE orders (id serial, m mood DEFAULT 'glad')");

    Sample sample = new JdbcCatalogSource(address(database), Duration.ofMinutes(1)).take();

    assertThat(sample)
        .isInstanceOfSatisfying(
            Sample.Taken.class,
            taken -> assertThat(taken.catalog())
                .isInstanceOfSatisfying(CatalogReading.Ok.class, ok -> {
                  var orders = ok.catalog()
                      .table(RelationName.of("public", "orders"))
                      .orElseThrow()
                      .table();
                  assertThat(orders.column("id").orElseThrow().defaultSql())
                      .contains("nextval('public.orders_id_seq'::regclass)");
                  assertThat(orders.column("m").orElseThrow().defaultSql())
                      .contains("'glad'::public.mood");
                  assertThat(orders.column("m").orElseThrow().type().sql())
                      .isEqualTo("public.mood");
                  assertThat(ok.catalog().server().setting("statement_timeout"))
                      .as("not the session's own")
                      .contains("0ms");
                  assertThat(ok.catalog().server().setting("lock_timeout"))
                      .as("not the session's own")
                      .contains("0ms");
                }));
  }

  @ProvedOn(postgres = {17})
  void leavesNothingBehind(PostgresDatabase database) throws Exception {
    database.run("CREATE TABLE orders (id int)");
    new JdbcCatalogSource(address(database), Duration.ofMinutes(1)).take();

    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        var sessions = statement.executeQuery(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'plimsoll catalog' AND state <> 'idle'")) {
      sessions.next();
      assertThat(sessions.getInt(1)).isZero();
    }
  }

  @ProvedOn(postgres = {12, 17, 18})
  void givesUpAfterATime(PostgresDatabase database) throws Exception {
    database.run("CREATE TABLE orders (id int)");
    try (Connection other = database.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE");

      Sample sample = new JdbcCatalogSource(address(database), Duration.ofMillis(300)).take();

      assertThat(sample)
          .isInstanceOfSatisfying(
              Sample.Failed.class,
              failed -> assertThat(failed.reason()).contains("statement timeout"));
      other.rollback();
    }
  }

  @ProvedOn(postgres = {17})
  void saysWhyItCannotAndNotThePassword(PostgresDatabase database) {
    PostgresAddress gone = PostgresAddress.parse(
            database.jdbcUrl().replace("test_", "gone_") + "&password=hunter2")
        .orElseThrow();

    Sample sample = new JdbcCatalogSource(gone, Duration.ofSeconds(5)).take();

    assertThat(sample)
        .isInstanceOfSatisfying(
            Sample.Failed.class,
            failed -> assertThat(failed.reason())
                .contains("gone_")
                .contains("does not exist")
                .doesNotContain("hunter2"));
  }

  @Test
  void saysThatNobodyAnswers() {
    PostgresAddress nobody = new PostgresAddress(
        "jdbc:postgresql://127.0.0.1:1/shop", Optional.of("eve"), Optional.empty());

    assertThat(new JdbcCatalogSource(nobody, Duration.ofSeconds(5)).take())
        .isInstanceOfSatisfying(
            Sample.Failed.class, failed -> assertThat(failed.reason()).contains("refused"));
  }

  private static PostgresAddress address(PostgresDatabase database) {
    return PostgresAddress.parse(database.jdbcUrl()).orElseThrow();
  }
}
