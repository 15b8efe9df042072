package dev.plimsoll.catalog.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.plimsoll.catalog.Bytes;
import dev.plimsoll.catalog.Catalog;
import dev.plimsoll.catalog.CatalogReading;
import dev.plimsoll.catalog.RowCount;
import dev.plimsoll.catalog.TableFacts;
import dev.plimsoll.catalog.Traffic;
import dev.plimsoll.catalog.Volatility;
import dev.plimsoll.catalog.file.CatalogFile;
import dev.plimsoll.schema.Column;
import dev.plimsoll.schema.Constraint;
import dev.plimsoll.schema.Index;
import dev.plimsoll.sql.ConstraintDefinition;
import dev.plimsoll.sql.DataType;
import dev.plimsoll.sql.Engine;
import dev.plimsoll.sql.ReferentialAction;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.testing.PostgresDatabase;
import dev.plimsoll.testing.ProvedOn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** What a server tells, asked by a login that may read no table. */
class CatalogQueryTest {

  private static final String SHOP = """
      CREATE SCHEMA audit;
      CREATE TYPE public.mood AS ENUM ('glad', 'sad');
      CREATE TABLE customers (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        email character varying(50) NOT NULL UNIQUE,
        mood mood DEFAULT 'glad',
        moods mood[],
        "Full Name" text,
        tags text[],
        balance numeric(10,2) DEFAULT 0,
        seen timestamp(3) with time zone DEFAULT now(),
        break interval day to second(3));
      CREATE TABLE orders (
        id serial PRIMARY KEY,
        customer_id bigint REFERENCES customers (id) ON DELETE CASCADE ON UPDATE RESTRICT DEFERRABLE,
        total integer,
        doubled integer GENERATED ALWAYS AS (total * 2) STORED,
        status text);
      ALTER TABLE orders ADD CONSTRAINT status_present CHECK (status IS NOT NULL) NOT VALID;
      ALTER TABLE orders ADD CONSTRAINT both_present CHECK (status IS NOT NULL AND "total" IS NOT NULL AND total > 0);
      ALTER TABLE orders ADD CONSTRAINT again FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;
      CREATE INDEX orders_expression ON orders (lower(status), (total + 1), customer_id DESC) INCLUDE (doubled) WHERE status <> 'x';
      CREATE TABLE audit."Events" (at timestamptz NOT NULL, id int NOT NULL, PRIMARY KEY (at, id)) PARTITION BY RANGE (at);
      CREATE TABLE audit.events_2026 PARTITION OF audit."Events" FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
      CREATE TABLE audit.events_rest PARTITION OF audit."Events" DEFAULT;
      CREATE TABLE marks (at timestamptz, id int, FOREIGN KEY (at, id) REFERENCES audit."Events" (at, id));
      CREATE TABLE bookings (during int4range, EXCLUDE USING gist (during WITH &&));
      CREATE TABLE fresh (a int);
      CREATE MATERIALIZED VIEW totals AS SELECT count(*) AS n FROM orders;
      CREATE VIEW open_orders AS SELECT id FROM orders;
      CREATE FUNCTION public.tick() RETURNS int VOLATILE LANGUAGE sql AS 'SELECT 1';
      CREATE FUNCTION public.tick(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1';
      CREATE FUNCTION audit.fixed() RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1';
      INSERT INTO customers (email, mood) SELECT 'c' || g, CASE WHEN g % 4 > 0 THEN mood 'sad' END FROM generate_series(1, 5000) g;
      INSERT INTO orders (customer_id, total, status) SELECT g, g, 'new' FROM generate_series(1, 5000) g;
      """;

