package dev.plimsoll.catalog;

import dev.plimsoll.schema.Constraint;
import dev.plimsoll.schema.Index;
import dev.plimsoll.schema.TableKind;
import dev.plimsoll.sql.Engine;
import dev.plimsoll.sql.RelationName;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a person wants to know of a catalog before relying on it, as plain text. */
public final class CatalogSummary {

  /** Older facts are still used, and said to be old. */
  public static final Duration DEFAULT_MAX_AGE = Duration.ofDays(7);

  private static final int BIGGEST = 10;
  private static final int LISTED = 20;

  /** Averages over less time say little about a day. */
  private static final Duration SHORT_COUNTING = Duration.ofHours(1);

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Catalog catalog;
  private final Instant now;
  private final Duration maxAge;

  public CatalogSummary(Catalog catalog, Instant now, Duration maxAge) {
    this.catalog = catalog;
    this.now = now;
    this.maxAge = maxAge;
  }

  public boolean isStale() {
    return catalog.age(now).compareTo(maxAge) > 0;
  }

  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add("taken     " + taken());
    lines.add("server    " + server());
    catalog.countingSince().ifPresent(since -> lines.add("counters  " + counters(since)));
    lines.add("relations " + relations());
    biggest(lines);
    list(
        lines,
        "tables with an unknown number of rows (ANALYZE them and take the catalog again)",
        unknownSizes());
    list(
        lines,
        "invalid indexes (left behind by a failed CREATE INDEX CONCURRENTLY)",
        invalidIndexes());
    list(lines, "constraints that are not validated", notValidated());
    return String.join("\n", lines) + "\n";
  }

  private String taken() {
    Duration age = catalog.age(now);
    String when = MINUTE.format(catalog.takenAt());
    if (age.isNegative()) {
      return when + ", which is in the future: the clock of one of the machines is wrong";
    }
    String ago = when + ", " + span(age) + " ago";
    return isStale() ? ago + ": STALE, older than " + span(maxAge) + "; take it again" : ago;
  }

  private String server() {
    ServerFacts server = catalog.server();
    String engine =
        server.engine() == Engine.POSTGRESQL ? "PostgreSQL" : server.engine().id();
    return engine + " " + clean(server.version())
        + server.database().map(d -> ", database " + clean(d)).orElse("")
        + server
            .setting("TimeZone")
            .map(z -> ", time zone " + clean(z))
            .orElse(", time zone unknown");
  }

  private String counters(Instant since) {
    Duration counted = Duration.between(since, catalog.takenAt());
    String text = "since " + MINUTE.format(since) + ", over " + span(counted);
    return counted.compareTo(SHORT_COUNTING) < 0
        ? text + ": too short for the rates to mean much"
        : text;
  }

  private String relations() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("table", count(TableKind.TABLE, false));
    counts.put(
        "partitioned table",
        count(TableKind.PARTITIONED, false) + count(TableKind.PARTITIONED, true));
    counts.put("partition", count(TableKind.TABLE, true) + count(TableKind.FOREIGN, true));
    counts.put("materialized view", count(TableKind.MATERIALIZED_VIEW, false));
    counts.put("view", count(TableKind.VIEW, false));
    counts.put("foreign table", count(TableKind.FOREIGN, false));
    return counts.entrySet().stream()
        .filter(e -> e.getValue() > 0 || e.getKey().equals("table"))
        .map(e -> String.format(Locale.ROOT, "%,d %s", e.getValue(), e.getKey())
            + (e.getValue() == 1 ? "" : "s"))
        .collect(Collectors.joining(", "));
  }

  private long count(TableKind kind, boolean partition) {
    return catalog.tables().stream()
        .filter(t -> t.table().kind() == kind && t.table().partitionOf().isPresent() == partition)
        .count();
  }

  private record Sized(RelationName name, TableSize size, Traffic traffic) {
    long bytes() {
      return size.total().map(Bytes::value).orElse(-1L);
    }
  }

  private void biggest(List<String> lines) {
    List<Sized> sized = catalog.tables().stream()
        .filter(t -> t.table().partitionOf().isEmpty() && t.table().kind() != TableKind.VIEW)
        .map(t -> new Sized(t.name(), catalog.sizeOf(t.name()), catalog.trafficOf(t.name())))
        .filter(s -> s.size().isKnown())
        .sorted(Comparator.comparingLong(Sized::bytes).reversed().thenComparing(Sized::name))
        .limit(BIGGEST)
        .toList();
    if (sized.isEmpty()) {
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("biggest tables", "rows", "heap", "TOAST", "indexes", "reads/s", "writes/s"));
    for (Sized table : sized) {
      TableSize size = table.size();
      rows.add(List.of(
          clean(table.name().toString())
              + (size.partitions() > 1 ? " (" + size.partitions() + " partitions)" : ""),
          shown(size.rows()),
          shown(size.heap()),
          shown(size.toast()),
          shown(size.indexes()),
          rate(table.traffic().readsPerSecond()),
          rate(table.traffic().writesPerSecond())));
    }
    lines.add("");
    lines.addAll(aligned(rows));
  }

  /** The first column to the left, numbers to the right. */
  private static List<String> aligned(List<List<String>> rows) {
    int[] widths = IntStream.range(0, rows.getFirst().size())
        .map(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
        .toArray();
    return rows.stream()
        .map(row -> IntStream.range(0, widths.length)
            .mapToObj(i -> {
              String padding = " ".repeat(widths[i] - row.get(i).length());
              return i == 0 ? row.get(i) + padding : padding + row.get(i);
            })
            .collect(Collectors.joining("  ")))
        .toList();
  }

  private List<String> unknownSizes() {
    return catalog.tables().stream()
        .filter(t ->
            t.table().kind() == TableKind.TABLE || t.table().kind() == TableKind.MATERIALIZED_VIEW)
        .filter(t -> t.rows().isEmpty())
        .map(t -> clean(t.name().toString())
            + t.heap().map(h -> " (" + h + ")").orElse(" (size unknown as well)"))
        .toList();
  }

  private List<String> invalidIndexes() {
    List<String> invalid = new ArrayList<>();
    for (TableFacts table : catalog.tables()) {
      for (Index index : table.table().indexes()) {
        if (!index.valid()) {
          invalid.add(clean(index.name()) + " on " + clean(table.name().toString()));
        }
      }
    }
    return invalid;
  }

  private List<String> notValidated() {
    List<String> open = new ArrayList<>();
    for (TableFacts table : catalog.tables()) {
      for (Constraint constraint : table.table().constraints()) {
        if (!constraint.validated()) {
          open.add(clean(constraint.name()) + " on " + clean(table.name().toString()));
        }
      }
    }
    return open;
  }

  private static void list(List<String> lines, String title, List<String> entries) {
    if (entries.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(title + String.format(Locale.ROOT, ": %,d", entries.size()));
    entries.stream().limit(LISTED).forEach(e -> lines.add("  " + e));
    if (entries.size() > LISTED) {
      lines.add(String.format(Locale.ROOT, "  and %,d more", entries.size() - LISTED));
    }
  }

  private static String shown(Optional<?> value) {
    return value.map(Object::toString).orElse("unknown");
  }

  private static String rate(OptionalDouble value) {
    if (value.isEmpty()) {
      return "unknown";
    }
    double perSecond = value.getAsDouble();
    return perSecond > 0 && perSecond < 0.1
        ? "< 0.1"
        : String.format(Locale.ROOT, perSecond < 10 ? "%,.1f" : "%,.0f", perSecond);
  }

  private static String span(Duration duration) {
    for (ChronoUnit unit : List.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES)) {
      long count = duration.dividedBy(unit.getDuration());
      if (count >= 2 || (count == 1 && unit == ChronoUnit.MINUTES)) {
        String word = unit.name().toLowerCase(Locale.ROOT);
        return String.format(Locale.ROOT, "%,d ", count)
            + (count == 1 ? word.substring(0, word.length() - 1) : word);
      }
    }
    return "less than a minute";
  }

  /** A name comes from somebody's database and goes to a terminal. */
  private static String clean(String name) {
    return name.replaceAll("\\p{C}", "?");
  }
}
