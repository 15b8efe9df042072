package dev.plimsoll.sql;

import java.util.Arrays;

/** A file's text that knows where its lines begin. */
public final class SourceText {

  /** Nobody sees it, and no editor counts it. */
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private final String file;
  private final String text;
  private final int[] lineStarts;

  /** Offsets of the second halves of surrogate pairs, so that a column costs no walk along a line of megabytes. */
  private final int[] pairs;

  public SourceText(String file, String text) {
    this.file = file;
    this.text = text;
    this.lineStarts = lineStartsOf(text);
    this.pairs = pairsOf(text);
  }

  public String file() {
    return file;
  }

  public String text() {
    return text;
  }

  public int lineCount() {
    return lineStarts.length;
  }

  /** The text of a line, from 1, without its line end. */
  public String line(int number) {
    int from = lineStarts[number - 1];
    int to = number < lineStarts.length ? lineStarts[number] : text.length();
    while (to > from && (text.charAt(to - 1) == '\n' || text.charAt(to - 1) == '\r')) {
      to--;
    }
    return text.substring(from, to);
  }

  public Position positionAt(int offset) {
    int at = Math.clamp(offset, 0, text.length());
    int found = Arrays.binarySearch(lineStarts, at);
    int line = found >= 0 ? found : -found - 2;
    boolean behindMark = line == 0 && at > 0 && text.charAt(0) == BYTE_ORDER_MARK;
    int units = at - lineStarts[line] - (behindMark ? 1 : 0);
    return new Position(
        at, line + 1, units - (pairsBefore(at) - pairsBefore(lineStarts[line])) + 1);
  }

  /** The stretch from {@code from} to before {@code to}, both as offsets into the text. */
  public SourceSpan span(int from, int to) {
    return new SourceSpan(file, positionAt(from), positionAt(to));
  }

  private int pairsBefore(int offset) {
    int found = Arrays.binarySearch(pairs, offset);
    return found >= 0 ? found : -found - 1;
  }

  private static int[] pairsOf(String text) {
    int[] found = new int[0];
    int count = 0;
    for (int i = 1; i < text.length(); i++) {
      if (Character.isLowSurrogate(text.charAt(i))
          && Character.isHighSurrogate(text.charAt(i - 1))) {
        if (count == found.length) {
          found = Arrays.copyOf(found, Math.max(16, count * 2));
        }
        found[count++] = i;
      }
    }
    return Arrays.copyOf(found, count);
  }

  private static int[] lineStartsOf(String text) {
    int[] starts = new int[Math.max(16, text.length() / 24)];
    int count = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean ends =
          c == '\n' || (c == '\r' && !(i + 1 < text.length() && text.charAt(i + 1) == '\n'));
      if (ends) {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, count * 2);
        }
        starts[count++] = i + 1;
      }
    }
    return Arrays.copyOf(starts, count);
  }
}
