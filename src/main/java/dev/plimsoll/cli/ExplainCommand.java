package dev.plimsoll.cli;

import dev.plimsoll.rules.Rule;
import dev.plimsoll.rules.RulePages;
import dev.plimsoll.rules.Rules;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plimsoll explain}: a rule's page. */
@Command(
    name = "explain",
    description =
        "Shows what a rule is about, why, and the safe way; without a rule, lists all of them.",
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  plimsoll explain", "  plimsoll explain index-blocks-writes"})
final class ExplainCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "RULE", arity = "0..1", description = "The rule's name.")
  private String rule;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (rule == null) {
      int width =
          Rules.all().stream().mapToInt(r -> r.info().id().length()).max().orElse(0);
      Rules.all()
          .forEach(
              r -> out.printf("%-" + width + "s  %s%n", r.info().id(), r.info().says()));
      out.flush();
      return 0;
    }
    Optional<Rule> known = Rules.byId(rule);
    if (known.isEmpty()) {
      throw new UserError("there is no rule \"" + rule + "\"; plimsoll explain lists them all");
    }
    out.print(RulePages.of(known.get().info().id()));
    out.flush();
    return 0;
  }
}