  @ProvedOn(postgres = {12, 13, 14, 15, 16, 17, 18})
  void tellsSizesToALoginThatMayReadNoTable(PostgresDatabase database) throws Exception {
    shop(database);
    database.run("ANALYZE customers");

    Catalog catalog = asWatcher(database);

    TableFacts customers = table(catalog, "customers");
    assertThat(customers.rows()).contains(new RowCount(5000));
    assertThat(customers.heap())
        .contains(new Bytes(number(database, "SELECT pg_relation_size('customers')")));
    assertThat(customers.toast())
        .contains(
            new Bytes(
                number(
                    database,
                    "SELECT pg_total_relation_size(reltoastrelid) FROM pg_class WHERE relname = 'customers'")));
    assertThat(customers.indexBytes().get("customers_pkey"))
        .isEqualTo(new Bytes(number(database, "SELECT pg_relation_size('customers_pkey')")));
    assertThat(customers.nullFractions()).as("needs SELECT on the table").isEmpty();
    assertThat(catalog.server().engine()).isEqualTo(Engine.POSTGRESQL);
    assertThat(catalog.server().majorVersion()).isEqualTo(database.major());
    assertThat(catalog.server().version()).startsWith(database.major() + ".");
    assertThat(catalog.server().database()).contains(database.name());
    assertThat(catalog.server().settings())
        .containsEntry("maintenance_work_mem", "64MB")
        .containsEntry("lock_timeout", "0");
    assertThat(Duration.between(catalog.takenAt(), Instant.now()).abs())
        .isLessThan(Duration.ofMinutes(5));
  }

  @ProvedOn(postgres = {12, 13, 14, 15, 16, 17, 18})
  void saysThatItDoesNotKnowTheRowsOfATableThatWasNeverAnalysed(PostgresDatabase database)
      throws Exception {
    shop(database);

    Catalog catalog = asWatcher(database);

    assertThat(table(catalog, "orders").rows()).isEmpty();
    assertThat(table(catalog, "orders").heap())
        .contains(new Bytes(number(database, "SELECT pg_relation_size('orders')")));
    assertThat(table(catalog, "fresh").rows()).as("no page, no row").contains(RowCount.ZERO);
    assertThat(catalog.sizeOf(RelationName.of("audit", "Events")).mayHaveRows()).isFalse();
  }

  @ProvedOn(postgres = {12, 17, 18})
  void countsTheRowsThatCameAfterTheLastAnalyze(PostgresDatabase database) throws Exception {
    shop(database);
    database.run("ANALYZE orders");
    database.run(
        "INSERT INTO orders (customer_id, total, status) SELECT g, g, 'new' FROM generate_series(1, 5000) g");

    long rows = table(asWatcher(database), "orders").rows().orElseThrow().value();

    assertThat(rows).isBetween(9_900L, 10_100L);
  }

  @ProvedOn(postgres = {12, 13, 14, 15, 16, 17, 18})
  void tellsTheShareOfNullsToWhoMayReadTheColumn(PostgresDatabase database) throws Exception {
    shop(database);
    database.run("ANALYZE customers");
    database.run("GRANT SELECT ON customers TO " + watcher(database));

    assertThat(table(asWatcher(database), "customers").nullFractions())
        .containsEntry("mood", 0.25)
        .containsEntry("email", 0.0);
  }

  @ProvedOn(postgres = {12, 13, 14, 15, 16, 17, 18})
  void spellsColumnsWithTheirTypes(PostgresDatabase database) throws Exception {
    shop(database);

    Catalog catalog = asWatcher(database);

    assertThat(table(catalog, "customers").table().columns())
        .containsExactly(
            new Column("id", DataType.of("int8"), true, Optional.empty(), false),
            new Column("email", DataType.of("varchar", 50), true, Optional.empty(), false),
            new Column(
                "mood",
                new DataType(Optional.of("public"), "mood", List.of(), 0),
                false,
                Optional.of("'glad'::mood"),
                false),
            new Column(
                "moods",
                new DataType(Optional.of("public"), "mood", List.of(), 1),
                false,
                Optional.empty(),
                false),
            new Column("Full Name", DataType.of("text"), false, Optional.empty(), false),
            new Column(
                "tags",
                new DataType(Optional.empty(), "text", List.of(), 1),
                false,
                Optional.empty(),
                false),
            new Column("balance", DataType.of("numeric", 10, 2), false, Optional.of("0"), false),
            new Column("seen", DataType.of("timestamptz", 3), false, Optional.of("now()"), false),
            new Column("break", DataType.of("interval", 7176, 3), false, Optional.empty(), false));
    assertThat(table(catalog, "orders").table().column("doubled"))
        .map(Column::generated)
        .contains(true);
    assertThat(table(catalog, "orders").table().column("id"))
        .map(Column::defaultSql)
        .contains(Optional.of("nextval('orders_id_seq'::regclass)"));
  }

