package dev.plimsoll.report;

import java.util.List;

/**
 * One of the two checks in words.
 *
 * @param title one line, plain text
 * @param summary Markdown
 * @param marks in the order of the review
 */
public record CheckText(boolean passes, String title, String summary, List<Mark> marks) {

  public CheckText {
    marks = List.copyOf(marks);
  }

  /**
   * A note beside lines of a file, in plain text.
   *
   * @param blocking it holds the merge
   */
  public record Mark(
      String path, int fromLine, int toLine, boolean blocking, String title, String message) {}
}
