package dev.plimsoll.command;

/** One slash command. Pure: what it brings about is in its result. */
public interface Command {

  /** {@code override} */
  String name();

  /** Without prefix: {@code override FINDING-or-RULE REASON}. */
  String usage();

  /** Without prefix: {@code override drop-table agreed with the owners of the service}. */
  String example();

  /** What it does, one line. */
  String says();

  Permission permission();

  CommandResult run(Invocation invocation);
}
