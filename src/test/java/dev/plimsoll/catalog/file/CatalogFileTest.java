package dev.plimsoll.catalog.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.catalog.Bytes;
import dev.plimsoll.catalog.Catalog;
import dev.plimsoll.catalog.CatalogProblem;
import dev.plimsoll.catalog.CatalogReading;
import dev.plimsoll.catalog.RowCount;
import dev.plimsoll.catalog.ServerFacts;
import dev.plimsoll.catalog.TableFacts;
import dev.plimsoll.catalog.Traffic;
import dev.plimsoll.catalog.Volatility;
import dev.plimsoll.schema.Column;
import dev.plimsoll.schema.Constraint;
import dev.plimsoll.schema.Index;
import dev.plimsoll.schema.TableKind;
import dev.plimsoll.sql.ConstraintDefinition;
import dev.plimsoll.sql.DataType;
import dev.plimsoll.sql.Engine;
import dev.plimsoll.sql.Expression;
import dev.plimsoll.sql.ReferentialAction;
import dev.plimsoll.sql.RelationName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogFileTest {

  private static final String SHOP = """
      {
        "plimsoll_catalog": 1,
        "taken_at": "2026-01-31T03:00:00+01:00",
        "server": {
          "engine": "postgresql", "version": "17.2", "major_version": 17, "database": "shop",
          "stats_since": "2026-01-01T00:00:00Z", "time_zone": "Europe/Berlin", "settings": {"lock_timeout": "5s"}
        },
        "tables": [
          {
            "schema": "public", "name": "orders", "kind": "table",
            "rows": 200000000, "heap_bytes": 90194313216, "toast_bytes": 8192,
            "reads_per_second": 3500.5, "writes_per_second": 1200,
            "columns": [
              {"name": "id", "type": "bigint", "nullable": false, "default": "nextval('orders_id_seq'::regclass)"},
              {"name": "customer_id", "type": "bigint", "nullable": true, "null_fraction": 0.25},
              {"name": "status", "type": "character varying(50)", "nullable": true, "default": "'new'::character varying"},
              {"name": "total2", "type": "integer", "generated": true, "generation": "stored", "generation_expression": "(total * 2)"}
            ],
            "indexes": [
              {"name": "orders_pkey", "keys": ["id"], "unique": true, "primary": true, "valid": true, "method": "btree", "bytes": 4294967296},
              {"name": "orders_lower_idx", "keys": ["lower((status)::text)", "customer_id"], "include": ["id"], "valid": false,
               "predicate": "(total2 > 0)"}
            ],
            "constraints": [
              {"name": "orders_pkey", "type": "primary_key", "columns": ["id"], "validated": true},
              {"name": "orders_customer_id_fkey", "type": "foreign_key", "columns": ["customer_id"],
               "references": {"schema": "public", "name": "customers", "columns": ["id"]},
               "on_delete": "cascade", "on_update": "no_action", "deferrable": true, "validated": false},
              {"name": "orders_status_check", "type": "check", "columns": ["status"], "expression": "(status IS NOT NULL)",
               "no_inherit": true, "validated": true},
              {"name": "orders_key", "type": "unique", "columns": ["customer_id", "status"]},
              {"name": "orders_id_not_null", "type": "not_null", "columns": ["id"], "validated": false},
              {"name": "orders_excl", "type": "exclude", "columns": ["id"], "method": "gist", "definition": "EXCLUDE USING gist (...)"}
            ]
          },
          {"schema": "audit", "name": "Events", "kind": "partitioned"},
          {"schema": "audit", "name": "events_2026", "partition_of": {"schema": "audit", "name": "Events"}, "rows": 5, "heap_bytes": 8192}
        ],
        "functions": [
          {"schema": "public", "name": "uuid_generate_v4", "volatility": "volatile"},
          {"schema": "public", "name": "f", "volatility": "immutable"},
          {"schema": "public", "name": "f", "volatility": "stable"}
        ],
        "extensions": {"ours": [1, {"plimsoll_catalog": 2}]}
      }
      """;

  @Test
  void readsTheServer() {
    Catalog catalog = good(SHOP);

    assertThat(catalog.takenAt()).isEqualTo(Instant.parse("2026-01-31T02:00:00Z"));
    assertThat(catalog.server())
        .isEqualTo(new ServerFacts(
            Engine.POSTGRESQL,
            17,
            "17.2",
            Optional.of("shop"),
            Map.of("TimeZone", "Europe/Berlin", "lock_timeout", "5s")));
    assertThat(catalog.countingSince()).contains(Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Test
  void readsATableWithItsSizes() {
    TableFacts orders = good(SHOP).table(RelationName.of("orders")).orElseThrow();

    assertThat(orders.table().kind()).isEqualTo(TableKind.TABLE);
    assertThat(orders.rows()).contains(new RowCount(200_000_000));
    assertThat(orders.heap()).contains(Bytes.gibibytes(84));
    assertThat(orders.toast()).contains(new Bytes(8192));
    assertThat(orders.indexBytes()).isEqualTo(Map.of("orders_pkey", Bytes.gibibytes(4)));
    assertThat(orders.nullFractions()).isEqualTo(Map.of("customer_id", 0.25));
    assertThat(orders.traffic()).isEqualTo(Traffic.of(3500.5, 1200));
  }

  @Test
  void readsColumnsIndexesAndConstraints() {
    TableFacts orders = good(SHOP).table(RelationName.of("orders")).orElseThrow();

    assertThat(orders.table().columns())
        .containsExactly(
            new Column(
                "id",
                DataType.of("int8"),
                true,
                Optional.of("nextval('orders_id_seq'::regclass)"),
                false),
            new Column("customer_id", DataType.of("int8"), false, Optional.empty(), false),
            new Column(
                "status",
                DataType.of("varchar", 50),
                false,
                Optional.of("'new'::character varying"),
                false),
            new Column("total2", DataType.of("int4"), false, Optional.empty(), true));
    assertThat(orders.table().indexes())
        .containsExactly(
            new Index("orders_pkey", List.of("id"), true, true, true, Optional.empty(), "btree"),
            new Index(
                "orders_lower_idx",
                List.of("lower((status)::text)", "customer_id"),
                false,
                false,
                false,
                Optional.of("(total2 > 0)"),
                "btree"));
    assertThat(orders.table().constraints())
        .containsExactly(
            new Constraint(
                "orders_pkey",
                new ConstraintDefinition.PrimaryKey(
                    Optional.of("orders_pkey"), List.of("id"), Optional.empty()),
                true),
            new Constraint(
                "orders_customer_id_fkey",
                new ConstraintDefinition.ForeignKey(
                    Optional.of("orders_customer_id_fkey"),
                    List.of("customer_id"),
                    RelationName.of("public", "customers"),
                    List.of("id"),
                    ReferentialAction.CASCADE,
                    ReferentialAction.NO_ACTION,
                    true,
                    true),
                false),
            new Constraint(
                "orders_status_check",
                new ConstraintDefinition.Check(
                    Optional.of("orders_status_check"),
                    new Expression(
                        "(status IS NOT NULL)",
                        Expression.Kind.COMPUTED,
                        Set.of(),
                        Set.of("status"),
                        Set.of("status")),
                    false,
                    true),
                true),
            new Constraint(
                "orders_key",
                new ConstraintDefinition.Unique(
                    Optional.of("orders_key"),
                    List.of("customer_id", "status"),
                    Optional.empty(),
                    false),
                true),
            new Constraint(
                "orders_id_not_null",
                new ConstraintDefinition.NotNull(Optional.of("orders_id_not_null"), "id", true),
                false),
            new Constraint(
                "orders_excl",
                new ConstraintDefinition.Exclude(Optional.of("orders_excl"), "gist"),
                true));
  }

  @Test
  void addsUpThePartitionsOfATable() {
    Catalog catalog = good(SHOP);

    assertThat(catalog.partitionsOf(RelationName.of("audit", "Events")))
        .containsExactly(RelationName.of("audit", "events_2026"));
    assertThat(catalog.sizeOf(RelationName.of("audit", "Events")).rows()).contains(new RowCount(5));
  }

  @Test
  void takesTheWorstOfAFunctionsOverloads() {
    assertThat(good(SHOP).volatilityOf(RelationName.of("f"))).contains(Volatility.STABLE);
    assertThat(good(SHOP).volatilityOf(RelationName.of("uuid_generate_v4")))
        .contains(Volatility.VOLATILE);
    assertThat(good(SHOP).volatilityOf(RelationName.of("g"))).isEmpty();
  }

  @Test
  void writesWhatItReadsBack() {
    Catalog catalog = good(SHOP);
    byte[] written = CatalogFile.write(catalog);

    Catalog again = ((CatalogReading.Ok) CatalogFile.read(written)).catalog();

    assertThat(again.takenAt()).isEqualTo(catalog.takenAt());
    assertThat(again.server()).isEqualTo(catalog.server());
    assertThat(again.countingSince()).isEqualTo(catalog.countingSince());
    assertThat(again.functions()).isEqualTo(catalog.functions());
    assertThat(again.tables()).containsExactlyElementsOf(catalog.tables());
    assertThat(CatalogFile.write(again)).isEqualTo(written);
  }

  @Test
  void writesALinePerTableSoThatVersionsOfTheFileCanBeCompared() {
    String written = new String(CatalogFile.write(good(SHOP)), StandardCharsets.UTF_8);

    assertThat(written.lines().filter(l -> l.contains("\"kind\""))).hasSize(3);
  }

  @Test
  void isContentWithTheLeastThatAPersonWrites() {
    Catalog catalog = good("""
        {"tables": [{"name": "orders", "rows": 2e8, "heap_bytes": null}],
         "server": {"engine": "postgres", "version": "18beta1"}, "taken_at": "2026-01-31T02:00:00Z", "plimsoll_catalog": 1}
        """);

    assertThat(catalog.server().majorVersion()).isEqualTo(18);
    assertThat(catalog.sizeOf(RelationName.of("public", "orders")).rows())
        .contains(new RowCount(200_000_000));
    assertThat(catalog.sizeOf(RelationName.of("orders")).heap()).isEmpty();
  }

  @Test
  void warnsOfKeysThatItDoesNotKnowOncePerKind() {
    CatalogReading.Ok reading = (CatalogReading.Ok) read(minimal("""
        {"name": "a", "colour": "red"}, {"name": "b", "colour": {"deep": [1, 2]}, "row": 5}
        """));

    assertThat(reading.catalog().tables()).hasSize(2);
    assertThat(reading.warnings())
        .containsExactly(
            "line 3: the key /tables/*/colour is not known and was passed over, 2 times in the file",
            "line 3: the key /tables/*/row is not known and was passed over");
  }

  @Test
  void warnsOfAPartitionWithoutItsParent() {
    CatalogReading.Ok reading = (CatalogReading.Ok) read(minimal("""
        {"name": "p", "partition_of": {"name": "gone"}}"""));

    assertThat(reading.warnings())
        .containsExactly("1 partitions have a parent that is not in the catalog, such as p");
  }

  @Test
  void warnsOfAServerThatNobodyHasMeasured() {
    CatalogReading.Ok reading = (CatalogReading.Ok) read(minimal("").replace("17.2", "11.5"));

    assertThat(reading.warnings())
        .containsExactly("PostgreSQL 11 is outside of what is modelled, 12 to 18");
  }

  @Test
  void tellsEveryProblemWithItsPlace() {
    assertThat(problems(minimal("""
        {"name": "a", "rows": -1},
        {"name": "b", "kind": "heap"},
        {"rows": 5},
        {"name": "c", "columns": [{"name": "x"}, {"name": "y", "type": 7}]},
        {"name": "d", "heap_bytes": "84 GB"}
        """)))
        .containsExactly(
            "line 3, column 23 (/tables/0/rows): must be the number of rows, from 0 to 9007199254740991, and is -1; leave it out when it is unknown",
            "line 4, column 23 (/tables/1/kind): must be one of table, partitioned, view, materialized_view, foreign, and is \"heap\"",
            "line 5, column 1 (/tables/2): this table lacks \"name\"",
            "line 6, column 27 (/tables/3/columns/0): this column lacks \"type\"",
            "line 6, column 64 (/tables/3/columns/1/type): must be a type as the server spells it, such as integer or character varying(50), and is 7",
            "line 7, column 29 (/tables/4/heap_bytes): must be the table's size in bytes, and is the string \"84 GB\"");
  }

  @Test
  void tellsWhatAConstraintLacks() {
    assertThat(problems(minimal("""
        {"name": "a", "constraints": [
          {"name": "c", "type": "check"},
          {"name": "f", "type": "foreign_key", "columns": ["x"]},
          {"name": "n", "type": "not_null", "columns": ["x", "y"]},
          {"type": "unique", "columns": ["x"]},
          {"name": "t", "type": "trigger"},
          {"name": "r", "type": "foreign_key", "columns": ["x"], "references": {"schema": "public"}}
        ]}
        """)))
        .containsExactly(
            "line 4, column 3 (/tables/0/constraints/0): this constraint lacks \"expression\", the check's condition as SQL",
            "line 5, column 3 (/tables/0/constraints/1): this constraint lacks \"references\"",
            "line 6, column 3 (/tables/0/constraints/2): this constraint lacks \"columns\" with the one column",
            "line 7, column 3 (/tables/0/constraints/3): this constraint lacks \"name\"",
            "line 8, column 25 (/tables/0/constraints/4/type): must be one of check, foreign_key, unique, primary_key, not_null, exclude,"
                + " and is \"trigger\"",
            "line 9, column 72 (/tables/0/constraints/5/references): this lacks \"name\"");
  }

  @Test
  void tellsOfWhatStandsTwice() {
    assertThat(problems(minimal("""
        {"name": "a", "columns": [{"name": "x", "type": "text"}, {"name": "x", "type": "text"}]},
        {"schema": "public", "name": "a"},
        {"name": "b", "rows": 1, "rows": 2}
        """)))
        .containsExactly(
            "line 3, column 58 (/tables/0/columns/1): the column \"x\" stands here twice; remove one",
            "line 5, column 26 (/tables/2/rows): the key \"rows\" stands twice in one object; remove one");
    assertThat(problems(minimal("""
        {"name": "a"}, {"schema": "public", "name": "a"}
        """)))
        .containsExactly(
            "line 3, column 16 (/tables/1): the table a stands in the file twice; remove one");
  }

  @Test
  void refusesATableThatIsAPartitionOfItself() {
    assertThat(problems(minimal("""
        {"name": "a", "partition_of": {"name": "b"}}, {"name": "b", "partition_of": {"name": "a"}}
        """))).singleElement().asString().contains("a partition of itself");
  }

  @Test
  void refusesSizesThatCannotBeAddedUp() {
    String table = IntStream.range(0, 2_000)
        .mapToObj(i -> "{\"name\": \"t" + i + "\", \"rows\": 9007199254740991}")
        .collect(Collectors.joining(","));

    assertThat(problems(minimal(table))).first().asString().contains("more than any disk holds");
  }

  @Test
  void refusesAnotherFormat() {
    assertThat(problems(minimal("").replace("\"plimsoll_catalog\": 1", "\"plimsoll_catalog\": 2")))
        .singleElement()
        .asString()
        .contains("this is format 2 and only format 1 can be read");
    assertThat(problems("{\"name\": \"package.json\"}"))
        .singleElement()
        .asString()
        .contains("this is no size catalog");
  }

  @Test
  void refusesVersionsThatContradictEachOther() {
    assertThat(problems(minimal("")
            .replace("\"version\": \"17.2\"", "\"version\": \"17.2\", \"major_version\": 16")))
        .singleElement()
        .asString()
        .contains("\"version\" is 17.2 and \"major_version\" is 16: correct one of them");
  }

  @Test
  void saysWhatIsMissingOnTop() {
    assertThat(problems("{\"plimsoll_catalog\": 1}"))
        .singleElement()
        .asString()
        .contains("lacks \"taken_at\"");
    assertThat(problems("{\"plimsoll_catalog\": 1, \"taken_at\": \"2026-01-31T02:00:00Z\"}"))
        .singleElement()
        .asString()
        .contains("lacks \"server\"");
    assertThat(
            problems(
                "{\"plimsoll_catalog\": 1, \"taken_at\": \"2026-01-31T02:00:00Z\", \"server\": {\"engine\": \"postgresql\", \"version\": \"17\"}}"))
        .singleElement()
        .asString()
        .contains("lacks \"tables\"");
    assertThat(problems("{\"plimsoll_catalog\": 1, \"taken_at\": \"yesterday\"}"))
        .singleElement()
        .asString()
        .contains("as in \"2026-01-31T02:00:00Z\", and is \"yesterday\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "5",
        "null",
        "\"x\"",
        "{",
        "{]",
        "ERROR:  permission denied",
        "{\"tables\":",
        "\u0000",
        "{}{}"
      })
  void neverThrowsForWhatIsNoCatalog(String text) {
    assertThat(read(text)).isInstanceOf(CatalogReading.Bad.class);
  }

  @Test
  void survivesEveryCutAndEveryBrokenByte() {
    byte[] whole = SHOP.getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < whole.length - 2; length += 7) {
      assertThat(CatalogFile.read(java.util.Arrays.copyOf(whole, length)))
          .isInstanceOf(CatalogReading.Bad.class);
    }
    for (int at = 0; at < whole.length; at += 3) {
      for (byte wrong : new byte[] {'"', '{', ']', ',', '-', 0, (byte) 0xff}) {
        byte[] broken = whole.clone();
        broken[at] = wrong;
        assertThat(CatalogFile.read(broken)).isNotNull();
      }
    }
  }

  @Test
  void saysThatAFileWasCutOff() {
    assertThat(problems(SHOP.substring(0, 600)))
        .singleElement()
        .asString()
        .contains("was it cut off while it was written?");
  }

  @Test
  void saysThatPsqlWroteInAnotherEncoding() {
    byte[] latin = minimal("{\"name\": \"größe\"}").getBytes(StandardCharsets.ISO_8859_1);

    assertThat(CatalogFile.read(latin))
        .isInstanceOfSatisfying(
            CatalogReading.Bad.class,
            bad -> assertThat(bad.problems())
                .singleElement()
                .asString()
                .contains("PGCLIENTENCODING=UTF8"));
  }

  @Test
  void readsWhatPowerShellWrites() {
    byte[] utf16 = ("\uFEFF" + SHOP).getBytes(StandardCharsets.UTF_16LE);

    assertThat(CatalogFile.read(utf16)).isInstanceOf(CatalogReading.Ok.class);
    assertThat(read("\uFEFF" + SHOP)).isInstanceOf(CatalogReading.Ok.class);
  }

  @Test
  void readsATypeAfterAllEvenWhenTheServerComesLastButNotOfAnotherEngine() {
    String tables =
        "\"tables\": [{\"name\": \"a\", \"columns\": [{\"name\": \"x\", \"type\": \"int\"}]}]";
    String file = "{\"plimsoll_catalog\": 1, \"taken_at\": \"2026-01-31T02:00:00Z\", " + tables
        + ", \"server\": {\"engine\": \"%s\", \"version\": \"8.0\", \"major_version\": 8}}";

    assertThat(read(file.formatted("postgresql"))).isInstanceOf(CatalogReading.Ok.class);
    assertThat(problems(file.formatted("mysql")))
        .singleElement()
        .asString()
        .contains("must stand before \"tables\"");
  }

  @Test
  void refusesAFileThatIsTooLarge() {
    CatalogLimits limits = CatalogLimits.DEFAULT.withBytes(new Bytes(1_000));
    InputStream endless = new SequenceInputStream(
        new ByteArrayInputStream("{\"x\": \"".getBytes(StandardCharsets.UTF_8)), new Endless());

    assertThat(CatalogFile.read(endless, limits))
        .isInstanceOfSatisfying(
            CatalogReading.Bad.class,
            bad ->
                assertThat(bad.problems()).singleElement().asString().contains("larger than 1 kB"));
  }

  @Test
  void refusesATextThatIsTooLongAndANestThatIsTooDeep() {
    assertThat(problems("{\"extensions\": " + "[".repeat(100) + "]".repeat(100) + "}"))
        .first()
        .asString()
        .contains("exceeds a limit");
    assertThat(problems(minimal("{\"name\": \"" + "x".repeat(1_200_000) + "\"}")))
        .first()
        .asString()
        .contains("exceeds a limit");
  }

  @Test
  void refusesMoreTablesThanAllowed() {
    InputStream three =
        new ByteArrayInputStream(minimal("{\"name\": \"a\"}, {\"name\": \"b\"}, {\"name\": \"c\"}")
            .getBytes(StandardCharsets.UTF_8));

    assertThat(CatalogFile.read(three, CatalogLimits.DEFAULT.withTables(2)))
        .isInstanceOfSatisfying(
            CatalogReading.Bad.class,
            bad -> assertThat(bad.problems())
                .singleElement()
                .asString()
                .contains("there are more than 2 tables"));
  }

  @Test
  void tellsFiftyProblemsAndNotAMillion() {
    String tables = String.join(",", java.util.Collections.nCopies(10_000, "{\"name\": 5}"));

    assertThat(problems(minimal(tables))).hasSize(50);
  }

  @Test
  void showsNoControlCharactersOfAStranger() {
    assertThat(problems(minimal("{\"name\": \"a\", \"kind\": \"\\u001b[2Jx\"}")))
        .singleElement()
        .asString()
        .contains("\"?[2Jx\"");
  }

  @Test
  void saysThatThereIsNoFile(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("catalog.json");
    assertThat(CatalogFile.read(file))
        .isInstanceOfSatisfying(
            CatalogReading.Bad.class,
            bad ->
                assertThat(bad.problems()).singleElement().asString().contains("there is no file"));

    Files.writeString(file, SHOP);
    assertThat(CatalogFile.read(file)).isInstanceOf(CatalogReading.Ok.class);
  }

  private static String minimal(String tables) {
    return """
        {"plimsoll_catalog": 1, "taken_at": "2026-01-31T02:00:00Z", "server": {"engine": "postgresql", "version": "17.2"},
        "tables": [
        %s]}
        """.formatted(tables);
  }

  private static CatalogReading read(String json) {
    return CatalogFile.read(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Catalog good(String json) {
    return switch (read(json)) {
      case CatalogReading.Ok ok -> ok.catalog();
      case CatalogReading.Bad bad -> throw new AssertionError(bad.problems());
    };
  }

  private static List<String> problems(String json) {
    return switch (read(json)) {
      case CatalogReading.Ok ok -> throw new AssertionError("it was read");
      case CatalogReading.Bad bad ->
        new ArrayList<>(bad.problems().stream().map(CatalogProblem::toString).toList());
    };
  }

  private static final class Endless extends InputStream {
    @Override
    public int read() {
      return 'x';
    }
  }
}
