package dev.plimsoll.command;

import java.util.List;

/**
 * @param done understood and possible; else the reply says what to do instead, and there are no effects
 * @param reply Markdown, escaped
 */
public record CommandResult(boolean done, String reply, List<Effect> effects) {

  public CommandResult {
    effects = List.copyOf(effects);
  }

  static CommandResult says(String reply) {
    return new CommandResult(true, reply, List.of());
  }

  static CommandResult does(String reply, List<? extends Effect> effects) {
    return new CommandResult(true, reply, List.copyOf(effects));
  }

  static CommandResult refuses(String reply) {
    return new CommandResult(false, reply, List.of());
  }
}
