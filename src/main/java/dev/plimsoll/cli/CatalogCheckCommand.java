package dev.plimsoll.cli;

import dev.plimsoll.catalog.CatalogReading;
import dev.plimsoll.catalog.CatalogSummary;
import dev.plimsoll.catalog.file.CatalogFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plimsoll catalog check}: whether a file can be read, how old it is, and what stands out in it. */
@Command(
    name = "check",
    description =
        "Reads a catalog file and shows how old it is, the biggest tables, and what is unknown or unfinished.",
    exitCodeOnExecutionException = 2,
    footer = {
      "",
      "Examples:",
      "  plimsoll catalog check plimsoll-catalog.json",
      "  plimsoll catalog check plimsoll-catalog.json --max-age 30d",
      "",
      "Exit codes: 0 it can be used, 1 it cannot be read or is too old, 2 wrong usage or an internal error."
    })
final class CatalogCheckCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  @Parameters(paramLabel = "FILE", description = "The catalog file.")
  private Path file;

  @Option(
      names = "--max-age",
      paramLabel = "AGE",
      defaultValue = "7d",
      converter = SpanConverter.class,
      description = "How old it may be, such as 12h or 30d (default: ${DEFAULT-VALUE}).")
  private Duration maxAge;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    return switch (CatalogFile.read(file)) {
      case CatalogReading.Ok ok -> {
        CatalogSummary summary = new CatalogSummary(ok.catalog(), Instant.now(), maxAge);
        out.println(file + " is a catalog that can be read");
        ok.warnings().forEach(warning -> out.println("warning: " + warning));
        out.println();
        out.print(summary.text());
        out.flush();
        yield summary.isStale() ? 1 : 0;
      }
      case CatalogReading.Bad bad -> {
        out.println(file + " cannot be read as a catalog:");
        bad.problems().forEach(problem -> out.println("  " + problem));
        out.flush();
        yield 1;
      }
    };
  }
}
