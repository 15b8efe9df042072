package dev.plimsoll.catalog;

import java.util.Locale;

/**
 * A size on disk.
 *
 * @param value from 0
 */
public record Bytes(long value) implements Comparable<Bytes> {

  public static final Bytes ZERO = new Bytes(0);

  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};

  public Bytes {
    if (value < 0) {
      throw new IllegalArgumentException("a size cannot be negative: " + value);
    }
  }

  public static Bytes mebibytes(long count) {
    return new Bytes(Math.multiplyExact(count, 1L << 20));
  }

  public static Bytes gibibytes(long count) {
    return new Bytes(Math.multiplyExact(count, 1L << 30));
  }

  public Bytes plus(Bytes other) {
    return new Bytes(Math.addExact(value, other.value));
  }

  @Override
  public int compareTo(Bytes other) {
    return Long.compare(value, other.value);
  }

  /** As {@code pg_size_pretty} counts (a kB is 1024 B), with at most three digits: {@code 84 GB}, {@code 1.5 MB}. */
  @Override
  public String toString() {
    double amount = value;
    int unit = 0;
    while (amount >= 1000 && unit < UNITS.length - 1) {
      amount /= 1024;
      unit++;
    }
    String digits = unit == 0 || amount >= 10
        ? String.format(Locale.ROOT, "%.0f", amount)
        : String.format(Locale.ROOT, "%.1f", amount).replace(".0", "");
    return digits + " " + UNITS[unit];
  }
}
