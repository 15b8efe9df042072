package dev.plimsoll.cli;

import dev.plimsoll.review.Reviewers;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where the process starts. */
@Command(
    name = "plimsoll",
    description =
        "Says what database migrations would do in production: locks, durations, failures, the safe way, the way back.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ReviewCommand.class,
      ExplainCommand.class,
      CatalogCommand.class,
      ServeCommand.class,
      DemoCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  plimsoll review --base main                    review what this branch adds",
      "  plimsoll review db/migration/V7__status.sql    review one file",
      "  plimsoll explain index-blocks-writes           what a rule is about",
      "  plimsoll catalog sql | psql -XAt > plimsoll-catalog.json"
    })
public final class Main implements Runnable {

  /** What went wrong is the caller's to mend, or ours; it is never a finding. */
  static final int USAGE_OR_INTERNAL_ERROR = 2;

  @Spec
  private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = CommandLine.ScopeType.INHERIT,
      description = "Shows the stack trace of an internal error.")
  private boolean debug;

  public static void main(String[] args) {
    if (args.length > 0 && args[0].equals("review")) {
      Reviewers.warmUp();
    }
    System.exit(run(args));
  }

  static int run(String... args) {
    PrintWriter out =
        new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true);
    PrintWriter err =
        new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true);
    Main main = new Main();
    int code = new CommandLine(main)
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((e, line, result) -> {
          explain(err, e, main.debug);
          return USAGE_OR_INTERNAL_ERROR;
        })
        .execute(args);
    out.flush();
    return code;
  }

  private static void explain(PrintWriter err, Exception e, boolean debug) {
    if (e instanceof UserError) {
      err.println("plimsoll: " + e.getMessage());
    } else {
      err.println("plimsoll: internal error: " + e + (debug ? "" : " (--debug shows more)"));
    }
    if (debug) {
      e.printStackTrace(err);
    }
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "say what to do; plimsoll --help lists the commands");
  }
}
