package dev.plimsoll.rules;

import static dev.plimsoll.testing.Given.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.sql.SourceText;
import dev.plimsoll.sql.SqlStatement;
import dev.plimsoll.sql.Statement.Opaque;
import dev.plimsoll.sql.postgres.PostgresReader;
import dev.plimsoll.testing.Given;
import dev.plimsoll.testing.PostgresDatabase;
import dev.plimsoll.testing.ProvedOn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a fix is worth: real servers take its statements as they are, and the finding that it is for does not come back. */
class FixesTest {

  private static final PostgresReader READER = new PostgresReader();

  /** A rule and a statement on the shop's tables that it has a fix for. */
  record Case(String rule, String sql) {}

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            "required-column-without-default",
            "ALTER TABLE orders ADD COLUMN status text NOT NULL"),
        new Case(
            "required-column-without-default",
            "ALTER TABLE countries ADD COLUMN \"Zone\" varchar(10) NOT NULL"),
        new Case(
            "new-column-rewrites-table",
            "ALTER TABLE orders ADD COLUMN token text NOT NULL DEFAULT md5(random()::text)"),
        new Case("new-column-rewrites-table", "ALTER TABLE orders ADD COLUMN n bigserial"),
        new Case(
            "new-column-rewrites-table",
            "ALTER TABLE orders ADD COLUMN n int GENERATED ALWAYS AS IDENTITY"),
        new Case(
            "new-column-rewrites-table",
            "ALTER TABLE orders ADD COLUMN cents int GENERATED ALWAYS AS (total * 100) STORED"),
        new Case("type-change-rewrites-table", "ALTER TABLE orders ALTER COLUMN total TYPE bigint"),
        new Case(
            "type-change-rewrites-table",
            "ALTER TABLE orders ALTER COLUMN total TYPE text USING total::text || ' EUR'"),
        new Case(
            "type-change-rewrites-table",
            "ALTER TABLE orders ALTER COLUMN placed_at TYPE date USING placed_at::date"),
        new Case("type-change-rewrites-table", "ALTER TABLE orders ALTER COLUMN id TYPE numeric"),
        new Case(
            "not-null-scans-table", "ALTER TABLE archived_orders ALTER COLUMN number SET NOT NULL"),
        new Case("not-null-meets-nulls", "ALTER TABLE orders ALTER COLUMN note SET NOT NULL"),
        new Case("constraint-scans-table", "ALTER TABLE orders ADD CHECK (total >= 0)"),
        new Case(
            "constraint-scans-table",
            "ALTER TABLE orders ADD COLUMN weight int NOT NULL DEFAULT 1 CHECK (weight > 0)"),
        new Case(
            "constraint-scans-table",
            "ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers MATCH FULL ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED"),
        new Case(
            "constraint-scans-table",
            "ALTER TABLE orders ADD COLUMN buyer bigint DEFAULT 1 REFERENCES customers (id)"),
        new Case(
            "constraint-scans-table",
            "ALTER TABLE visits ADD FOREIGN KEY (id) REFERENCES customers (id)"),
        new Case("constraint-builds-index", "ALTER TABLE orders ADD UNIQUE (number)"),
        new Case("constraint-builds-index", "ALTER TABLE orders ADD COLUMN ref text UNIQUE"),
        new Case(
            "constraint-builds-index",
            "ALTER TABLE events ADD CONSTRAINT events_pk PRIMARY KEY (shop, n)"),
        new Case(
            "index-blocks-writes",
            "CREATE INDEX ON orders (customer_id, total DESC) INCLUDE (number) WHERE note IS NOT NULL"),
        new Case("index-blocks-writes", "CREATE INDEX visits_at ON visits (at)"),
        new Case("column-dropped-while-in-use", "ALTER TABLE orders DROP COLUMN number"),
        new Case("rename-breaks-running-code", "ALTER TABLE orders RENAME TO purchases"),
        new Case("rename-breaks-running-code", "ALTER TABLE orders RENAME COLUMN number TO code"),
        new Case(
            "unbounded-data-change",
            "UPDATE orders AS o SET total = o.total * 100, note = 'cents'"),
        new Case(
            "unbounded-data-change",
            "UPDATE orders SET note = (SELECT name FROM customers c WHERE c.id = customer_id) WHERE note IS NULL"),
        new Case("unbounded-data-change", "DELETE FROM orders WHERE total = 0"),
        new Case("unbounded-data-change", "DELETE FROM events WHERE n > 1 AND shop <> 2"),
        new Case(
            "default-for-new-rows-only", "ALTER TABLE orders ALTER COLUMN note SET DEFAULT '$$'"));
  }

  @ProvedOn(postgres = {12, 18})
  void runOnRealServers(PostgresDatabase database) throws SQLException {
    for (Case given : cases().toList()) {
      apply(database, given);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void areReadCompletely(Case given) {
    for (Fix.Stage stage : stages(fixOf(given, 17))) {
      for (String sql : stage.statements()) {
        List<SqlStatement> read = READER.read(new SourceText("fix.sql", sql)).statements();
        assertThat(read).as(sql).hasSize(1);
        assertThat(read.getFirst().statement()).as(sql).isNotInstanceOf(Opaque.class);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void leaveNothingOfTheFinding(Case given) {
    boolean onlyTheDeploymentOrderChanges =
        List.of("column-dropped-while-in-use", "rename-breaks-running-code").contains(given.rule());
    if (onlyTheDeploymentOrderChanges) {
      return;
    }
    Given fixed = given(Shop.shop());
    for (Fix.Stage stage : stages(fixOf(given, 17))) {
      String sql = String.join(";\n", stage.statements()) + ";\n";
      fixed.migration(stage.transaction() ? "BEGIN;\n" + sql + "COMMIT;\n" : sql);
    }

    assertThat(fixed.findings().stream()
            .filter(f -> !f.rule().equals("column-dropped-while-in-use"))
            .filter(Finding::isBlocking))
        .isEmpty();
  }

  @ProvedOn(postgres = {12, 18})
  void giveEveryRowItsValue(PostgresDatabase database) throws SQLException {
    apply(
        database,
        new Case(
            "required-column-without-default",
            "ALTER TABLE orders ADD COLUMN status text NOT NULL"));

    assertThat(ask(database, "SELECT count(*) FROM orders WHERE status = 'x'")).isEqualTo("11000");
    assertThat(
            ask(
                database,
                "SELECT attnotnull FROM pg_attribute WHERE attrelid = 'orders'::regclass AND attname = 'status'"))
        .isEqualTo("t");
  }

  @ProvedOn(postgres = {12, 18})
  void letTheSuccessorOfAColumnBeLikeItInAllButItsType(PostgresDatabase database)
      throws SQLException {
    Case given =
        new Case("type-change-rewrites-table", "ALTER TABLE orders ALTER COLUMN id TYPE numeric");
    String column =
        "SELECT atttypid::regtype || ' ' || attnotnull FROM pg_attribute WHERE attrelid = 'orders'::regclass AND attname = 'id'";
    String rows = "SELECT count(*) || ' ' || sum(id) || ' ' || min(number) FROM orders";
    String key =
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'orders_pkey'";
    reset(database);
    String before = ask(database, rows);

    apply(database, given);

    assertThat(ask(database, column)).isEqualTo("numeric true");
    assertThat(ask(database, rows)).isEqualTo(before);
    assertThat(ask(database, key)).isEqualTo("PRIMARY KEY (id)");
  }

  @ProvedOn(postgres = {12, 18})
  void keepTheSuccessorOfAColumnEqualWhileItIsFilled(PostgresDatabase database)
      throws SQLException {
    Case given = new Case(
        "type-change-rewrites-table",
        "ALTER TABLE orders ALTER COLUMN total TYPE text USING total::text || ' EUR'");
    reset(database);
    run(database, given, stages(fixOf(given, database.major())).getFirst());

    database.run("INSERT INTO orders (id, customer_id, number, total) VALUES (0, 1, 'new', 5)");
    database.run("UPDATE orders SET total = 6 WHERE id = 1");

    assertThat(ask(
            database, "SELECT string_agg(total_new, ', ' ORDER BY id) FROM orders WHERE id < 2"))
        .isEqualTo("5 EUR, 6 EUR");
  }

  @ProvedOn(postgres = {12, 18})
  void changeEachRowOnce(PostgresDatabase database) throws SQLException {
    reset(database);
    String before = ask(database, "SELECT sum(total) FROM orders");

    apply(
        database,
        new Case("unbounded-data-change", "UPDATE orders AS o SET total = o.total * 100"));

    assertThat(ask(database, "SELECT sum(total) FROM orders")).isEqualTo(before + "00");
  }

  private static void apply(PostgresDatabase database, Case given) throws SQLException {
    reset(database);
    for (Fix.Stage stage : stages(fixOf(given, database.major()))) {
      run(database, given, stage);
    }
  }

  private static String ask(PostgresDatabase database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }

  private static Fix fixOf(Case given, int version) {
    List<Finding> findings =
        given(Shop.shop().version(version)).migration(given.sql() + ";").findingsOf(given.rule());
    assertThat(findings).as(given.toString()).hasSize(1);
    return findings.getFirst().fix().orElseThrow(() -> new AssertionError("no fix: " + given));
  }

  private static List<Fix.Stage> stages(Fix fix) {
    return switch (fix) {
      case Fix.Replacement replacement ->
        List.of(
            new Fix.Stage(replacement.why(), List.of(replacement.sql()), false, Optional.empty()));
      case Fix.Sequence sequence -> sequence.stages();
    };
  }

  private static void reset(PostgresDatabase database) throws SQLException {
    database.run("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    database.run(Shop.shop().script());
    database.run("""
        INSERT INTO customers SELECT n, 'c' || n, 'name ' || n FROM generate_series(1, 50) n;
        INSERT INTO countries SELECT 'c' || n, 'name' FROM generate_series(1, 20) n;
        INSERT INTO orders (id, customer_id, number, total, note)
          SELECT n, 1 + n % 50, 'no ' || n, n % 7, CASE WHEN n % 5 > 1 THEN 'note' END FROM generate_series(1, 11000) n;
        INSERT INTO archived_orders SELECT n, 'no ' || n, n FROM generate_series(1, 30) n;
        INSERT INTO events SELECT n % 3, n, now() FROM generate_series(1, 11000) n;
        INSERT INTO visits SELECT 1 + n % 50, '2026-01-01'::date + n % 50 FROM generate_series(1, 100) n;
        """);
  }

  private static void run(PostgresDatabase database, Case given, Fix.Stage stage)
      throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(!stage.transaction());
      for (String sql : stage.statements()) {
        try {
          statement.execute(sql.replaceAll("\"?value_for_\\w+\"?", "'x'"));
        } catch (SQLException e) {
          throw new AssertionError(
              "PostgreSQL " + database.major() + ", the fix for " + given.sql() + ": " + sql, e);
        }
      }
      if (stage.transaction()) {
        connection.commit();
      }
    }
  }
}
