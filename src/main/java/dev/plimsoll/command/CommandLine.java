package dev.plimsoll.command;

/**
 * A line of a comment that is addressed to Plimsoll.
 *
 * @param ordinal which one of the comment's commands, from 1
 * @param name the first word, in lower case; {@code help} when there is none
 * @param arguments the rest of the line, trimmed; may be empty
 */
public record CommandLine(int ordinal, String name, String arguments) {

  /** The first word of the arguments; empty when there is none. */
  public String firstArgument() {
    return arguments.split("\\s+", 2)[0];
  }

  /** What follows the first word of the arguments; empty when nothing does. */
  public String restOfArguments() {
    String[] parts = arguments.split("\\s+", 2);
    return parts.length == 2 ? parts[1].strip() : "";
  }

  @Override
  public String toString() {
    return CommandParser.PREFIX + " " + (name + " " + arguments).strip();
  }
}
