package dev.plimsoll.review.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.catalog.Bytes;
import dev.plimsoll.catalog.RowCount;
import dev.plimsoll.checklist.ChecklistItem;
import dev.plimsoll.review.config.Config.Ai;
import dev.plimsoll.review.config.Config.CatalogSource;
import dev.plimsoll.review.config.Config.MigrationPath;
import dev.plimsoll.rules.Severity;
import dev.plimsoll.sql.Engine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigReaderTest {

  private final ConfigReader reader =
      new ConfigReader(Set.of("no-lock-timeout", "index-blocks-writes"), Set.of("flyway", "sql"));

  @Test
  void readsTheLeastThatThereCanBe() {
    assertThat(config("version: 1\n")).isEqualTo(Config.DEFAULT);
  }

  @Test
  void readsWhatADatabaseIs() {
    Config config = config("""
        version: 1
        databases:
          shop:
            version: 17.2
            catalog: ops/catalog.json
            max_catalog_age: 36 h
            migrations:
              - db/migration
              - {path: "other/*.sql", format: sql}
            windows: [Sun 02:00-04:00 UTC]
          legacy:
            engine: mysql
            catalog: {url: "https://files.example.com/legacy.json", token_env: PLIMSOLL_CATALOG_TOKEN_LEGACY}
        """);

    assertThat(config.databases()).hasSize(2);
    Config.Database shop = config.databases().getFirst();
    assertThat(shop.engine()).isEqualTo(Engine.POSTGRESQL);
    assertThat(shop.version()).isEqualTo(OptionalInt.of(17));
    assertThat(shop.catalog()).contains(new CatalogSource.RepositoryFile("ops/catalog.json"));
    assertThat(shop.maxCatalogAge()).isEqualTo(Duration.ofHours(36));
    assertThat(shop.migrations())
        .containsExactly(
            new MigrationPath("db/migration", Optional.empty()),
            new MigrationPath("other/*.sql", Optional.of("sql")));
    assertThat(shop.windows()).containsExactly("Sun 02:00-04:00 UTC");
    assertThat(config.databases().get(1).catalog())
        .contains(new CatalogSource.Url(
            "https://files.example.com/legacy.json",
            Optional.of("PLIMSOLL_CATALOG_TOKEN_LEGACY"),
            "0 3 * * *"));
  }

  @Test
  void readsWhatHoldsTheMerge() {
    Config config = config("""
        version: 1
        rules: {no-lock-timeout: off, index-blocks-writes: advice}
        thresholds:
          tiny: {rows: 20_000, size: 20 MB}
          large: {rows: 0.5 billion}
          block: {tolerable: 5 s, noticeable: 250 ms}
        checklist: {required: [size, lock]}
        overrides: {teams: [acme/dbas]}
        ai: {severity: blocking}
        """);

    assertThat(config.rules())
        .isEqualTo(Map.of(
            "no-lock-timeout",
            Optional.empty(),
            "index-blocks-writes",
            Optional.of(Severity.ADVICE)));
    assertThat(config.thresholds().tinyRows()).isEqualTo(new RowCount(20_000));
    assertThat(config.thresholds().tinyBytes()).isEqualTo(Bytes.mebibytes(20));
    assertThat(config.thresholds().largeRows()).isEqualTo(new RowCount(500_000_000));
    assertThat(config.thresholds().noticeableBlock()).isEqualTo(Duration.ofMillis(250));
    assertThat(config.requiredItems())
        .containsExactlyInAnyOrder(ChecklistItem.SIZE, ChecklistItem.LOCK);
    assertThat(config.overriders()).containsExactly("acme/dbas");
    assertThat(config.ai()).isEqualTo(Ai.ADVICE_BLOCKS);
  }

  @Test
  void saysWhereAnUnknownKeyStandsAndWhatWasMeant() {
    assertThat(problems("""
        version: 1
        datbases:
          shop: {}
        """))
        .containsExactly("2:1 unknown key \"datbases\"; did you mean \"databases\"?");
  }

  @Test
  void saysWhichKeysThereAreWhenNoneIsNear() {
    assertThat(problems("""
        version: 1
        checklist: {required: [], colour: red}
        """)).containsExactly("2:27 unknown key \"colour\"; there are required");
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    assertThat(problems("""
        version: 2
        databases:
          shop:
            engine: postgres
            version: 11
            max_catalog_age: soon
        rules:
          no-lock-timeouts: blocking
          index-blocks-writes: error
        checklist:
          required: [sizes]
        """))
        .containsExactly(
            "1:10 \"version\" is \"2\"; this Plimsoll reads version 1",
            "4:13 \"engine\" cannot be \"postgres\"; it is one of postgresql, mysql, mariadb, sqlserver, oracle, sqlite, h2;"
                + " did you mean \"postgresql\"?",
            "5:14 \"version\" is 11; what PostgreSQL does is known here for 12 to 18",
            "6:22 \"max_catalog_age\" must be a time such as 500 ms, 2 s, 10 min, 1 h or 7 d, not \"soon\"",
            "8:3 there is no rule \"no-lock-timeouts\"; did you mean \"no-lock-timeout\"?",
            "9:24 \"index-blocks-writes\" cannot be \"error\"; it is one of blocking, advice, off",
            "11:14 an item of \"required\" cannot be \"sizes\"; it is one of size, lock, alternative, rollback, defaults,"
                + " snapshot, window; did you mean \"size\"?");
  }

  @Test
  void refusesTheSameKeyTwiceSinceTheSecondWouldWinInSilence() {
    assertThat(problems("version: 1\nrules: {}\nrules: {}\n"))
        .containsExactly("3:1 the key \"rules\" stands here a second time");
  }

  @Test
  void refusesAnEmptyFile() {
    assertThat(problems(""))
        .containsExactly("1:1 the file is empty; the least that it can say is \"version: 1\"");
    assertThat(problems("# nothing yet\n")).hasSize(1);
  }

  @Test
  void refusesWhatIsNotYaml() {
    assertThat(problems("version: 1\n\tdatabases: {}\n").getFirst()).startsWith("2:1 not YAML: ");
    assertThat(problems("version: 1\n---\nversion: 1\n"))
        .containsExactly("2:1 a second document begins; there can be only one");
    assertThat(problems("- version\n")).containsExactly("1:1 the file must hold keys and values");
  }

  @Test
  void refusesPathsOutsideTheRepository() {
    for (String path :
        List.of("../catalog.json", "/etc/passwd", "a/../../b", "c:\\\\x", "file://x")) {
      assertThat(problems("version: 1\ndatabases: {shop: {catalog: \"" + path + "\"}}\n")
              .getFirst())
          .contains("must be a path inside the repository");
    }
  }

  @Test
  void refusesToSendAnotherSecretOfTheServerAway() {
    assertThat(problems("""
        version: 1
        databases:
          shop:
            catalog: {url: "https://evil.example/x", token_env: PLIMSOLL_GITHUB_PRIVATE_KEY}
        """).getFirst())
        .startsWith("4:57 \"token_env\" must be PLIMSOLL_CATALOG_TOKEN");
    assertThat(problems(
                "version: 1\ndatabases: {shop: {catalog: {url: \"https://u:secret@example.com/x\"}}}\n")
            .getFirst())
        .contains("must not hold a password");
    assertThat(
            problems("version: 1\ndatabases: {shop: {catalog: {url: \"http://example.com/x\"}}}\n")
                .getFirst())
        .contains("must be an https:// address");
  }

  @Test
  void refusesThresholdsThatDoNotRise() {
    assertThat(problems("version: 1\nthresholds: {tiny: {rows: 2 million}}\n"))
        .containsExactly(
            "2:13 \"thresholds\" must rise from tiny to small to large, in rows and in size");
  }

  @Test
  void survivesFilesMadeToBreakIt() {
    String laughs = "version: 1\na: &a [x,x,x,x,x,x,x,x,x]\n"
        + "b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n".repeat(1) + "c: [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n";
    assertThat(problems(laughs)).isNotEmpty();
    assertThat(problems("version: 1\nrules: &r {no-lock-timeout: *r}\n")).isNotEmpty();
    assertThat(problems("[".repeat(200_000)).getFirst()).contains("nested deeper than 16 levels");
    assertThat(problems("{a: ".repeat(60_000)).getFirst()).contains("nested deeper");
    assertThat(problems("version: 1\nx: [" + "*a,".repeat(200) + "]").getFirst())
        .contains("more than 100 aliases");
    assertThat(problems("a: 1\n".repeat(60_000)).getFirst()).contains("larger than 256 KiB");
    assertThat(problems("version: !!java.net.URL [\"https://example.com\"]\n")).isNotEmpty();
    assertThat(problems("version: 1\nwhat: !!binary aGk=\n")).isNotEmpty();
    assertThat(problems("a: 1\n".repeat(500))).hasSizeLessThanOrEqualTo(21);
    assertThat(problems("\u0000\u0001")).isNotEmpty();
  }

  @Test
  void neverThrowsWhateverTheFileSays() {
    Random random = new Random(7);
    String pieces =
        "version: 1\n databases:{}[]&*!|>'\"%@`#-?,rules tiny null ~ 10 MB\t\\\u0085é\n";
    for (int i = 0; i < 3_000; i++) {
      StringBuilder yaml = new StringBuilder(i % 2 == 0 ? "version: 1\n" : "");
      for (int j = random.nextInt(60); j > 0; j--) {
        int at = random.nextInt(pieces.length());
        yaml.append(pieces, at, Math.min(pieces.length(), at + 1 + random.nextInt(9)));
      }
      ConfigReading reading = reader.read(yaml.toString());
      if (reading instanceof ConfigReading.Bad bad) {
        assertThat(bad.problems())
            .isNotEmpty()
            .allSatisfy(p -> assertThat(p.line()).isPositive());
      }
    }
  }

  private Config config(String yaml) {
    ConfigReading reading = reader.read(yaml);
    assertThat(reading).isInstanceOf(ConfigReading.Ok.class);
    return reading.configOrDefault();
  }

  private List<String> problems(String yaml) {
    ConfigReading reading = reader.read(yaml);
    assertThat(reading)
        .as(yaml.length() < 500 ? yaml : "a long file")
        .isInstanceOf(ConfigReading.Bad.class);
    return ((ConfigReading.Bad) reading)
        .problems().stream()
            .map(p -> p.line() + ":" + p.column() + " " + p.message())
            .toList();
  }
}
