package dev.plimsoll.cli;

/** When to use colours. */
enum Colour {
  AUTO,
  ALWAYS,
  NEVER;

  boolean isOn() {
    return switch (this) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO ->
        System.getenv("NO_COLOR") == null
            && !"dumb".equals(System.getenv("TERM"))
            && System.console() != null
            && System.console().isTerminal();
    };
  }
}
