package dev.plimsoll.rules;

import dev.plimsoll.catalog.Traffic;
import dev.plimsoll.impact.DurationRange;
import dev.plimsoll.impact.Estimate;
import dev.plimsoll.impact.LockMode;
import dev.plimsoll.schema.Schema;
import dev.plimsoll.schema.Table;
import dev.plimsoll.sql.RelationName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Who waits while locks are held, for how long, and how bad that is: the one place where size and traffic become a severity.
 *
 * <p>A table that this deployment makes is used by nobody. On the others the longest likely hold counts: above
 * {@link Thresholds#tolerableBlock} it blocks the merge, above {@link Thresholds#noticeableBlock} it is mentioned, and on a hot table a
 * quarter of that is enough. Where hardly anything would wait it is never more than advice. A size that is unknown may be any.
 *
 * @param held the tables of production whose reads or writes wait, the busiest first
 * @param hold how long
 * @param severity absent when nobody would notice
 */
record Blocking(List<Held> held, Estimate hold, Optional<Severity> severity) {

  /** How much less a hot table bears. */
  private static final int HOT = 4;

  private static final int MENTIONED = 3;

  /**
   * @param mode blocks writes at least
   */
  record Held(Exposure exposure, LockMode mode) {

    RelationName table() {
      return TableWords.name(exposure.table());
    }

    private boolean isHotFor(Thresholds thresholds) {
      boolean writes = exposure.traffic().writesPerSecond().orElse(0) >= thresholds.hotWrites();
      return writes || (mode.blocksReads() && exposure.hot());
    }

    /** Statements a second that wait; absent when that is not known. */
    private OptionalDouble demand() {
      Traffic traffic = exposure.traffic();
      if (!mode.blocksReads()) {
        return traffic.writesPerSecond();
      }
      boolean known =
          traffic.writesPerSecond().isPresent() && traffic.readsPerSecond().isPresent();
      return known
          ? OptionalDouble.of(
              traffic.writesPerSecond().getAsDouble() + traffic.readsPerSecond().getAsDouble())
          : OptionalDouble.empty();
    }
  }

  Blocking {
    held = List.copyOf(held);
  }

  static Blocking of(Deployment deployment, Step step) {
    return of(deployment, step, step.impact().locks(), step.estimate());
  }

  static Blocking of(Deployment deployment, Change<?> change) {
    return of(deployment, change.step(), change.impact().locks(), change.estimate());
  }

  /** These locks, taken at {@code step}, held as long as {@code hold} says. */
  static Blocking of(
      Deployment deployment, Step step, Map<RelationName, LockMode> locks, Estimate hold) {
    List<Held> held = new ArrayList<>();
    locks.forEach((relation, mode) -> {
      if (mode.blocksWrites()
          && isTableOfProduction(step, relation)
          && !isCovered(step, relation, mode, locks)) {
        held.add(new Held(deployment.exposure(relation, step), mode));
      }
    });
    held.sort(Comparator.<Held>comparingDouble(h -> -h.demand().orElse(Double.MAX_VALUE))
        .thenComparing(Held::mode, Comparator.reverseOrder())
        .thenComparing(Held::table));
    return new Blocking(held, hold, severityOf(held, hold, deployment.thresholds()));
  }

  boolean isHarmless() {
    return severity.isEmpty();
  }

  List<RelationName> tables() {
    return held.stream().map(h -> h.exposure().table()).toList();
  }

  /** The facts, the locks and the time, each as a paragraph. */
  List<Prose> effect() {
    List<Prose> paragraphs = new ArrayList<>(facts());
    paragraphs.add(locks().then(time()));
    return paragraphs;
  }

  /** {@code for 9 to 24 min}, {@code for an unknown time}. */
  String spell() {
    return switch (hold) {
      case Estimate.Known known -> "for " + known.range();
      case Estimate.Unknown ignored -> "for an unknown time";
    };
  }

  /** {@code reads and writes}, {@code writes}: of the strongest lock. */
  String blocked() {
    return held.stream().anyMatch(h -> h.mode().blocksReads()) ? "reads and writes" : "writes";
  }

  private List<Prose> facts() {
    List<Prose> facts = new ArrayList<>();
    held.stream().limit(MENTIONED).map(h -> TableWords.facts(h.exposure())).forEach(facts::add);
    if (held.size() > MENTIONED) {
      facts.add(Prose.of("{} more tables are locked as well.", held.size() - MENTIONED));
    }
    return List.of(facts.stream().reduce(Prose::then).orElseThrow());
  }

  /** {@code ACCESS EXCLUSIVE on `orders` makes reads and writes wait.} */
  private Prose locks() {
    List<Prose> sentences = new ArrayList<>();
    for (LockMode mode : LockMode.values()) {
      List<RelationName> tables =
          held.stream().filter(h -> h.mode() == mode).map(Held::table).toList();
      if (!tables.isEmpty()) {
        sentences.addFirst(Prose.of(
            "{} on {} makes {} wait{}.",
            mode,
            TableWords.names(tables),
            mode.blocksReads() ? "reads and writes" : "writes",
            mode.blocksReads() ? "" : "; reads go on"));
      }
    }
    return sentences.stream().reduce(Prose::then).orElseThrow();
  }

  /** {@code That lasts 9 to 24 min: rewrite of 84 GB at 60-160 MB/s. About 1,200 writes a second would wait.} */
  private Prose time() {
    return switch (hold) {
      case Estimate.Unknown unknown -> {
        boolean saidAlready = held.stream().anyMatch(h -> h.exposure().isUnknown());
        yield Prose.of(
            "How long that lasts cannot be said{}.",
            saidAlready ? "" : ": " + unknown.reason().replace("public.", ""));
      }
      case Estimate.Known known -> {
        Prose range = Prose.of("That lasts {}.", lasting(known));
        yield waiting(known.range()).map(range::then).orElse(range);
      }
    };
  }

  /** {@code 9 to 24 min: rewrite of 84 GB at 60-160 MB/s}. */
  static String lasting(Estimate.Known known) {
    String range = known.range().toString();
    if (known.arithmetic().isEmpty()) {
      return range;
    }
    if (known.arithmetic().size() > 1) {
      return range + " in all (" + String.join("; ", known.arithmetic()) + ")";
    }
    String line = known.arithmetic().getFirst();
    String own = ": " + range;
    return range + ": "
        + (line.endsWith(own) ? line.substring(0, line.length() - own.length()) : line);
  }

  private Optional<Prose> waiting(DurationRange range) {
    if (range.high().compareTo(Duration.ofMillis(100)) < 0) {
      return Optional.empty();
    }
    return held.stream()
        .flatMap(h -> TableWords.demand(h.exposure(), h.mode().blocksReads()).stream())
        .findFirst()
        .map(d -> Prose.of("{} would wait.", Character.toUpperCase(d.charAt(0)) + d.substring(1)));
  }

  private static Optional<Severity> severityOf(
      List<Held> held, Estimate hold, Thresholds thresholds) {
    if (held.stream().allMatch(h -> h.exposure().isNegligible())) {
      return Optional.empty();
    }
    return switch (hold) {
      case Estimate.Unknown ignored -> Optional.of(Severity.BLOCKING);
      case Estimate.Known known ->
        held.stream()
            .flatMap(h -> severityOf(h, known.range(), thresholds).stream())
            .max(Comparator.naturalOrder());
    };
  }

  private static Optional<Severity> severityOf(
      Held held, DurationRange range, Thresholds thresholds) {
    int factor = held.isHotFor(thresholds) ? HOT : 1;
    Duration weighted = range.high().multipliedBy(factor);
    if (weighted.compareTo(thresholds.noticeableBlock()) <= 0) {
      return Optional.empty();
    }
    boolean somebodyWaits = held.demand().isEmpty()
        || held.demand().getAsDouble() * range.high().toMillis() / 1000 >= 1;
    boolean tooLong = weighted.compareTo(thresholds.tolerableBlock()) > 0;
    return Optional.of(tooLong && somebodyWaits ? Severity.BLOCKING : Severity.ADVICE);
  }

  private static boolean isTableOfProduction(Step step, RelationName relation) {
    boolean index = step.before().table(relation).isEmpty()
        && step.before().tableOfIndex(relation).isPresent();
    return !index && !step.before().isCreated(relation);
  }

  /** A partition goes without saying when its parent is named. */
  private static boolean isCovered(
      Step step, RelationName relation, LockMode mode, Map<RelationName, LockMode> locks) {
    return step.before()
        .table(relation)
        .flatMap(Table::partitionOf)
        .map(parent -> locks.get(parent.in(Schema.DEFAULT_SCHEMA)))
        .filter(parentMode -> parentMode.compareTo(mode) >= 0)
        .isPresent();
  }
}