  @ProvedOn(postgres = {12, 13, 14, 15, 16, 17, 18})
  void tellsKeysAndConditionsOfIndexes(PostgresDatabase database) throws Exception {
    shop(database);

    Catalog catalog = asWatcher(database);

    assertThat(table(catalog, "orders").table().indexes())
        .containsExactly(
            new Index(
                "orders_expression",
                List.of("lower(status)", "((total + 1))", "customer_id"),
                false,
                false,
                true,
                Optional.of("(status <> 'x'::text)"),
                "btree"),
            new Index("orders_pkey", List.of("id"), true, true, true, Optional.empty(), "btree"));
    assertThat(table(catalog, "bookings").table().indexes())
        .singleElement()
        .satisfies(index -> assertThat(index.method()).isEqualTo("gist"));
  }

  @ProvedOn(postgres = {12, 17, 18})
  void tellsOfAnIndexThatAFailedBuildLeftBehind(PostgresDatabase database) throws Exception {
    database.run("CREATE TABLE t (a int); INSERT INTO t VALUES (1), (1)");
    try {
      database.run("CREATE UNIQUE INDEX CONCURRENTLY broken ON t (a)");
    } catch (SQLException duplicates) {
      assertThat(duplicates.getSQLState()).isEqualTo("23505");
    }

    Catalog catalog = asWatcher(database);

    assertThat(table(catalog, "t").table().index("broken")).map(Index::valid).contains(false);
  }

  @ProvedOn(postgres = {12, 13, 14, 15, 16, 17, 18})
  void tellsConstraintsAndWhetherTheyAreValidated(PostgresDatabase database) throws Exception {
    shop(database);

    Catalog catalog = asWatcher(database);
    TableFacts orders = table(catalog, "orders");

    assertThat(orders.table().constraint("again"))
        .contains(new Constraint(
            "again",
            new ConstraintDefinition.ForeignKey(
                Optional.of("again"),
                List.of("customer_id"),
                RelationName.of("public", "customers"),
                List.of("id"),
                ReferentialAction.NO_ACTION,
                ReferentialAction.NO_ACTION,
                true,
                false),
            false));
    assertThat(orders.table().constraint("orders_customer_id_fkey"))
        .contains(new Constraint(
            "orders_customer_id_fkey",
            new ConstraintDefinition.ForeignKey(
                Optional.of("orders_customer_id_fkey"),
                List.of("customer_id"),
                RelationName.of("public", "customers"),
                List.of("id"),
                ReferentialAction.CASCADE,
                ReferentialAction.RESTRICT,
                false,
                true),
            true));
    assertThat(check(orders, "status_present").condition().provesNotNull())
        .containsExactly("status");
    assertThat(orders.table().constraint("status_present"))
        .map(Constraint::validated)
        .contains(false);
    assertThat(check(orders, "both_present").condition().provesNotNull())
        .containsExactlyInAnyOrder("status", "total");
    assertThat(orders.table().constraint("both_present"))
        .map(Constraint::validated)
        .contains(true);
    assertThat(table(catalog, "bookings").table().constraints())
        .singleElement()
        .satisfies(
            c -> assertThat(c.definition()).isInstanceOf(ConstraintDefinition.Exclude.class));
    assertThat(table(catalog, "marks").table().constraints())
        .as("not one more per partition")
        .hasSize(1);
  }

  @ProvedOn(postgres = {18})
  void takesANotNullThatIsNotValidatedForNoPromise(PostgresDatabase database) throws Exception {
    database.run(
        "CREATE TABLE t (a int, b int NOT NULL); ALTER TABLE t ADD CONSTRAINT a_present NOT NULL a NOT VALID");

    TableFacts table = table(asWatcher(database), "t");

    assertThat(table.table().column("a")).map(Column::notNull).contains(false);
    assertThat(table.table().column("b")).map(Column::notNull).contains(true);
    assertThat(table.table().constraint("a_present"))
        .contains(new Constraint(
            "a_present",
            new ConstraintDefinition.NotNull(Optional.of("a_present"), "a", true),
            false));
  }

  @ProvedOn(postgres = {18})
  void tellsOfAComputedColumnThatIsNotStored(PostgresDatabase database) throws Exception {
    database.run("CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 1) VIRTUAL)");

    assertThat(table(asWatcher(database), "t").table().column("b"))
        .map(Column::generated)
        .contains(true);
  }

