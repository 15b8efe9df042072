package dev.plimsoll.impact;

import dev.plimsoll.catalog.Bytes;

/**
 * A speed as a range, in MB (2^20 bytes) a second.
 *
 * @param slow above 0
 * @param fast at least {@code slow}
 */
public record ByteRate(double slow, double fast) {

  public ByteRate {
    if (slow <= 0 || fast < slow) {
      throw new IllegalArgumentException("not a range of speeds: " + slow + " to " + fast);
    }
  }

  public DurationRange time(Bytes bytes) {
    double megabytes = bytes.value() / (double) (1 << 20);
    return DurationRange.ofSeconds(megabytes / fast, megabytes / slow);
  }

  @Override
  public String toString() {
    return Math.round(slow) + "-" + Math.round(fast) + " MB/s";
  }
}
