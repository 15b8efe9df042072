package dev.plimsoll.impact.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.catalog.Catalog;
import dev.plimsoll.catalog.CatalogReading;
import dev.plimsoll.catalog.TableSize;
import dev.plimsoll.catalog.file.CatalogFile;
import dev.plimsoll.impact.Impact;
import dev.plimsoll.impact.LockMode;
import dev.plimsoll.impact.Outcome;
import dev.plimsoll.impact.Situation;
import dev.plimsoll.impact.Work;
import dev.plimsoll.schema.Schema;
import dev.plimsoll.schema.SchemaChanges;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.SourceText;
import dev.plimsoll.sql.SqlStatement;
import dev.plimsoll.sql.postgres.PostgresReader;
import dev.plimsoll.testing.PostgresDatabase;
import dev.plimsoll.testing.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every claim about a statement against what a real server does with it: the starting point is made on the server, its catalog is read
 * by the very query that users run, the impact is foretold from it, and then the statement runs.
 */
class PostgresConformanceTest {

  private static final int ROWS = 2000;

  /** Statement kinds of which the model speaks; the others are counted as not modelled. */
  private static final Set<String> KINDS = Set.of(
      "ADD COLUMN",
      "ALTER TYPE",
      "NOT NULL",
      "DROP COLUMN",
      "COLUMN DEFAULT",
      "ADD CONSTRAINT CHECK",
      "ADD CONSTRAINT UNIQUE",
      "ADD CONSTRAINT PRIMARY KEY",
      "ADD CONSTRAINT FOREIGN KEY",
      "ADD CONSTRAINT EXCLUDE",
      "VALIDATE CONSTRAINT",
      "DROP CONSTRAINT",
      "RENAME",
      "CREATE INDEX",
      "DROP INDEX",
      "TRUNCATE, DROP TABLE",
      "DML",
      "CREATE TABLE",
      "MULTI");

  private static final String DOMAINS = "domains and their constraints";
  private static final String FUNCTIONS = "the volatility of user-defined functions";
  private static final String DEPENDENCIES =
      "views, policies and generated columns that use a column";
  private static final String PARTITION_KEYS = "partition keys";
  private static final String DEFAULTS = "whether a default fits the new type";

  /** Cases that need facts which the catalog does not carry yet, or parts of a statement that the reader does not tell. */
  private static final Map<String, String> GAPS = Map.ofEntries(
      Map.entry("add_col_domain_check", DOMAINS),
      Map.entry("add_col_domain_check_default_const", DOMAINS),
      Map.entry("add_col_domain_with_volatile_default", DOMAINS),
      Map.entry("type_text_to_domain_plain", DOMAINS),
      Map.entry("add_col_default_user_fn_sql_inlinable", FUNCTIONS),
      Map.entry("add_col_default_user_fn_immutable", FUNCTIONS),
      Map.entry("add_col_rowtype_used_volatile", DEPENDENCIES),
      Map.entry("drop_col_with_view", DEPENDENCIES),
      Map.entry("drop_col_used_by_generated", DEPENDENCIES),
      Map.entry("type_varchar_widen_view", DEPENDENCIES),
      Map.entry("type_int_to_bigint_generated_dep", DEPENDENCIES),
      Map.entry("type_int_to_bigint_policy", DEPENDENCIES),
      Map.entry("type_int_to_bigint_matview", DEPENDENCIES),
      Map.entry("drop_table_with_view", DEPENDENCIES),
      Map.entry("drop_table_with_view_cascade", DEPENDENCIES),
      Map.entry("drop_col_partition_key", PARTITION_KEYS),
      Map.entry("type_partition_key", PARTITION_KEYS),
      Map.entry("add_unique_partitioned_without_key", PARTITION_KEYS),
      Map.entry("type_text_to_enum_no_using", "casts of user-defined types"),
      Map.entry("type_enum_default_blocks", DEFAULTS),
      Map.entry("type_default_not_castable", DEFAULTS),
      Map.entry("type_text_to_citext", "the extension is not installed on the test's server"),
      Map.entry("add_check_not_enforced", "NOT ENFORCED"),
      Map.entry("add_fk_not_enforced", "NOT ENFORCED"),
      Map.entry("select_for_update", "FOR UPDATE"),
      Map.entry("create_table_like", "the tables that CREATE TABLE reads"),
      Map.entry("create_table_like_including_all", "the tables that CREATE TABLE reads"),
      Map.entry("create_temp_table_as", "the tables that CREATE TABLE reads"));