  @ProvedOn(postgres = {12, 13, 14, 15, 16, 17, 18})
  void tellsPartitionsViewsAndFunctionsAndNothingOfTheSystem(PostgresDatabase database)
      throws Exception {
    shop(database);

    Catalog catalog = asWatcher(database);

    assertThat(catalog.tables())
        .extracting(t -> t.name().sql() + " " + t.table().kind())
        .containsExactly(
            "audit.\"Events\" PARTITIONED",
            "audit.events_2026 TABLE",
            "audit.events_rest TABLE",
            "public.bookings TABLE",
            "public.customers TABLE",
            "public.fresh TABLE",
            "public.marks TABLE",
            "public.open_orders VIEW",
            "public.orders TABLE",
            "public.totals MATERIALIZED_VIEW");
    assertThat(catalog.partitionsOf(RelationName.of("audit", "Events")))
        .containsExactly(
            RelationName.of("audit", "events_2026"), RelationName.of("audit", "events_rest"));
    assertThat(catalog.volatilityOf(RelationName.of("tick"))).contains(Volatility.VOLATILE);
    assertThat(catalog.volatilityOf(RelationName.of("audit", "fixed")))
        .contains(Volatility.IMMUTABLE);
    assertThat(catalog.functions()).hasSize(2);
  }

  @ProvedOn(postgres = {12, 13, 14, 15, 16, 17, 18})
  void countsReadsAndWritesPerSecond(PostgresDatabase database) throws Exception {
    shop(database);
    Traffic traffic = Traffic.UNKNOWN;
    Instant giveUp = Instant.now().plusSeconds(20);
    // Up to 14 a process of the server's own collects the counters, and takes its time.
    while (Instant.now().isBefore(giveUp) && !(traffic.writesPerSecond().orElse(0) > 0)) {
      traffic = table(asWatcher(database), "customers").traffic();
      TimeUnit.MILLISECONDS.sleep(100);
    }

    Catalog catalog = asWatcher(database);
    double seconds = Duration.between(catalog.countingSince().orElseThrow(), catalog.takenAt())
            .toMillis()
        / 1000.0;

    assertThat(traffic.writesPerSecond().orElseThrow() * Math.max(seconds, 1))
        .isBetween(2_000.0, 20_000.0);
    assertThat(traffic.readsPerSecond()).isPresent();
    assertThat(catalog.trafficOf(RelationName.of("audit", "events_2026")).isKnown())
        .isTrue();
  }

  @ProvedOn(postgres = {12, 17, 18})
  void tellsTheServersSettingsAndNotTheSessions(PostgresDatabase database) throws Exception {
    database.run("ALTER DATABASE " + database.name() + " SET lock_timeout = '7s'");
    String login = watcher(database);
    try (Connection connection = connect(database, login);
        Statement statement = connection.createStatement()) {
      statement.execute("SET lock_timeout = '1ms'");
      Catalog catalog = good(json(statement));

      assertThat(catalog.server().setting("lock_timeout")).contains("7000ms");
      assertThat(catalog.server().setting("TimeZone"))
          .as("set by the driver from outside")
          .isEmpty();
    }
  }

  @ProvedOn(postgres = {12, 17, 18})
  void givesTheSameTextTwice(PostgresDatabase database) throws Exception {
    shop(database);
    database.run("ANALYZE");

    assertThat(withoutTimes(jsonAsWatcher(database)))
        .isEqualTo(withoutTimes(jsonAsWatcher(database)));
  }

  @ProvedOn(postgres = {12, 13, 14, 15, 16, 17, 18})
  void givesWhatTheSchemaAllows(PostgresDatabase database) throws Exception {
    shop(database);
    database.run("ANALYZE");
    var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(Files.readString(Path.of("docs/catalog.schema.json")));

    assertThat(schema.validate(jsonAsWatcher(database), InputFormat.JSON)).isEmpty();
  }

