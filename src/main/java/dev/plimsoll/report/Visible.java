package dev.plimsoll.report;

/**
 * Text of which nothing is hidden: control characters, characters that turn the direction of writing and characters without width become a
 * visible mark, so that what a reader sees is what the file holds.
 */
final class Visible {

  private static final int MARK = 0xFFFD;

  private Visible() {}

  /** On one line: line breaks and tabs become spaces. */
  static String line(String text) {
    return map(text, false);
  }

  /** Line breaks, as LF, and tabs stay. */
  static String block(String text) {
    return map(text.replace("\r\n", "\n").replace('\r', '\n'), true);
  }

  /** Whether nothing in it would be marked. */
  static boolean isPlain(String text) {
    return block(text).equals(text.replace("\r\n", "\n").replace('\r', '\n'));
  }

  /** At most so many characters; a longer text ends with an ellipsis. */
  static String shortened(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = most - 1;
    if (Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + "…";
  }

  private static String map(String text, boolean lines) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().forEach(c -> {
      if (c == '\n' || c == '\t' || c == '\r') {
        out.append(lines ? (char) c : ' ');
      } else {
        out.appendCodePoint(isHidden(c) ? MARK : c);
      }
    });
    return out.toString();
  }

  private static boolean isHidden(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.UNASSIGNED
        || type == Character.PRIVATE_USE
        || c == 0x115F
        || c == 0x1160
        || c == 0x3164
        || c == 0xFFA0;
  }
}
