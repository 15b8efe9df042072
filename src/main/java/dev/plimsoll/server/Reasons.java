package dev.plimsoll.server;

/** Messages of other systems, as Markdown that they cannot break out of. */
final class Reasons {

  private static final int LONGEST = 500;

  private Reasons() {}

  static String inMarkdown(String message) {
    String line = message.replaceAll("[\\p{Cntrl}`]+", " ").strip();
    return "`" + (line.length() > LONGEST ? line.substring(0, LONGEST) + " …" : line) + "`";
  }
}
