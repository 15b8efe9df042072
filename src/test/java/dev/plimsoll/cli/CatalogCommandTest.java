package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.catalog.Catalog;
import dev.plimsoll.catalog.CatalogReading;
import dev.plimsoll.catalog.file.CatalogFile;
import dev.plimsoll.testing.PostgresDatabase;
import dev.plimsoll.testing.ProvedOn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CatalogCommandTest {

  private record Outcome(int code, String out, String err) {}

  @TempDir
  private Path directory;

  @ProvedOn(postgres = {12, 17, 18})
  void printsAQueryThatADbaCanRunAsItIs(PostgresDatabase database) throws Exception {
    database.run("CREATE TABLE orders (id int)");
    Outcome outcome = run("sql");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .startsWith("-- How to use it")
        .contains("plimsoll catalog sql | psql -XAt \"$DATABASE_URL\" > plimsoll-catalog.json");
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        var result = statement.executeQuery(outcome.out())) {
      result.next();
      assertThat(CatalogFile.read(result.getString(1).getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(CatalogReading.Ok.class);
    }
  }

  @ProvedOn(postgres = {17})
  void exportsToAFileThatItThenFindsGood(PostgresDatabase database) throws Exception {
    database.run("CREATE TABLE größe (id int); ANALYZE");
    Path file = directory.resolve("catalog.json");

    assertThat(run("export", "--jdbc", database.jdbcUrl(), "--output", file.toString()))
        .isEqualTo(new Outcome(0, "", ""));

    Outcome check = run("check", file.toString());
    assertThat(check.code()).isZero();
    assertThat(check.out())
        .contains(
            "is a catalog that can be read",
            "less than a minute ago",
            "PostgreSQL 17.",
            "1 table\n",
            "größe");
    assertThat(files()).containsExactly(file);
  }

  @ProvedOn(postgres = {17})
  void exportsToStandardOutputAndTakesTheLoginFromTheEnvironment(PostgresDatabase database)
      throws Exception {
    database.run("CREATE TABLE größe (id int)");
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.US_ASCII));
    try {
      Outcome outcome = run(
          Map.of("PLIMSOLL_CATALOG_USER", "postgres", "PGUSER", "nobody"),
          "export",
          "--jdbc",
          database.jdbcUrl().replaceFirst("\\?.*", ""));
      assertThat(outcome).isEqualTo(new Outcome(0, "", ""));
    } finally {
      System.setOut(before);
    }

    assertThat(CatalogFile.read(out.toByteArray()))
        .isInstanceOfSatisfying(
            CatalogReading.Ok.class,
            ok -> assertThat(ok.catalog().tables())
                .extracting(t -> t.name().name())
                .containsExactly("größe"));
  }

  @Test
  void saysWhyThereIsNoCatalogAndKeepsTheOldFile() throws IOException {
    Path file = Files.writeString(directory.resolve("catalog.json"), "old");

    Outcome outcome = run(
        Map.of("PGPASSWORD", "hunter2"),
        "export",
        "--jdbc",
        "postgresql://eve@127.0.0.1:1/shop",
        "--output",
        file.toString());

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("cannot be taken from jdbc:postgresql://127.0.0.1:1/shop as eve")
        .doesNotContain("hunter2");
    assertThat(file).hasContent("old");
  }

  @Test
  void findsAFileTooOld() throws IOException {
    Path file = catalog(Instant.now().minus(Duration.ofDays(10)));

    assertThat(run("check", file.toString()).code()).isEqualTo(1);
    assertThat(run("check", file.toString()).out()).contains("10 days ago: STALE");
    assertThat(run("check", file.toString(), "--max-age", "30d").code()).isZero();
    assertThat(run("check", file.toString(), "--max-age", "239h").code()).isEqualTo(1);
  }

  @Test
  void tellsWhereAFileIsWrong() throws IOException {
    Path file = catalog(Instant.now());
    Files.writeString(file, Files.readString(file).replace("5", "-5"));

    Outcome outcome = run("check", file.toString());

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out())
        .contains("cannot be read as a catalog:", "(/tables/0/rows): must be the number of rows");
  }

  @Test
  void showsWarnings() throws IOException {
    Path file = catalog(Instant.now());
    Files.writeString(file, Files.readString(file).replace("\"rows\"", "\"row\""));

    Outcome outcome = run("check", file.toString());

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("warning: line 1: the key /tables/*/row is not known");
  }

  @Test
  void saysThatThereIsNoFile() {
    assertThat(run("check", directory.resolve("none.json").toString())).satisfies(outcome -> {
      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.out()).contains("there is no file");
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "dump",
        "check",
        "check a b",
        "check a --max-age soon",
        "check a --max-age 7",
        "export",
        "export --jdbc db.example.com"
      })
  void answersWrongUsageWithTwo(String arguments) {
    Outcome outcome = run(arguments.isEmpty() ? new String[0] : arguments.split(" "));

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("Usage:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "sql --help", "export --help", "check --help"})
  void helpsWithAnExample(String arguments) {
    Outcome outcome = run(arguments.split(" "));

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .contains("Usage:", "  plimsoll catalog")
        .doesNotContain("$$", "private", "null");
  }

  private Path catalog(Instant takenAt) throws IOException {
    Path file = directory.resolve("catalog.json");
    Files.writeString(file, """
        {"plimsoll_catalog": 1, "taken_at": "%s", "server": {"engine": "postgresql", "version": "17.2"}, "tables": [{"name": "a", "rows": 5}]}
        """.formatted(takenAt));
    assertThat(CatalogFile.read(file))
        .isInstanceOfSatisfying(
            CatalogReading.Ok.class, ok -> assertThat(ok.catalog()).isInstanceOf(Catalog.class));
    return file;
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(directory)) {
      return files.toList();
    }
  }

  private static Outcome run(String... arguments) {
    return run(Map.of(), arguments);
  }

  private static Outcome run(Map<String, String> environment, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = new CommandLine(
            new CatalogCommand(name -> Optional.ofNullable(environment.get(name))))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
    return new Outcome(code, out.toString(), err.toString());
  }
}
