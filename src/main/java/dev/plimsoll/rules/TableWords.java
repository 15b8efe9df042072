package dev.plimsoll.rules;

import dev.plimsoll.catalog.RowCount;
import dev.plimsoll.schema.Schema;
import dev.plimsoll.sql.RelationName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** How a table is spoken of: its name, its size and its traffic. */
final class TableWords {

  /** Below this many a second there is no traffic to speak of. */
  private static final double HARDLY_ANY = 0.05;

  private TableWords() {}

  /** Without the schema where it is the one that everybody means. */
  static RelationName name(RelationName table) {
    boolean plain = table.schema().filter(Schema.DEFAULT_SCHEMA::equals).isPresent();
    return plain ? RelationName.of(table.name()) : table;
  }

  static Prose names(List<RelationName> tables) {
    return Prose.codes(tables.stream().map(TableWords::name).toList());
  }

  /** {@code `orders` has about 200 million rows (84 GB) and takes about 1,200 writes and 3,400 reads a second.} */
  static Prose facts(Exposure exposure) {
    RelationName name = name(exposure.table());
    if (exposure.isNew()) {
      return Prose.of("{} is made by this deployment.", name);
    }
    if (exposure.isUnknown()) {
      return Prose.of(
          "The catalog says nothing of the size of {}: its size is unknown and may be large.",
          name);
    }
    return Prose.of(
        "{} has {}{}{}.",
        name,
        exposure.size().rows().map(TableWords::rows).orElse("an unknown number of rows"),
        exposure.size().data().map(d -> " (" + d + ")").orElse(""),
        traffic(exposure).map(t -> " and takes " + t).orElse(""));
  }

  /** {@code about 200 million rows}, {@code no rows}. */
  static String rows(RowCount rows) {
    return rows.value() == 0 ? "no rows" : rows.value() == 1 ? "1 row" : "about " + rows + " rows";
  }

  /** What waits while a lock is held: {@code about 1,200 writes a second}; absent when nothing is known or nothing comes. */
  static Optional<String> demand(Exposure exposure, boolean readsWait) {
    List<String> parts = new ArrayList<>();
    amount(exposure.traffic().writesPerSecond()).ifPresent(w -> parts.add(w + " writes"));
    if (readsWait) {
      amount(exposure.traffic().readsPerSecond()).ifPresent(r -> parts.add(r + " reads"));
    }
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of("about " + String.join(" and ", parts) + " a second");
  }

  /** {@code about 3% of the rows}, {@code less than 0.1% of the rows}. */
  static String share(double fraction) {
    if (fraction >= 0.9995) {
      return "all rows";
    }
    double percent = fraction * 100;
    if (percent < 0.1) {
      return "less than 0.1% of the rows";
    }
    String digits = percent >= 9.95
        ? String.format(Locale.ROOT, "%.0f", percent)
        : String.format(Locale.ROOT, "%.1f", percent).replace(".0", "");
    return "about " + digits + "% of the rows";
  }

  private static Optional<String> traffic(Exposure exposure) {
    if (!exposure.traffic().isKnown()) {
      return Optional.empty();
    }
    return demand(exposure, true).or(() -> Optional.of("hardly any reads or writes"));
  }

  private static Optional<String> amount(OptionalDouble perSecond) {
    if (perSecond.isEmpty() || perSecond.getAsDouble() < HARDLY_ANY) {
      return Optional.empty();
    }
    double value = perSecond.getAsDouble();
    if (value < 10) {
      return Optional.of(String.format(Locale.ROOT, "%.1f", value).replace(".0", ""));
    }
    long unit = (long) Math.pow(10, Math.max(0, Math.floor(Math.log10(value)) - 1));
    return Optional.of(String.format(Locale.ROOT, "%,d", Math.round(value / unit) * unit));
  }
}
