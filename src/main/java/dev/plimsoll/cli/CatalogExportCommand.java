package dev.plimsoll.cli;

import dev.plimsoll.catalog.CatalogReading;
import dev.plimsoll.catalog.source.JdbcCatalogSource;
import dev.plimsoll.catalog.source.PostgresAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code plimsoll catalog export}: takes a catalog over JDBC. */
@Command(
    name = "export",
    description = "Takes a catalog from a PostgreSQL database over JDBC, read-only.",
    exitCodeOnExecutionException = 2,
    footer = {
      "",
      "The login comes from the URL, or from PLIMSOLL_CATALOG_USER and PLIMSOLL_CATALOG_PASSWORD, or from PGUSER and PGPASSWORD.",
      "Others on the machine can see a password in a URL on the command line.",
      "",
      "Examples:",
      "  plimsoll catalog export --jdbc jdbc:postgresql://db.example.com/shop --output plimsoll-catalog.json",
      "  plimsoll catalog export --jdbc \"$$DATABASE_URL\" > plimsoll-catalog.json",
      "",
      "Exit codes: 0 taken, 1 the database gave none, 2 wrong usage or an internal error."
    })
final class CatalogExportCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @ParentCommand
  private CatalogCommand catalog;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  @Option(
      names = "--jdbc",
      required = true,
      paramLabel = "URL",
      description = "The database: " + PostgresAddress.EXPECTED + ".")
  private String jdbc;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where to write it; standard output when left out.")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "5m",
      converter = SpanConverter.class,
      description = "How long the query may take, such as 90s or 5m (default: ${DEFAULT-VALUE}).")
  private Duration timeout;

  @Override
  public Integer call() throws IOException {
    Function<String, Optional<String>> environment = catalog.environment();
    PostgresAddress address = PostgresAddress.parse(jdbc)
        .orElseThrow(() -> new CommandLine.ParameterException(
            spec.commandLine(), "--jdbc must be " + PostgresAddress.EXPECTED))
        .orLogin(
            environment.apply("PLIMSOLL_CATALOG_USER").or(() -> environment.apply("PGUSER")),
            environment
                .apply("PLIMSOLL_CATALOG_PASSWORD")
                .or(() -> environment.apply("PGPASSWORD")));
    return switch (new JdbcCatalogSource(address, timeout).take()) {
      case JdbcCatalogSource.Sample.Taken taken -> deliver(taken);
      case JdbcCatalogSource.Sample.Failed failed -> {
        err().println(failed.reason());
        yield 1;
      }
    };
  }

  private int deliver(JdbcCatalogSource.Sample.Taken taken) throws IOException {
    switch (taken.catalog()) {
      case CatalogReading.Ok ok ->
        ok.warnings().forEach(warning -> err().println("warning: " + warning));
      case CatalogReading.Bad bad -> {
        err()
            .println(
                "The database gave a catalog that this program cannot read; please report it:");
        bad.problems().forEach(problem -> err().println("  " + problem));
        return 2;
      }
    }
    if (output.isEmpty()) {
      // The bytes as they are, whatever the terminal's encoding.
      System.out.write(taken.json());
      System.out.println();
      System.out.flush();
      return 0;
    }
    Path file = output.get().toAbsolutePath();
    Path incoming =
        Files.createTempFile(file.getParent(), file.getFileName().toString(), ".incoming");
    try {
      Files.write(incoming, taken.json());
      Files.move(incoming, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(incoming);
    }
    return 0;
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
