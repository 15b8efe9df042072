package dev.plimsoll.impact;

import java.util.List;

/** How long a statement works while it holds its locks. */
public sealed interface Estimate {

  /**
   * @param arithmetic how the range came about, a line for each part: {@code rewrite of 84 GB at 60-160 MB/s: 9 to 24 min}
   */
  record Known(DurationRange range, List<String> arithmetic) implements Estimate {
    public Known {
      arithmetic = List.copyOf(arithmetic);
    }
  }

  /** It grows with a table whose size is unknown, or the statement could not be read. */
  record Unknown(String reason) implements Estimate {}

  Estimate INSTANT = new Known(DurationRange.INSTANT, List.of());
}
