package dev.plimsoll.review.config;

import java.util.List;

/** What reading a configuration gave. */
public sealed interface ConfigReading {

  record Ok(Config config) implements ConfigReading {}

  /** There is no file: the defaults hold. */
  record Absent() implements ConfigReading {}

  record Bad(List<Problem> problems) implements ConfigReading {
    public Bad {
      problems = List.copyOf(problems);
    }
  }

  /**
   * @param line from 1
   * @param column from 1
   */
  record Problem(String message, int line, int column) {}

  /** The settings to go on with, so that the rest of the review is not lost; what is wrong still holds the merge. */
  default Config configOrDefault() {
    return switch (this) {
      case Ok ok -> ok.config();
      case Absent absent -> Config.DEFAULT;
      case Bad bad -> Config.DEFAULT;
    };
  }
}
