package dev.plimsoll.command;

import dev.plimsoll.report.Markdown;
import dev.plimsoll.review.Review;
import dev.plimsoll.review.config.Nearest;
import java.util.List;
import java.util.Optional;

/** All commands. A new one is entered here. */
public final class Commands {

  /** A reason or an answer is a sentence or two. */
  private static final int LONGEST_ARGUMENTS = 2_000;

  private static final Commands ALL = new Commands(List.of(
      new HelpCommand(),
      new StatusCommand(),
      new PlanCommand(),
      new ExplainCommand(),
      new AnswerCommand(),
      new OverrideCommand(),
      new RevokeCommand(),
      new RerunCommand()));

  private final List<Command> commands;

  private Commands(List<Command> commands) {
    this.commands = List.copyOf(commands);
  }

  public static Commands standard() {
    return ALL;
  }

  /** In the order in which help lists them. */
  public List<Command> all() {
    return commands;
  }

  /** What a line asks for. */
  public sealed interface Found {
    record One(Command command) implements Found {}

    /**
     * @param reply what to write instead
     */
    record None(String reply) implements Found {}
  }

  public Found find(CommandLine line) {
    Optional<Command> command =
        commands.stream().filter(c -> c.name().equals(line.name())).findFirst();
    if (command.isEmpty()) {
      String hint = Nearest.of(line.name(), commands.stream().map(Command::name).toList())
          .map(n -> " Did you mean " + Markdown.code(CommandParser.PREFIX + " " + n) + "?")
          .orElse("");
      return new Found.None("There is no command " + Markdown.code(line.name()) + "." + hint + " "
          + Markdown.code(CommandParser.PREFIX + " help") + " lists them.");
    }
    if (line.arguments().length() > LONGEST_ARGUMENTS) {
      return new Found.None("What follows a command may have 2,000 characters, not "
          + line.arguments().length() + ". Put the long version elsewhere and link to it.");
    }
    return new Found.One(command.get());
  }

  /** The command that a reply is to. */
  public static String quoted(CommandLine line) {
    return "> " + Markdown.code(line.toString());
  }

  /** Whether the merge is held, in a sentence. */
  public static String verdict(Review review) {
    return StatusCommand.verdict(review);
  }

  /** What somebody is told who may not use a command. */
  public static String refusal(Command command, List<String> overriders) {
    String teams = overriders.isEmpty()
        ? ". To let a team do it, name it in `.plimsoll.yml` under `overrides`, `teams`."
        : " or a member of "
            + String.join(", ", overriders.stream().map(Markdown::code).toList()) + ".";
    String who = switch (command.permission()) {
      case READ -> "who can read this repository.";
      case WRITE -> "who may push to this repository (write access or more).";
      case OVERRIDE -> "an administrator of this repository" + teams;
    };
    return "You may not use " + Markdown.code(CommandParser.PREFIX + " " + command.name())
        + " here: it takes " + who;
  }
}
