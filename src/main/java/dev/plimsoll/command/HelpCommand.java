package dev.plimsoll.command;

import dev.plimsoll.report.Markdown;
import java.util.stream.Collectors;

/** Lists the commands, from their own descriptions. */
final class HelpCommand implements Command {

  @Override
  public String name() {
    return "help";
  }

  @Override
  public String usage() {
    return "help";
  }

  @Override
  public String example() {
    return "help";
  }

  @Override
  public String says() {
    return "lists these commands";
  }

  @Override
  public Permission permission() {
    return Permission.READ;
  }

  @Override
  public CommandResult run(Invocation invocation) {
    String table = invocation.commands().all().stream()
        .map(HelpCommand::row)
        .collect(Collectors.joining(
            "\n", "| Command | What it does | Who may use it |\n|---|---|---|\n", ""));
    String examples = invocation.commands().all().stream()
        .map(c -> CommandParser.PREFIX + " " + c.example())
        .collect(Collectors.joining("\n"));
    return CommandResult.says("Each command stands on a line of its own in a comment.\n\n" + table
        + "\n\nFor example:\n\n" + Markdown.block("text", examples));
  }

  private static String row(Command command) {
    return "| " + Markdown.code(CommandParser.PREFIX + " " + command.usage()) + " | "
        + command.says() + " | " + who(command.permission()) + " |";
  }

  static String who(Permission permission) {
    return switch (permission) {
      case READ -> "everybody";
      case WRITE -> "who may push to this repository";
      case OVERRIDE ->
        "administrators of this repository, and the teams that `.plimsoll.yml` names under `overrides`";
    };
  }
}
