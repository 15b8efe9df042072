package dev.plimsoll.catalog;

import java.util.OptionalDouble;

/**
 * How busy a table is, averaged over the time since the server's counters were reset or between two samples.
 *
 * @param readsPerSecond scans begun, sequential and by index; absent when unknown
 * @param writesPerSecond rows inserted, updated and deleted; absent when unknown
 */
public record Traffic(OptionalDouble readsPerSecond, OptionalDouble writesPerSecond) {

  public static final Traffic UNKNOWN = new Traffic(OptionalDouble.empty(), OptionalDouble.empty());

  public static Traffic of(double readsPerSecond, double writesPerSecond) {
    return new Traffic(OptionalDouble.of(readsPerSecond), OptionalDouble.of(writesPerSecond));
  }

  public boolean isKnown() {
    return readsPerSecond.isPresent() || writesPerSecond.isPresent();
  }
}
