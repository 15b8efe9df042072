package dev.plimsoll.command;

import dev.plimsoll.report.Markdown;
import java.util.List;
import java.util.Optional;

/** Ends a decision. */
final class RevokeCommand implements Command {

  @Override
  public String name() {
    return "revoke";
  }

  @Override
  public String usage() {
    return "revoke N";
  }

  @Override
  public String example() {
    return "revoke 3";
  }

  @Override
  public String says() {
    return "ends override or answer number N; `" + CommandParser.PREFIX + " status` lists them";
  }

  @Override
  public Permission permission() {
    return Permission.OVERRIDE;
  }

  @Override
  public CommandResult run(Invocation invocation) {
    String word = invocation.line().firstArgument();
    String digits = word.startsWith("#") ? word.substring(1) : word;
    Optional<Decision> meant = digits.matches("[0-9]{1,18}")
        ? invocation.decisions().stream()
            .filter(d -> d.id() == Long.parseLong(digits))
            .findFirst()
        : Optional.empty();
    if (meant.isEmpty()) {
      String numbers = invocation.decisions().isEmpty()
          ? "There is none that holds."
          : "Those that hold are "
              + String.join(
                  ", ",
                  invocation.decisions().stream()
                      .map(d -> String.valueOf(d.id()))
                      .toList())
              + ".";
      return CommandResult.refuses((word.isEmpty()
              ? "Which decision?"
              : "There is no decision " + Markdown.code(word) + " that holds.")
          + " " + numbers);
    }
    return CommandResult.does(
        "Decision " + meant.get().id() + " by " + Markdown.code(meant.get().by().login())
            + " holds no longer.",
        List.of(new Effect.RevokeDecision(meant.get().id())));
  }
}
