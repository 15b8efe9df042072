package dev.plimsoll.command;

import java.util.List;

/** Reviews once more: after a new catalog, say. */
final class RerunCommand implements Command {

  @Override
  public String name() {
    return "rerun";
  }

  @Override
  public String usage() {
    return "rerun";
  }

  @Override
  public String example() {
    return "rerun";
  }

  @Override
  public String says() {
    return "reviews the head commit once more, with the newest catalog and configuration";
  }

  @Override
  public Permission permission() {
    return Permission.WRITE;
  }

  @Override
  public CommandResult run(Invocation invocation) {
    return CommandResult.does(
        "Reviewed once more: the checks tell the result.", List.of(new Effect.Rerun()));
  }
}
