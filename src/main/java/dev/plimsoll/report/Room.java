package dev.plimsoll.report;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * A text that stays below a limit. Whole pieces go in or stay out, and what stays out is said in it; nothing is cut.
 *
 * <p>Counted in UTF-8 bytes, which are never fewer than the characters that forges count.
 */
final class Room {

  /** Below the 65,536 of a comment on GitHub, with room for a marker and for what an adapter adds. */
  static final int COMMENT = 56_000;

  private final StringBuilder text = new StringBuilder();
  private int left;

  Room(int limit) {
    this.left = limit;
  }

  /**
   * Adds a paragraph if there is room for it.
   *
   * @param otherwise stands in its place where there is none; short enough to fit in always
   */
  void paragraph(String paragraph, String otherwise) {
    if (paragraph.isEmpty()) {
      return;
    }
    String before = text.isEmpty() ? "" : "\n\n";
    int size = size(before + paragraph);
    boolean fits = size <= left;
    text.append(before).append(fits ? paragraph : otherwise);
    left -= fits ? size : 0;
  }

  void paragraph(String paragraph) {
    paragraph(paragraph, "(A part is too long to stand here; `plimsoll review` shows it.)");
  }

  /** As many items as fit into {@code limit}, each on its line, and then how many are left out. */
  static <T> String lines(
      List<T> items, int limit, Function<T, String> line, IntFunction<String> more) {
    StringBuilder out = new StringBuilder();
    int used = 0;
    int shown = 0;
    for (T item : items) {
      String next = line.apply(item);
      used += size(next) + 1;
      if (used > limit) {
        break;
      }
      out.append(shown == 0 ? "" : "\n").append(next);
      shown++;
    }
    if (shown < items.size()) {
      out.append(shown == 0 ? "" : "\n").append(more.apply(items.size() - shown));
    }
    return out.toString();
  }

  static int size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
