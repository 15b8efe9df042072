package dev.plimsoll.report;

/** How a forge writes a block that replaces the lines a comment stands on. */
public enum Dialect {
  /** The block replaces all lines of the comment. */
  GITHUB,
  /** The block says how many lines above the comment's last one it replaces. */
  GITLAB;

  String suggestion(int lines) {
    return switch (this) {
      case GITHUB -> "suggestion";
      case GITLAB -> "suggestion:-" + (lines - 1) + "+0";
    };
  }
}