  @ProvedOn(postgres = {12, 17, 18})
  void tellsNoValueOfAnyRow(PostgresDatabase database) throws Exception {
    database.run(
        "CREATE TABLE secrets (word text); INSERT INTO secrets SELECT 'xyzzy' FROM generate_series(1, 1000); ANALYZE secrets");

    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      assertThat(json(statement)).contains("secrets").doesNotContain("xyzzy");
    }
  }

  @ProvedOn(postgres = {12, 17, 18})
  void isNotMisledByFunctionsThatAUserPutInItsWay(PostgresDatabase database) throws Exception {
    database.run("""
        CREATE TABLE t (a int);
        CREATE FUNCTION public.quote_ident(name) RETURNS text LANGUAGE sql AS 'SELECT 1/0 || $1::text';
        CREATE FUNCTION public.current_database() RETURNS name LANGUAGE sql AS 'SELECT (1/0)::text::name';
        CREATE FUNCTION public.round(numeric, integer) RETURNS numeric LANGUAGE sql AS 'SELECT 1/0::numeric';
        """);
    database.run("ALTER DATABASE " + database.name() + " SET search_path = public, pg_catalog");

    assertThat(table(asWatcher(database), "t").heap()).contains(Bytes.ZERO);
  }

  @ProvedOn(postgres = {12, 17, 18})
  void givesOneValueThroughPlainPsql(PostgresDatabase database) throws Exception {
    shop(database);
    String url = database
        .jdbcUrl()
        .substring("jdbc:".length())
        .replaceFirst("\\?.*", "?user=" + watcher(database));
    Path query = Files.createTempFile("catalog", ".sql");
    Files.writeString(query, CatalogQuery.sql());
    Process psql;
    try {
      psql = new ProcessBuilder("psql", "-XAt", "-f", query.toString(), url).start();
    } catch (IOException e) {
      Assumptions.abort("psql is not installed");
      return;
    }
    byte[] output = psql.getInputStream().readAllBytes();

    assertThat(psql.waitFor()).isZero();
    assertThat(CatalogFile.read(output)).isInstanceOfSatisfying(CatalogReading.Ok.class, ok -> {
      assertThat(ok.warnings()).isEmpty();
      assertThat(ok.catalog().tables()).hasSize(10);
      assertThat(ok.catalog().server().setting("TimeZone")).contains("UTC");
    });
    Files.delete(query);
  }

  private static void shop(PostgresDatabase database) throws SQLException {
    database.run(SHOP);
  }

  /** Makes the login that the documentation asks for. */
  private static String watcher(PostgresDatabase database) throws SQLException {
    String name = "watcher_" + database.name();
    database.run("DO $$ BEGIN CREATE ROLE " + name
        + " LOGIN IN ROLE pg_monitor; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
    return name;
  }

  private static Connection connect(PostgresDatabase database, String user) throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl().replaceFirst("\\?.*", "?user=" + user));
  }

  private static Catalog asWatcher(PostgresDatabase database) throws SQLException {
    return good(jsonAsWatcher(database));
  }

  private static String jsonAsWatcher(PostgresDatabase database) throws SQLException {
    try (Connection connection = connect(database, watcher(database));
        Statement statement = connection.createStatement()) {
      return json(statement);
    }
  }

  private static String json(Statement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery(CatalogQuery.sql())) {
      assertThat(result.next()).isTrue();
      String json = result.getString(1);
      assertThat(result.next()).isFalse();
      assertThat(result.getMetaData().getColumnCount()).isEqualTo(1);
      return json;
    }
  }

  private static Catalog good(String json) {
    return switch (CatalogFile.read(json.getBytes(StandardCharsets.UTF_8))) {
      case CatalogReading.Ok ok -> {
        assertThat(ok.warnings()).isEmpty();
        yield ok.catalog();
      }
      case CatalogReading.Bad bad -> throw new AssertionError(bad.problems());
    };
  }

  private static TableFacts table(Catalog catalog, String name) {
    return catalog.table(RelationName.of("public", name)).orElseThrow();
  }

  private static ConstraintDefinition.Check check(TableFacts table, String name) {
    return (ConstraintDefinition.Check)
        table.table().constraint(name).orElseThrow().definition();
  }

  private static long number(PostgresDatabase database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }

  private static String withoutTimes(String json) {
    return json.replaceAll("\"taken_at\": \"[^\"]*\"", "")
        .replaceAll("\"(reads|writes)_per_second\":[0-9.e+-]+", "");
  }
}
