package dev.plimsoll.rules;

import java.time.Duration;
import java.util.Optional;

/**
 * The time limits in force when a statement runs.
 *
 * @param lock lock_timeout: how long a statement may wait for a lock; absent when there is no limit (0, or never set)
 * @param statement statement_timeout: how long a statement may take; absent when there is no limit
 */
public record Timeouts(Optional<Duration> lock, Optional<Duration> statement) {

  public static final Timeouts NONE = new Timeouts(Optional.empty(), Optional.empty());
}
