package dev.plimsoll.report;

import dev.plimsoll.impact.DurationRange;
import dev.plimsoll.impact.Estimate;
import dev.plimsoll.impact.LockMode;
import dev.plimsoll.review.Review;
import dev.plimsoll.review.Review.TimelineEntry;
import dev.plimsoll.rules.Exposure;
import dev.plimsoll.sql.RelationName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The locks that keep somebody waiting, one after the other as the deployment takes them. A lock ends with its transaction.
 *
 * @param bars in the order in which the locks are taken
 * @param omitted how many more there are than can be drawn
 */
record LockTimeline(List<Bar> bars, int omitted) {

  private static final int MOST_BARS = 24;

  /**
   * @param start since the deployment began, on ordinary hardware under load
   * @param length how long, by the same measure; of an unknown one, as long as looks right
   * @param held for people; absent when unknown
   */
  record Bar(
      RelationName table,
      LockMode mode,
      Duration start,
      Duration length,
      Optional<DurationRange> held) {}

  static LockTimeline of(Review review) {
    Set<RelationName> weighty = new HashSet<>();
    review.tables().stream()
        .filter(t -> !t.isNegligible())
        .map(Exposure::table)
        .forEach(weighty::add);
    List<TimelineEntry> entries = review.timeline();
    Duration nominal = nominal(entries);
    List<Bar> bars = new ArrayList<>();
    Map<Integer, Map<RelationName, LockMode>> heldIn = new LinkedHashMap<>();
    Duration now = Duration.ZERO;
    for (int i = 0; i < entries.size(); i++) {
      TimelineEntry entry = entries.get(i);
      Map<RelationName, LockMode> held =
          heldIn.computeIfAbsent(entry.transaction(), t -> new LinkedHashMap<>());
      for (Map.Entry<RelationName, LockMode> lock : entry.locks().entrySet()) {
        LockMode before = held.getOrDefault(lock.getKey(), LockMode.ACCESS_SHARE);
        boolean stronger = lock.getValue().compareTo(before) > 0;
        if (lock.getValue().blocksWrites() && stronger && weighty.contains(lock.getKey())) {
          bars.add(bar(lock.getKey(), lock.getValue(), now, entries, i, nominal));
        }
        held.merge(lock.getKey(), lock.getValue(), LockMode::strongest);
      }
      now = now.plus(length(entry.estimate(), nominal));
    }
    int shown = Math.min(bars.size(), MOST_BARS);
    return new LockTimeline(List.copyOf(bars.subList(0, shown)), bars.size() - shown);
  }

  /** Worth a picture: somebody waits for a second or more, or nobody knows. */
  boolean isWorthShowing() {
    return bars.stream().anyMatch(b -> b.held().map(h -> !h.isInstant()).orElse(true));
  }

  private static Bar bar(
      RelationName table,
      LockMode mode,
      Duration start,
      List<TimelineEntry> entries,
      int from,
      Duration nominal) {
    DurationRange total = DurationRange.ofSeconds(0, 0);
    Duration length = Duration.ZERO;
    boolean known = true;
    for (int i = from;
        i < entries.size() && entries.get(i).transaction() == entries.get(from).transaction();
        i++) {
      Estimate estimate = entries.get(i).estimate();
      length = length.plus(length(estimate, nominal));
      switch (estimate) {
        case Estimate.Known k -> total = total.plus(k.range());
        case Estimate.Unknown unknown -> known = false;
      }
    }
    return new Bar(table, mode, start, length, known ? Optional.of(total) : Optional.empty());
  }

  private static Duration length(Estimate estimate, Duration nominal) {
    return switch (estimate) {
      case Estimate.Known known -> known.range().high();
      case Estimate.Unknown unknown -> nominal;
    };
  }

  /** An unknown time is drawn as long as the longest known one, and at least a minute. */
  private static Duration nominal(List<TimelineEntry> entries) {
    Duration longest = Duration.ofMinutes(1);
    for (TimelineEntry entry : entries) {
      if (entry.estimate() instanceof Estimate.Known known
          && known.range().high().compareTo(longest) > 0) {
        longest = known.range().high();
      }
    }
    return longest;
  }
}
