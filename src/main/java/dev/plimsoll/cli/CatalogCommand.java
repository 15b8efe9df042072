package dev.plimsoll.cli;

import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plimsoll catalog}: taking production's sizes, and looking at what was taken. */
@Command(
    name = "catalog",
    description = "Takes the sizes of production's tables, and checks a catalog that was taken.",
    synopsisSubcommandLabel = "(sql | export | check)",
    exitCodeOnExecutionException = 2,
    subcommands = {CatalogSqlCommand.class, CatalogExportCommand.class, CatalogCheckCommand.class},
    footer = {
      "",
      "A DBA takes a catalog with psql and commits the file:",
      "  plimsoll catalog sql | psql -XAt \"$$DATABASE_URL\" > plimsoll-catalog.json",
      "  plimsoll catalog check plimsoll-catalog.json"
    })
public final class CatalogCommand implements Runnable {

  @Spec
  private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  private final Function<String, Optional<String>> environment;

  public CatalogCommand() {
    this(name -> Optional.ofNullable(System.getenv(name)));
  }

  /**
   * @param environment the process's environment variables
   */
  CatalogCommand(Function<String, Optional<String>> environment) {
    this.environment = environment;
  }

  Function<String, Optional<String>> environment() {
    return environment;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "say what to do: sql, export or check");
  }
}
