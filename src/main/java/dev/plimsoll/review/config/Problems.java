package dev.plimsoll.review.config;

import dev.plimsoll.review.config.ConfigReading.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** What is wrong with a configuration, gathered while it is read so that its author sees all of it at once. */
final class Problems {

  /** More help nobody, and a file may be hostile. */
  private static final int MOST = 20;

  private static final int LONGEST_QUOTE = 60;

  private final List<Problem> found = new ArrayList<>();
  private int leftOut;

  void at(Node node, String message) {
    at(node.getStartMark(), message);
  }

  void at(Optional<Mark> mark, String message) {
    if (found.size() == MOST) {
      leftOut++;
      return;
    }
    int line = mark.map(Mark::getLine).orElse(0) + 1;
    int column = mark.map(Mark::getColumn).orElse(0) + 1;
    found.add(new Problem(message, line, column));
  }

  boolean none() {
    return found.isEmpty();
  }

  /** From the top of the file to its end. */
  List<Problem> all() {
    List<Problem> sorted = new ArrayList<>(found);
    sorted.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
    if (leftOut > 0) {
      Problem last = sorted.getLast();
      sorted.add(new Problem("and " + leftOut + " more", last.line(), last.column()));
    }
    return sorted;
  }

  /** A value of the file for a message, shortened. */
  static String quote(String value) {
    int length = value.codePointCount(0, value.length());
    String shown = length <= LONGEST_QUOTE
        ? value
        : value.substring(0, value.offsetByCodePoints(0, LONGEST_QUOTE)) + "...";
    return '"' + shown.replace('\n', ' ') + '"';
  }
}
