package dev.plimsoll.report;

import dev.plimsoll.rules.Fix.Replacement;
import dev.plimsoll.sql.SourceText;
import java.util.Locale;
import java.util.Optional;

/**
 * Whole lines of a file as they would be with a replacement made in them.
 *
 * @param fromLine the first line that is replaced
 * @param toLine the last one
 * @param text all of these lines anew, with what stands before and behind the statement
 */
record Suggestion(int fromLine, int toLine, String text) {

  private static final int LONGEST = 6_000;

  /**
   * Absent where a click would not do what it says: the file is no SQL script, so that its statements stand in another language; the place is
   * not in the text; or a line holds characters that a reader cannot see.
   */
  static Optional<Suggestion> of(Replacement fix, SourceText source) {
    String text = source.text();
    int from = fix.place().start().offset();
    int to = fix.place().end().offset();
    boolean ours = source.file().equals(fix.place().file())
        && source.file().toLowerCase(Locale.ROOT).endsWith(".sql")
        && from >= 0
        && from < to
        && to <= text.length();
    if (!ours) {
      return Optional.empty();
    }
    int lineStart = lineStart(text, from);
    int lineEnd = lineEnd(text, to);
    String before = text.substring(lineStart, from);
    String after = text.substring(to, lineEnd);
    String indent = before.isBlank() ? before : " ".repeat(leadingSpaces(before));
    String replaced = before + fix.sql().strip().replace("\n", "\n" + indent) + after;
    boolean unchanged = replaced.equals(text.substring(lineStart, lineEnd));
    return unchanged || replaced.length() > LONGEST || !Visible.isPlain(replaced)
        ? Optional.empty()
        : Optional.of(
            new Suggestion(source.positionAt(from).line(), source.positionAt(to).line(), replaced));
  }

  int lines() {
    return toLine - fromLine + 1;
  }

  private static int lineStart(String text, int at) {
    int i = at;
    while (i > 0 && text.charAt(i - 1) != '\n' && text.charAt(i - 1) != '\r') {
      i--;
    }
    return i;
  }

  private static int lineEnd(String text, int at) {
    int i = at;
    while (i < text.length() && text.charAt(i) != '\n' && text.charAt(i) != '\r') {
      i++;
    }
    return i;
  }

  private static int leadingSpaces(String text) {
    int i = 0;
    while (i < text.length() && text.charAt(i) == ' ') {
      i++;
    }
    return i;
  }
}
