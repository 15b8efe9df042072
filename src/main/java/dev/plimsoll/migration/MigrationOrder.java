package dev.plimsoll.migration;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a migration stands in its framework's order: first by number parts ({@code 2.10} after {@code 2.9}), then by name.
 *
 * @param last runs after all others: repeatable migrations
 */
public record MigrationOrder(boolean last, List<BigInteger> version, String name)
    implements Comparable<MigrationOrder> {

  public MigrationOrder {
    version = List.copyOf(version);
  }

  /** By a version such as {@code 2}, {@code 2.10.1}, {@code 2_1} or {@code 20240101120000}; other characters separate. */
  public static MigrationOrder versioned(String version, String name) {
    List<BigInteger> parts = new ArrayList<>();
    for (String part : version.split("[^0-9]+")) {
      if (!part.isEmpty() && part.length() <= 64) {
        parts.add(new BigInteger(part));
      }
    }
    while (!parts.isEmpty() && parts.getLast().signum() == 0) {
      parts.removeLast();
    }
    return new MigrationOrder(false, parts, name);
  }

  public static MigrationOrder repeatable(String name) {
    return new MigrationOrder(true, List.of(), name);
  }

  @Override
  public int compareTo(MigrationOrder other) {
    if (last != other.last) {
      return last ? 1 : -1;
    }
    for (int i = 0; i < Math.max(version.size(), other.version.size()); i++) {
      BigInteger mine = i < version.size() ? version.get(i) : BigInteger.ZERO;
      BigInteger theirs = i < other.version.size() ? other.version.get(i) : BigInteger.ZERO;
      if (!mine.equals(theirs)) {
        return mine.compareTo(theirs);
      }
    }
    return name.compareTo(other.name);
  }
}
