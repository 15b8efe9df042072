package dev.plimsoll.rules;

import static dev.plimsoll.rules.Shop.shop;
import static dev.plimsoll.testing.Given.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RulesTest {

  private static final Path SOURCES = Path.of("src/main/java/dev/plimsoll/rules");
  private static final Path PAGES = Path.of("docs/rules");

  static Stream<Rule> rules() {
    return Rules.all().stream();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aRuleItsTestAndItsPageCarryOneName(Rule rule) {
    String name = rule.getClass().getSimpleName();

    assertThat(rule.info().id()).isEqualTo(kebabCase(name));
    assertThat(Path.of("src/test/java/dev/plimsoll/rules", name + "Test.java")).exists();
    assertThat(PAGES.resolve(rule.info().id() + ".md")).exists();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aRuleSaysInOneLineWhatItIsAbout(Rule rule) {
    assertThat(rule.info().says()).isNotBlank().doesNotContain("\n").doesNotEndWith(".");
    assertThat(rule.info().because()).endsWith(".");
  }

  @Test
  void everyRuleIsRegistered() throws IOException {
    TreeSet<String> written = new TreeSet<>();
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.toList()) {
        if (Files.readString(file).contains(" implements Rule {")) {
          written.add(file.getFileName().toString().replace(".java", ""));
        }
      }
    }

    TreeSet<String> registered = rules()
        .map(r -> r.getClass().getSimpleName())
        .collect(Collectors.toCollection(TreeSet::new));
    assertThat(registered).isEqualTo(written);
    assertThat(rules().map(r -> r.info().id()).toList()).doesNotHaveDuplicates();
  }

  @Test
  void everyPageHasItsRule() throws IOException {
    try (Stream<Path> pages = Files.list(PAGES)) {
      List<String> ids = pages
          .map(p -> p.getFileName().toString().replace(".md", ""))
          .filter(n -> !n.equals("README"))
          .toList();
      assertThat(ids).allMatch(id -> Rules.byId(id).isPresent());
    }
  }

  @Test
  void aRuleThatIsOffSaysNothing() {
    given(shop())
        .configured("index-blocks-writes", Optional.empty())
        .migration("CREATE INDEX ON orders (customer_id);")
        .isQuiet();
  }

  @Test
  void aRuleCanBeMadeAdvice() {
    given(shop())
        .configured("index-blocks-writes", Optional.of(Severity.ADVICE))
        .migration("CREATE INDEX ON orders (customer_id); -- FIND advice:index-blocks-writes")
        .finds();
  }

  @Test
  void aRuleThatOnlyAdvisesCanBeMadeBlocking() {
    assertThat(given(shop())
            .configured("nullable-again", Optional.of(Severity.BLOCKING))
            .migration("ALTER TABLE orders ALTER COLUMN number DROP NOT NULL;")
            .findings())
        .allMatch(Finding::isBlocking)
        .hasSize(1);
  }

  @Test
  void findingsComeInTheOrderOfTheDeployment() {
    assertThat(given(shop())
            .migration("CREATE INDEX ON orders (customer_id);\nDROP TABLE archived_orders;")
            .migration("ALTER TABLE orders ADD COLUMN status text NOT NULL;")
            .findings()
            .stream()
            .map(Finding::rule))
        .containsExactly("index-blocks-writes", "table-dropped", "required-column-without-default");
  }

  @Test
  void aFindingStaysTheSameWhereverItsStatementMoves() {
    Finding first = given(shop()).migration("DROP TABLE orders;").findings().getFirst();
    Finding moved = given(shop())
        .migration("CREATE TABLE parcels (id bigint);")
        .migration("-- a comment\n\nDROP   TABLE /* all */ orders ;")
        .findings()
        .getFirst();
    Finding other = given(shop()).migration("DROP TABLE customers;").findings().getFirst();

    assertThat(moved.fingerprint()).isEqualTo(first.fingerprint());
    assertThat(other.fingerprint()).isNotEqualTo(first.fingerprint());
  }

  @Test
  void twoCommandsOfOneStatementAreTwoFindings() {
    List<Finding> findings = given(shop())
        .migration("ALTER TABLE orders ADD CHECK (total >= 0), ADD CHECK (customer_id > 0);")
        .findings();

    assertThat(findings).hasSize(2);
    assertThat(findings.getFirst().fingerprint())
        .isNotEqualTo(findings.getLast().fingerprint());
  }

  @Test
  void aDeploymentThatOnlyMakesNewTablesIsQuiet() {
    given(shop()).migration("""
            CREATE TABLE parcels (id bigserial PRIMARY KEY, weight int, code text);
            CREATE INDEX ON parcels (code);
            ALTER TABLE parcels ADD COLUMN status text NOT NULL, ADD UNIQUE (code), ALTER COLUMN weight TYPE bigint;
            ALTER TABLE parcels RENAME COLUMN weight TO grams;
            UPDATE parcels SET status = 'new';
            """).isQuiet();
  }

  @Test
  void thousandsOfStatementsInOneTransactionAreCheckedInSeconds() {
    StringBuilder sql = new StringBuilder("BEGIN;\n");
    for (int i = 0; i < 500; i++) {
      sql.append("ALTER TABLE t").append(i).append(" ADD CONSTRAINT c CHECK (a > 0) NOT VALID;\n");
      sql.append("ALTER TABLE t").append(i).append(" VALIDATE CONSTRAINT c;\n");
      sql.append("ALTER TABLE orders RENAME COLUMN c").append(i).append(" TO d;\n");
      sql.append("ALTER TABLE orders ALTER COLUMN c").append(i).append(" DROP NOT NULL;\n");
    }
    Deployment deployment = given(shop()).migration(sql + "COMMIT;").deployment();
    long start = System.nanoTime();

    Rules.check(deployment, Map.of());

    assertThat((System.nanoTime() - start) / 1_000_000_000).isLessThan(5);
  }

  private static String kebabCase(String name) {
    return name.replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
