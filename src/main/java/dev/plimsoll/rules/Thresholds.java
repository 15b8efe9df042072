package dev.plimsoll.rules;

import dev.plimsoll.catalog.Bytes;
import dev.plimsoll.catalog.RowCount;
import java.time.Duration;

/**
 * Where a table begins to matter. All can be set in the configuration.
 *
 * @param tinyRows up to here (and {@code tinyBytes}) a table is tiny
 * @param smallRows up to here (and {@code smallBytes}) it is small
 * @param largeRows up to here (and {@code largeBytes}) it is large, above it huge
 * @param hotReads scans a second from which a table is hot, whatever its size
 * @param hotWrites rows written a second from which a table is hot
 * @param tolerableBlock how long other statements may wait before a finding blocks the merge
 * @param noticeableBlock how long they may wait before it is mentioned
 * @param maxLockTimeout the longest lock_timeout that still protects the queue
 */
public record Thresholds(
    RowCount tinyRows,
    Bytes tinyBytes,
    RowCount smallRows,
    Bytes smallBytes,
    RowCount largeRows,
    Bytes largeBytes,
    double hotReads,
    double hotWrites,
    Duration tolerableBlock,
    Duration noticeableBlock,
    Duration maxLockTimeout) {

  public static final Thresholds DEFAULT = new Thresholds(
      new RowCount(10_000),
      Bytes.mebibytes(10),
      new RowCount(1_000_000),
      Bytes.gibibytes(1),
      new RowCount(50_000_000),
      Bytes.gibibytes(50),
      50,
      10,
      Duration.ofSeconds(2),
      Duration.ofMillis(500),
      Duration.ofSeconds(10));
}
