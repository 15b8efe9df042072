package dev.plimsoll.impact;

import dev.plimsoll.catalog.RowCount;

/**
 * The time that one row takes as a range, in microseconds.
 *
 * @param fast above 0
 * @param slow at least {@code fast}
 */
public record RowRate(double fast, double slow) {

  public RowRate {
    if (fast <= 0 || slow < fast) {
      throw new IllegalArgumentException("not a range of times: " + fast + " to " + slow);
    }
  }

  public DurationRange time(RowCount rows) {
    return DurationRange.ofSeconds(rows.value() * fast / 1e6, rows.value() * slow / 1e6);
  }

  @Override
  public String toString() {
    return trim(fast) + "-" + trim(slow) + " µs each";
  }

  private static String trim(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }
}