  @TestFactory
  Stream<DynamicTest> foretellsWhatPostgres17Does() {
    return ConformanceCase.all().stream()
        .filter(c -> KINDS.contains(c.kind()))
        .map(c -> DynamicTest.dynamicTest(c.name(), () -> compare(c, 17)));
  }

  /** A gap that has closed must leave the list. */
  private static void compare(ConformanceCase test, int version) throws Exception {
    if (GAPS.containsKey(test.name())) {
      assertThatThrownBy(() -> compareOn(test, version))
          .as(test.name() + " is listed as a gap: " + GAPS.get(test.name()))
          .isInstanceOf(AssertionError.class);
      return;
    }
    try {
      compareOn(test, version);
    } catch (AssertionError e) {
      throw new AssertionError(test.name() + ": " + test.statement() + ": " + e.getMessage(), e);
    }
  }

  private static void compareOn(ConformanceCase test, int version) throws Exception {
    try (PostgresDatabase database = PostgresServer.of(version).freshDatabase();
        Connection session = database.connect();
        Connection observer = database.connect()) {
      if (!prepare(session, test)) {
        return;
      }
      Impact impact = foretell(database, session, test, version);
      if (impact.isOpaque()) {
        assertThat(impact.opaque()).as("a reason").isPresent();
        return;
      }
      if (!test.transactional()) {
        compareOutcome(impact, runAlone(session, test.statement()));
        return;
      }
      Observation seen = Observation.of(session, observer, test.before(), test.statement());
      compareOutcome(impact, seen.sqlState().orElse(""));
      boolean empties = read(test.statement()).getFirst().statement()
          instanceof dev.plimsoll.sql.Statement.Truncate;
      if (seen.sqlState().isEmpty()) {
        // TRUNCATE "builds" the indexes of an empty table.
        compareEffects(impact, empties ? seen.withoutIndexBuilds() : seen);
      }
    }
  }

  /** False where the starting point cannot be made on this version. */
  private static boolean prepare(Connection session, ConformanceCase test) throws SQLException {
    try (Statement statement = session.createStatement()) {
      statement.execute("CREATE SCHEMA o; SET search_path = o");
      statement.execute(test.setup(ROWS));
      statement.execute("ANALYZE");
      return true;
    } catch (SQLException e) {
      if (e.getSQLState().equals("42601")
          || e.getSQLState().equals("42501")
          || e.getSQLState().equals("0A000")) {
        return false;
      }
      throw e;
    }
  }

