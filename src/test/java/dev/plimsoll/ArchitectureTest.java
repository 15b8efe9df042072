package dev.plimsoll;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Keeps the table of packages in the architecture's description: what may use what. */
@AnalyzeClasses(
    packages = "dev.plimsoll",
    importOptions = {
      ImportOption.DoNotIncludeTests.class,
      ArchitectureTest.WithoutGeneratedParser.class
    })
class ArchitectureTest {
  /** In the order in which data flows. What may use a package may also use what that one may use. */
  private static final Map<String, Set<String>> MAY_USE = new Table()
      .row("sql")
      .row("schema", "sql")
      .row("migration", "sql")
      .row("catalog", "schema")
      .row("impact", "sql", "schema", "catalog")
      .row("rules", "impact", "migration")
      .row("checklist", "rules")
      .rowThatMayUseAllAbove("review")
      .row("report", "review")
      .row("forge", "report")
      .row("command", "review", "forge")
      .rowThatMayUseAllAbove("server")
      .rowThatMayUseAllAbove("cli")
      .mayUse;

  @ArchTest
  static void everyPackageIsInTheTable(JavaClasses plimsoll) {
    classes()
        .should()
        .resideInAnyPackage(packages(MAY_USE.keySet()))
        .allowEmptyShould(true)
        .check(plimsoll);
  }

  @ArchTest
  static void arrowsPointUpTheTable(JavaClasses plimsoll) {
    MAY_USE.forEach((name, used) -> noClasses()
        .that()
        .resideInAPackage(packageOf(name))
        .should()
        .dependOnClassesThat(resideInAPackage("dev.plimsoll..")
            .and(not(resideInAnyPackage(
                packages(Stream.concat(Stream.of(name), used.stream()).toList())))))
        .as(name + " may use only " + (used.isEmpty() ? "itself" : String.join(", ", used)))
        .allowEmptyShould(true)
        .check(plimsoll));
  }

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.plimsoll.(**)").should().beFreeOfCycles().allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyForgeGithubKnowsTheGithubClient =
      only("dev.plimsoll.forge.github..", "org.kohsuke..");

  @ArchTest
  static final ArchRule onlySqlGenericKnowsJSqlParser =
      only("dev.plimsoll.sql.generic..", "net.sf.jsqlparser..");

  @ArchTest
  static final ArchRule onlySqlPostgresKnowsTheWasmRuntime =
      only("dev.plimsoll.sql.postgres..", "run.endive..");

  @ArchTest
  static final ArchRule onlyServerKnowsJavalin = only("dev.plimsoll.server..", "io.javalin..");

  @ArchTest
  static final ArchRule onlyTheEdgesDoInputAndOutput = noClasses()
      .that()
      .resideOutsideOfPackages(packages(List.of("forge", "catalog", "server", "cli")))
      .should()
      .dependOnClassesThat(resideInAnyPackage(
              "java.net..",
              "java.nio.file..",
              "java.nio.channels..",
              "java.sql..",
              "javax.sql..",
              "okhttp3..")
          .and(not(aName())))
      .allowEmptyShould(true);

  /** A URI names something; using it reads nothing. */
  private static DescribedPredicate<JavaClass> aName() {
    return type(URI.class).or(type(URISyntaxException.class));
  }

  private static ArchRule only(String user, String library) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(user)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .allowEmptyShould(true);
  }

  private static String[] packages(Collection<String> names) {
    return names.stream().map(ArchitectureTest::packageOf).toArray(String[]::new);
  }

  private static String packageOf(String name) {
    return "dev.plimsoll." + name + "..";
  }

  /** Megabytes of bytecode that the build makes, and that use nothing but the wasm runtime. */
  static final class WithoutGeneratedParser implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/sql/postgres/wasm/");
    }
  }

  private static final class Table {
    final Map<String, Set<String>> mayUse = new LinkedHashMap<>();

    Table row(String name, String... used) {
      Set<String> reachable = new TreeSet<>();
      for (String direct : used) {
        reachable.add(direct);
        reachable.addAll(mayUse.get(direct));
      }
      mayUse.put(name, reachable);
      return this;
    }

    Table rowThatMayUseAllAbove(String name) {
      return row(name, mayUse.keySet().toArray(String[]::new));
    }
  }
}
