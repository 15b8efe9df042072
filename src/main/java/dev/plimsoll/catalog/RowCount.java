package dev.plimsoll.catalog;

import java.util.Locale;

/**
 * How many rows a table has, as the server estimates it.
 *
 * @param value from 0
 */
public record RowCount(long value) implements Comparable<RowCount> {

  public static final RowCount ZERO = new RowCount(0);

  public RowCount {
    if (value < 0) {
      throw new IllegalArgumentException("a number of rows cannot be negative: " + value);
    }
  }

  public RowCount plus(RowCount other) {
    return new RowCount(Math.addExact(value, other.value));
  }

  @Override
  public int compareTo(RowCount other) {
    return Long.compare(value, other.value);
  }

  /** For people: {@code 950}, {@code 12,400}, {@code 3.2 million}, {@code 200 million}, {@code 1.4 billion}. */
  @Override
  public String toString() {
    if (value < 100_000) {
      return String.format(Locale.ROOT, "%,d", value);
    }
    boolean billions = value >= 999_500_000;
    double amount = value / (billions ? 1e9 : 1e6);
    String digits = amount >= 10
        ? String.format(Locale.ROOT, "%.0f", amount)
        : String.format(Locale.ROOT, amount >= 1 ? "%.1f" : "%.2f", amount)
            .replaceAll("\\.?0+$", "");
    return digits + (billions ? " billion" : " million");
  }
}
