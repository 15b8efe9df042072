package dev.plimsoll.forge;

import dev.plimsoll.forge.Posted.Check;
import dev.plimsoll.forge.Posted.Comment;
import dev.plimsoll.forge.Posted.Thread;
import dev.plimsoll.rules.Fingerprint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What Plimsoll knows that it has put on a change request. A forge's lists may lag behind its writes: what was made a moment ago and is not
 * listed yet must not be made again.
 */
public interface PostedLedger {

  /** How long a forge's lists may lag; what is listed by then no more was removed by a person. */
  Duration LAG = Duration.ofMinutes(10);

  List<Entry> entries(ReviewTarget target);

  /** Adds an entry, in place of the one with the same kind and id if there is one. */
  void put(ReviewTarget target, Entry entry);

  /** The forge says that it is not there. */
  void forget(ReviewTarget target, String id);

  sealed interface Entry {
    String id();

    Instant at();
  }

  record ThreadEntry(String id, String key, String body, boolean resolved, Instant at)
      implements Entry {}

  record CommentEntry(String id, Marker marker, String body, Instant at) implements Entry {}

  /**
   * @param digest of the whole report
   */
  record CheckEntry(
      String id,
      String name,
      String headSha,
      CheckReport.State state,
      String title,
      String digest,
      Instant at)
      implements Entry {}

  /** What the forge lists, with what it does not list yet. */
  default Posted complete(Posted listed, ReviewTarget target, String headSha, Instant now) {
    List<Thread> threads = new ArrayList<>(listed.threads());
    List<Comment> comments = new ArrayList<>(listed.comments());
    List<Check> checks = new ArrayList<>(listed.checks());
    for (Entry entry : entries(target)) {
      if (entry.at().plus(LAG).isBefore(now)) {
        continue;
      }
      switch (entry) {
        case ThreadEntry t -> {
          if (none(threads, x -> x.id().equals(t.id()) || x.key().equals(t.key()))) {
            threads.add(new Thread(t.id(), t.key(), t.body(), t.resolved(), false, false));
          }
        }
        case CommentEntry c -> {
          if (none(comments, x -> x.id().equals(c.id()) || x.marker().equals(c.marker()))) {
            comments.add(new Comment(c.id(), c.marker(), c.body()));
          }
        }
        case CheckEntry k -> {
          if (k.headSha().equals(headSha) && none(checks, x -> x.name().equals(k.name()))) {
            checks.add(new Check(k.id(), k.name(), k.state(), k.title()));
          }
        }
      }
    }
    return new Posted(threads, comments, checks);
  }

  /** The digests of the reports that checks show, by the check's id. */
  default Map<String, String> checkDigests(ReviewTarget target) {
    Map<String, String> digests = new HashMap<>();
    for (Entry entry : entries(target)) {
      if (entry instanceof CheckEntry check) {
        digests.put(check.id(), check.digest());
      }
    }
    return digests;
  }

  /** Equal for equal reports, across restarts. */
  static String digestOf(CheckReport report) {
    return Fingerprint.of(report.toString()).value();
  }

  private static <T> boolean none(List<T> all, Predicate<T> such) {
    return all.stream().noneMatch(such);
  }
}