  private static String runAlone(Connection session, String sql) throws SQLException {
    session.setAutoCommit(true);
    try (Statement statement = session.createStatement()) {
      statement.execute(sql);
      return "";
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }

  private static Impact foretell(
      PostgresDatabase database, Connection session, ConformanceCase test, int version)
      throws Exception {
    Catalog catalog = catalog(database);
    Schema schema = Schema.of(catalog.schema());
    List<SqlStatement> statements = new ArrayList<>(read(test.before()));
    for (SqlStatement before : statements) {
      schema = SchemaChanges.apply(schema, before.statement());
    }
    List<SqlStatement> tested = read(test.statement());
    assertThat(tested).hasSize(1);
    Situation situation = new Situation(
        schema,
        version,
        test.transactional(),
        isUtc(session, test.before()),
        t -> catalog.sizeOf(t) == TableSize.UNKNOWN || catalog.sizeOf(t).mayHaveRows());
    return new PostgresImpact().of(tested.getFirst().statement(), situation);
  }

  private static boolean isUtc(Connection session, String before) throws SQLException {
    session.setAutoCommit(false);
    try (Statement statement = session.createStatement()) {
      statement.execute(before.isBlank() ? "SELECT 1" : before);
      try (ResultSet row = statement.executeQuery("SHOW TimeZone")) {
        row.next();
        return Set.of("UTC", "Etc/UTC", "GMT").contains(row.getString(1));
      }
    } finally {
      session.rollback();
      session.setAutoCommit(true);
    }
  }

  /** The cases say {@code t} and mean {@code o.t}: the schema is taken off, as the search path would. */
  private static Catalog catalog(PostgresDatabase database) throws Exception {
    String query;
    try (var in = Catalog.class.getResourceAsStream("catalog.sql")) {
      query = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      String json = row.getString(1)
          .replace("\"schema\": \"o\"", "\"schema\": \"public\"")
          .replace("\"schema\":\"o\"", "\"schema\":\"public\"");
      return switch (CatalogFile.read(json.getBytes(StandardCharsets.UTF_8))) {
        case CatalogReading.Ok ok -> ok.catalog();
        case CatalogReading.Bad bad -> throw new AssertionError(bad.problems());
      };
    }
  }

  private static List<SqlStatement> read(String sql) {
    return new PostgresReader().read(new SourceText("case.sql", sql)).statements();
  }

  private static void compareOutcome(Impact impact, String seen) {
    switch (impact.outcome()) {
      case Outcome.Succeeds ignored -> assertThat(seen).as("succeeds").isEmpty();
      case Outcome.Fails fails -> assertThat(seen).as("fails").isEqualTo(fails.sqlState());
      case Outcome.DependsOnData depends ->
        assertThat(seen).as("depends on data").isIn("", depends.sqlState());
    }
  }

  private static void compareEffects(Impact impact, Observation seen) {
    assertThat(tableLocks(impact, seen.tables())).as("locks").isEqualTo(seen.locks());
    assertThat(tables(impact, Work.Rewrite.class)).as("rewrites").isEqualTo(seen.rewritten());
    Set<String> scans = new TreeSet<>();
    boolean foreignKeys = false;
    Set<String> built = new TreeSet<>();
    for (Work work : impact.work()) {
      switch (work) {
        case Work.Scan scan -> {
          foreignKeys |= scan.reason() == Work.Scan.Reason.FOREIGN_KEY;
          boolean verifies = scan.reason() != Work.Scan.Reason.FOREIGN_KEY
              && scan.reason() != Work.Scan.Reason.QUERY;
          if (verifies) {
            scans.add(scan.table().name());
          }
        }
        case Work.IndexBuild build -> built.add(build.table().name());
        case Work.Rewrite ignored -> {}
        case Work.Modify ignored -> {}
      }
    }
    assertThat(scans).as("scans").isEqualTo(seen.verified());
    assertThat(foreignKeys).as("checks foreign keys").isEqualTo(seen.checkedForeignKeys());
    Set<String> seenBuilt = new TreeSet<>(seen.indexesBuilt());
    seenBuilt.removeAll(seen.rewritten());
    seenBuilt.retainAll(seen.tables());
    built.removeAll(seen.rewritten());
    assertThat(built).as("builds indexes on").isEqualTo(seenBuilt);
  }

  /** Locks on indexes and sequences are not compared. */
  private static Map<String, String> tableLocks(Impact impact, Set<String> tables) {
    Map<String, String> locks = new TreeMap<>();
    for (Map.Entry<RelationName, LockMode> lock : impact.locks().entrySet()) {
      if (tables.contains(lock.getKey().name())) {
        locks.put(lock.getKey().name(), spell(lock.getValue()));
      }
    }
    return locks;
  }

  private static String spell(LockMode mode) {
    StringBuilder name = new StringBuilder();
    for (String word : mode.sql().split(" ")) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
    }
    return name.append("Lock").toString();
  }

  private static Set<String> tables(Impact impact, Class<? extends Work> kind) {
    Set<String> tables = new TreeSet<>();
    impact.work().stream()
        .filter(kind::isInstance)
        .forEach(w -> tables.add(w.table().name()));
    return tables;
  }
}
