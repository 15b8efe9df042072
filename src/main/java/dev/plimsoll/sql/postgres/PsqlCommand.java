package dev.plimsoll.sql.postgres;

import java.util.Set;

/** What a backslash command of psql (PostgreSQL 18, psql's reference page) does to the statements around it. */
enum PsqlCommand {
  /** Formats, prints, sets variables: nothing reaches the server that the text does not show. */
  HARMLESS,
  /** Sends the statement before it. */
  ENDS_STATEMENT,
  /** Runs what stands elsewhere, or on another server. */
  RUNS_SOMETHING;

  private static final Set<String> HARMLESS_NAMES = Set.of(
      "a",
      "C",
      "cd",
      "conninfo",
      "copyright",
      "echo",
      "elif",
      "else",
      "encoding",
      "endif",
      "errverbose",
      "f",
      "getenv",
      "h",
      "help",
      "H",
      "html",
      "if",
      "l",
      "o",
      "out",
      "p",
      "print",
      "prompt",
      "pset",
      "q",
      "qecho",
      "quit",
      "r",
      "reset",
      "restrict",
      "s",
      "set",
      "setenv",
      "t",
      "T",
      "timing",
      "unrestrict",
      "unset",
      "warn",
      "w",
      "write",
      "x",
      "z",
      "?");

  private static final Set<String> ENDING_NAMES = Set.of(
      "g", "gx", "gset", "gdesc", "crosstabview", "watch", ";", "bind", "bind_named", "parse");

  static PsqlCommand named(String name) {
    if (HARMLESS_NAMES.contains(name)
        || name.startsWith("d")
        || name.startsWith("sf")
        || name.startsWith("sv")) {
      return HARMLESS;
    }
    return ENDING_NAMES.contains(name) ? ENDS_STATEMENT : RUNS_SOMETHING;
  }

  /** Why the statements that a command runs are not known, for people. */
  static String reason(String name) {
    return switch (name) {
      case "i", "include", "ir", "include_relative" ->
        "\\" + name + " runs another file, which is not read";
      case "c", "connect" -> "\\" + name + " goes on in another database or as another user";
      case "copy" -> "\\copy loads or writes data on the client";
      case "gexec" -> "\\gexec runs what the query returns as statements";
      case "!" -> "\\! runs a program";
      default -> "\\" + name + " is a psql command without a model of what it does";
    };
  }
}
