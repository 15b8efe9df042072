package dev.plimsoll.sql.postgres;

import java.nio.charset.StandardCharsets;

/**
 * A text as the parser reads it, UTF-8 without a byte order mark, and the way back from offsets in it to offsets in the
 * string that it was made from. A lone surrogate becomes a question mark.
 */
public final class Utf8Text {
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final int STEP = 256;

  private final String string;
  private final byte[] bytes;

  /** Length of the byte order mark in the string: 0 or 1. */
  private final int start;

  /** For every {@value #STEP}th byte, how many chars (UTF-16) start before it; empty when all is ASCII. */
  private final int[] charsBefore;

  private Utf8Text(String string) {
    this.string = string;
    this.start = !string.isEmpty() && string.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
    this.bytes = string.substring(start).getBytes(StandardCharsets.UTF_8);
    this.charsBefore = bytes.length == string.length() - start ? new int[0] : countChars(bytes);
  }

  static Utf8Text of(String string) {
    return new Utf8Text(string);
  }

  /** The string that this was made from. */
  public String string() {
    return string;
  }

  byte[] bytes() {
    return bytes;
  }

  /**
   * The offset in {@link #string()} (UTF-16) of the character at a byte offset, as parse trees give it in {@code location}.
   * Offsets beyond the end give the end.
   */
  public int offsetOfByte(int byteOffset) {
    int target = Math.clamp(byteOffset, 0, bytes.length);
    if (charsBefore.length == 0) {
      return start + target;
    }
    int chars = charsBefore[target / STEP];
    for (int i = target / STEP * STEP; i < target; i++) {
      chars += charsStartedBy(bytes[i]);
    }
    return start + chars;
  }

  /** The offset in {@link #string()} (UTF-16) of a code point, as errors give it. Offsets beyond the end give the end. */
  int offsetOfCodePoint(int codePoint) {
    int available = string.codePointCount(start, string.length());
    return string.offsetByCodePoints(start, Math.clamp(codePoint, 0, available));
  }

  private static int[] countChars(byte[] bytes) {
    int[] counts = new int[bytes.length / STEP + 1];
    int chars = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (i % STEP == 0) {
        counts[i / STEP] = chars;
      }
      chars += charsStartedBy(bytes[i]);
    }
    if (bytes.length % STEP == 0) {
      counts[bytes.length / STEP] = chars;
    }
    return counts;
  }

  /** A first byte of UTF-8 stands for one char, or for two when four bytes make a code point; other bytes for none. */
  private static int charsStartedBy(byte b) {
    if ((b & 0b1100_0000) == 0b1000_0000) {
      return 0;
    }
    return (b & 0b1111_0000) == 0b1111_0000 ? 2 : 1;
  }
}
