package dev.plimsoll.impact;

import java.time.Duration;

/**
 * How long something takes, as an honest range.
 *
 * @param low on good hardware, with the data in memory
 * @param high on ordinary hardware under load
 */
public record DurationRange(Duration low, Duration high) {

  public static final DurationRange INSTANT =
      new DurationRange(Duration.ZERO, Duration.ofMillis(50));

  public DurationRange {
    if (low.isNegative() || high.compareTo(low) < 0) {
      throw new IllegalArgumentException("not a range: " + low + " to " + high);
    }
  }

  public static DurationRange ofSeconds(double low, double high) {
    return new DurationRange(
        Duration.ofMillis(Math.round(low * 1000)), Duration.ofMillis(Math.round(high * 1000)));
  }

  public DurationRange plus(DurationRange other) {
    return new DurationRange(low.plus(other.low), high.plus(other.high));
  }

  public boolean isInstant() {
    return high.compareTo(Duration.ofSeconds(1)) < 0;
  }

  /** For people: {@code under 1 s}, {@code 9 to 24 min}, {@code 40 s to 2 min}, {@code 1.5 to 4 h}. */
  @Override
  public String toString() {
    if (isInstant()) {
      return "under 1 s";
    }
    String from = spell(low);
    String to = spell(high);
    if (from.equals(to)) {
      return "about " + to;
    }
    String fromUnit = from.substring(from.lastIndexOf(' '));
    String start = to.endsWith(fromUnit) ? from.substring(0, from.lastIndexOf(' ')) : from;
    return low.toMillis() < 1000 ? "up to " + to : start + " to " + to;
  }

  private static String spell(Duration duration) {
    double seconds = duration.toMillis() / 1000.0;
    if (seconds < 90) {
      return Math.max(1, Math.round(seconds)) + " s";
    }
    if (seconds < 90 * 60) {
      return Math.round(seconds / 60) + " min";
    }
    double hours = seconds / 3600;
    return hours < 10 ? trim(Math.round(hours * 2) / 2.0) + " h" : Math.round(hours) + " h";
  }

  private static String trim(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }
}
