package dev.plimsoll.impact;

import dev.plimsoll.catalog.Bytes;
import dev.plimsoll.catalog.RowCount;
import dev.plimsoll.catalog.TableSize;
import dev.plimsoll.sql.RelationName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns work into time, by rates and the sizes of the tables. Pure. */
public final class CostModel {

  /** What is known of a table when work is estimated. */
  public interface Sizes {

    /** {@link TableSize#UNKNOWN} for what is not in the catalog. */
    TableSize of(RelationName table);

    /** Made by this deployment: what it holds is not counted. */
    boolean isNew(RelationName table);

    /** How many indexes a rewrite builds anew. */
    int indexes(RelationName table);
  }

  private final Rates rates;

  public CostModel(Rates rates) {
    this.rates = rates;
  }

  /** How long the statement works while it holds its locks. */
  public Estimate estimate(Impact impact, Sizes sizes) {
    if (impact.isOpaque()) {
      return new Estimate.Unknown("what the statement does is not known");
    }
    if (impact.outcome() instanceof Outcome.Fails) {
      return Estimate.INSTANT;
    }
    DurationRange total = DurationRange.ofSeconds(0, 0);
    List<String> arithmetic = new ArrayList<>();
    for (Group group : groups(impact, sizes)) {
      Optional<Part> part = part(group, sizes);
      if (part.isEmpty()) {
        return new Estimate.Unknown("the size of " + group.tables().getFirst() + " is unknown");
      }
      total = total.plus(part.get().range());
      arithmetic.add(part.get().arithmetic() + ": " + part.get().range());
    }
    return arithmetic.isEmpty() ? Estimate.INSTANT : new Estimate.Known(total, arithmetic);
  }

  /** Equal work on the partitions of one table, which is added up. */
  private record Group(Work first, List<RelationName> tables) {}

  private record Part(DurationRange range, String arithmetic) {}

  private static List<Group> groups(Impact impact, Sizes sizes) {
    Map<String, Group> groups = new LinkedHashMap<>();
    for (Work work : impact.work()) {
      if (!sizes.isNew(work.table())) {
        groups
            .computeIfAbsent(kindOf(work), k -> new Group(work, new ArrayList<>()))
            .tables()
            .add(work.table());
      }
    }
    return List.copyOf(groups.values());
  }

  private static String kindOf(Work work) {
    return switch (work) {
      case Work.Rewrite rewrite -> "rewrite " + rewrite.reason();
      case Work.Scan scan -> "scan " + scan.reason() + scan.detail();
      case Work.IndexBuild build -> "index " + build.index() + build.keys() + build.rebuild();
      case Work.Modify modify -> "modify " + modify.kind() + modify.reach();
    };
  }

  private Optional<Part> part(Group group, Sizes sizes) {
    TableSize size = total(group.tables(), sizes);
    return switch (group.first()) {
      case Work.Rewrite ignored ->
        rewrite(size, group.tables().stream().mapToInt(sizes::indexes).max().orElse(0));
      case Work.Scan scan ->
        scan.reason() == Work.Scan.Reason.FOREIGN_KEY ? foreignKey(size) : scan(size);
      case Work.IndexBuild build -> indexBuild(size, build.concurrent() ? 2 : 1, build.keys());
      case Work.Modify modify -> modify(size, modify);
    };
  }

  private Optional<Part> rewrite(TableSize size, int indexes) {
    if (size.data().isEmpty()) {
      return Optional.empty();
    }
    Bytes data = size.data().get();
    DurationRange writing = rates.rewrite().time(data);
    String text = "rewrite of " + data + " at " + rates.rewrite();
    if (indexes == 0 || size.rows().isEmpty()) {
      return Optional.of(new Part(writing, text));
    }
    DurationRange range = writing;
    for (int i = 0; i < indexes; i++) {
      range = range.plus(sort(size.rows().get()));
    }
    return Optional.of(new Part(
        range, text + " and " + indexes + (indexes == 1 ? " index" : " indexes") + " built again"));
  }

  private Optional<Part> scan(TableSize size) {
    return size.heap()
        .map(heap -> new Part(rates.scan().time(heap), "scan of " + heap + " at " + rates.scan()));
  }

  private Optional<Part> foreignKey(TableSize size) {
    return size.rows()
        .map(rows -> new Part(
            rates.foreignKeyCheck().time(rows),
            "look-up of " + rows + " keys at " + rates.foreignKeyCheck()));
  }

  private Optional<Part> indexBuild(TableSize size, int passes, int keys) {
    if (size.heap().isEmpty() || size.rows().isEmpty()) {
      return Optional.empty();
    }
    DurationRange once = rates.scan().time(size.heap().get());
    DurationRange range = once.plus(sort(size.rows().get()));
    for (int i = 1; i < passes; i++) {
      range = range.plus(once);
    }
    String text = (passes == 1 ? "scan" : "two scans") + " of " + size.heap().get()
        + " and sort of " + size.rows().get() + " entries";
    return Optional.of(new Part(range, text));
  }

  /** n log n: the rate is that of a million rows. */
  private DurationRange sort(RowCount rows) {
    double logRatio = Math.max(0.5, Math.log(Math.max(2, rows.value())) / Math.log(1_000_000));
    DurationRange linear = rates.indexEntry().time(rows);
    return DurationRange.ofSeconds(
        linear.low().toMillis() / 1000.0 * logRatio, linear.high().toMillis() / 1000.0 * logRatio);
  }

  private Optional<Part> modify(TableSize size, Work.Modify modify) {
    if (modify.reach() == Work.Modify.Reach.FEW) {
      return Optional.of(new Part(DurationRange.INSTANT, "a few rows"));
    }
    if (size.rows().isEmpty()) {
      return Optional.empty();
    }
    RowRate rate = switch (modify.kind()) {
      case UPDATE -> rates.update();
      case DELETE -> rates.delete();
      case INSERT -> rates.insert();
    };
    RowCount rows = size.rows().get();
    DurationRange all = rate.time(rows);
    boolean some = modify.reach() == Work.Modify.Reach.SELECTED;
    DurationRange range = some ? new DurationRange(java.time.Duration.ZERO, all.high()) : all;
    String text = modify.kind().name().toLowerCase(java.util.Locale.ROOT) + " of "
        + (some ? "up to " : "") + rows + " rows at " + rate;
    return Optional.of(new Part(range, text));
  }

  private static TableSize total(List<RelationName> tables, Sizes sizes) {
    TableSize total = null;
    for (RelationName table : tables) {
      TableSize size = sizes.of(table);
      total = total == null ? size : total.plus(size);
    }
    return total == null ? TableSize.UNKNOWN : total;
  }
}
