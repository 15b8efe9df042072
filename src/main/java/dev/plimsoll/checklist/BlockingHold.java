package dev.plimsoll.checklist;

import dev.plimsoll.impact.DurationRange;
import dev.plimsoll.impact.Estimate;
import dev.plimsoll.impact.LockMode;
import dev.plimsoll.impact.Outcome;
import dev.plimsoll.rules.Deployment;
import dev.plimsoll.rules.Exposure;
import dev.plimsoll.rules.Step;
import dev.plimsoll.schema.Schema;
import dev.plimsoll.sql.RelationName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A lock on a table of production and how long it is held. A lock is kept until its transaction ends, so the work of later statements of the
 * same transaction counts too.
 *
 * @param statements how many statements run while it is held, the one that takes it among them
 */
record BlockingHold(Exposure table, LockMode mode, Step step, Estimate held, int statements) {

  /** The longest hold of each mode on each table, in the order in which they are taken. */
  static List<BlockingHold> in(Deployment deployment) {
    List<BlockingHold> holds = new ArrayList<>();
    for (Step step : deployment.steps()) {
      if (step.impact().outcome() instanceof Outcome.Fails) {
        continue;
      }
      for (Map.Entry<RelationName, LockMode> lock : step.impact().locks().entrySet()) {
        RelationName table = lock.getKey();
        boolean index = step.before().table(table).isEmpty()
            && step.before().tableOfIndex(table).isPresent();
        if (!index && !step.before().isCreated(table)) {
          add(holds, hold(deployment, step, table, lock.getValue()));
        }
      }
    }
    return holds;
  }

  boolean blocks() {
    return mode.blocksReads() || mode.blocksWrites();
  }

  /** Somebody would notice it: it is on a table of weight, and lasts longer than that, or nobody knows how long. */
  boolean isNoticeable(Duration noticeable) {
    return blocks()
        && !table.isNegligible()
        && switch (held) {
          case Estimate.Known known -> known.range().high().compareTo(noticeable) > 0;
          case Estimate.Unknown unknown -> true;
        };
  }

  private static BlockingHold hold(
      Deployment deployment, Step step, RelationName table, LockMode mode) {
    List<Step> meanwhile = deployment.transactionOf(step).stream()
        .filter(s -> s.index() >= step.index())
        .toList();
    return new BlockingHold(
        deployment.exposure(table.within(Schema.DEFAULT_SCHEMA), step),
        mode,
        step,
        sum(meanwhile.stream().map(Step::estimate).toList()),
        meanwhile.size());
  }

  private static void add(List<BlockingHold> holds, BlockingHold hold) {
    for (int i = 0; i < holds.size(); i++) {
      BlockingHold known = holds.get(i);
      if (known.mode == hold.mode && known.table.table().equals(hold.table.table())) {
        if (high(hold.held).compareTo(high(known.held)) > 0) {
          holds.set(i, hold);
        }
        return;
      }
    }
    holds.add(hold);
  }

  private static Duration high(Estimate estimate) {
    return switch (estimate) {
      case Estimate.Known known -> known.range().high();
      case Estimate.Unknown unknown -> Duration.ofDays(10_000);
    };
  }

  /** One after the other; unknown as soon as one is. */
  private static Estimate sum(List<Estimate> estimates) {
    DurationRange total = DurationRange.ofSeconds(0, 0);
    List<String> arithmetic = new ArrayList<>();
    for (Estimate estimate : estimates) {
      switch (estimate) {
        case Estimate.Unknown unknown -> {
          return unknown;
        }
        case Estimate.Known known -> {
          total = total.plus(known.range());
          arithmetic.addAll(known.arithmetic());
        }
      }
    }
    return new Estimate.Known(total, arithmetic);
  }
}
