package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReviewCommandTest {

  private static final String SETTINGS = """
      version: 1
      databases:
        main:
          engine: postgresql
          version: 16
          catalog: sizes.json
      """;

  private static final String SIZES = """
      {"plimsoll_catalog": 1, "taken_at": "%s",
       "server": {"engine": "postgresql", "version": "16.3", "major_version": 16},
       "tables": [{"schema": "public", "name": "orders", "kind": "table", "rows": 200000000, "heap_bytes": 90194313216, "toast_bytes": 0,
                   "columns": [{"name": "id", "type": "bigint", "nullable": false}], "indexes": [], "constraints": [],
                   "reads_per_second": 900, "writes_per_second": 1200}]}
      """.formatted(java.time.Instant.now());

  @TempDir
  Path directory;

  private record Run(int code, String out, String err) {}

  @BeforeEach
  void makeRepository() throws Exception {
    git("init", "-q", "-b", "main");
    git("config", "user.email", "author@example.com");
    git("config", "user.name", "author");
    write(".plimsoll.yml", SETTINGS);
    write("sizes.json", SIZES);
    write("db/migration/V1__orders.sql", "CREATE TABLE orders (id bigint PRIMARY KEY);\n");
    git("add", "-A");
    git("commit", "-qm", "begin");
    git("checkout", "-q", "-b", "work");
  }

  @Test
  void reviewsWhatTheBranchAddsAgainstTheBaseBranchesCatalog() throws Exception {
    write("db/migration/V2__status.sql", "ALTER TABLE orders ADD COLUMN status text NOT NULL;\n");

    Run run = review("--base", "main");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains("db/migration/V2__status.sql:1:1  blocks  required-column-without-default")
        .contains("about 200 million rows")
        .contains("23502")
        .doesNotContain("V1__orders.sql:1");
  }

  @Test
  void takesNeitherSettingsNorSizesFromTheBranchThatItReviews() throws Exception {
    write("db/migration/V2__status.sql", "ALTER TABLE orders ADD COLUMN status text NOT NULL;\n");
    write(".plimsoll.yml", SETTINGS + "rules:\n  required-column-without-default: off\n");
    write("sizes.json", SIZES.replace("200000000", "0").replace("90194313216", "0"));

    Run run = review("--base", "main");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains("required-column-without-default")
        .contains("about 200 million rows");
  }

  @Test
  void passesWhenNothingBlocks() throws Exception {
    write("db/migration/V2__notes.sql", "CREATE TABLE notes (id bigint PRIMARY KEY, text text);\n");
    write("db/migration/U2__notes.sql", "DROP TABLE notes;\n");

    Run run = review("--base", "main", "--checklist");

    assertThat(run.out()).contains("Ready");
    assertThat(run.code()).isZero();
  }

  @Test
  void aSyntaxErrorBlocksAndItsNeighboursAreStillRead() throws Exception {
    write("db/migration/V2__two.sql", "ALTER TABEL orders ADD a int;\nDROP TABLE orders;\n");

    Run run = review("--base", "main");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains("V2__two.sql:1:1  blocks  statement-fails")
        .contains("table-dropped");
  }

  @Test
  void aFileThatIsNamedIsReviewedWhateverItsNameAndPlace() throws Exception {
    write("scripts/now.txt.sql", "DROP TABLE orders;\n");

    Run run = review(directory.resolve("scripts/now.txt.sql").toString());

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("table-dropped");
  }

  @Test
  void sqlThatItCannotPlaceOrReadNeverPasses() throws Exception {
    write("misc/a b.sql", "DROP TABLE orders;\n");
    Run placed = review(directory.resolve("misc").toString());
    assertThat(placed.code()).isEqualTo(2);
    assertThat(placed.err()).contains("none of the 1 .sql files");

    Files.write(directory.resolve("misc/latin.sql"), new byte[] {'-', '-', (byte) 0xe9, '\n'});
    Run unread = review(directory.resolve("misc/latin.sql").toString());
    assertThat(unread.code()).isEqualTo(1);
    assertThat(unread.out()).contains("not UTF-8");
  }

  @Test
  void speaksJsonAndMarkdown() throws Exception {
    write("db/migration/V2__status.sql", "ALTER TABLE orders ADD COLUMN status text NOT NULL;\n");

    assertThat(review("--base", "main", "--format", "json").out())
        .startsWith("{")
        .contains("\"rule\" : \"required-column-without-default\"");
    assertThat(review("--base", "main", "--format", "markdown").out())
        .startsWith("### Not ready")
        .contains("**This statement fails in production.**");
  }

  @Test
  void saysWhatToDoWhenItIsCalledWrongly() throws Exception {
    assertThat(review().err()).contains("name the files to review").contains("--base main");
    assertThat(review("--base", "nowhere").err()).contains("there is no commit \"nowhere\"");
    assertThat(review("nofile.sql").err()).contains("there is no file or directory nofile.sql");
    assertThat(review("--base", "main", "--engine-version", "9").err()).contains("12 to 18");
    assertThat(review("--base", "main", "--engine-version", "9").code()).isEqualTo(2);
  }

  private Run review(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = new CommandLine(new ReviewCommand(directory))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((e, line, result) -> {
          err.append(e.getMessage());
          return Main.USAGE_OR_INTERNAL_ERROR;
        })
        .execute(arguments);
    return new Run(code, out.toString(), err.toString());
  }

  private void write(String path, String text) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void git(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }
}
