package dev.plimsoll.catalog;

import dev.plimsoll.schema.Table;
import dev.plimsoll.sql.RelationName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The facts about one database of production at one moment. A table that is not in it is <em>unknown</em>, which is a state of its own:
 * it may be huge.
 */
public final class Catalog {

  /** The schema that a name without one means. */
  public static final String DEFAULT_SCHEMA = "public";

  private final Instant takenAt;
  private final ServerFacts server;
  private final Map<RelationName, TableFacts> tables;
  private final Map<RelationName, List<RelationName>> partitions;
  private final Map<RelationName, Volatility> functions;
  private final Optional<Instant> countingSince;

  public Catalog(Instant takenAt, ServerFacts server, Collection<TableFacts> facts) {
    this(takenAt, server, facts, Map.of(), Optional.empty());
  }

  /**
   * @param functions how volatile each function of the database's own schemas is, at worst over its overloads
   * @param countingSince when the counters behind the tables' {@link Traffic} started
   */
  public Catalog(
      Instant takenAt,
      ServerFacts server,
      Collection<TableFacts> facts,
      Map<RelationName, Volatility> functions,
      Optional<Instant> countingSince) {
    this.takenAt = takenAt;
    this.server = server;
    this.functions = new LinkedHashMap<>(functions.size() * 2);
    functions.forEach(
        (name, volatility) -> this.functions.put(name.in(DEFAULT_SCHEMA), volatility));
    this.countingSince = countingSince;
    this.tables = new LinkedHashMap<>(facts.size() * 2);
    this.partitions = new LinkedHashMap<>();
    for (TableFacts table : facts) {
      tables.put(table.name().in(DEFAULT_SCHEMA), table);
      table
          .table()
          .partitionOf()
          .ifPresent(parent -> partitions
              .computeIfAbsent(parent.in(DEFAULT_SCHEMA), p -> new ArrayList<>())
              .add(table.name().in(DEFAULT_SCHEMA)));
    }
  }

  public Instant takenAt() {
    return takenAt;
  }

  public ServerFacts server() {
    return server;
  }

  public Collection<TableFacts> tables() {
    return tables.values();
  }

  public Optional<TableFacts> table(RelationName name) {
    return Optional.ofNullable(tables.get(name.in(DEFAULT_SCHEMA)));
  }

  /** The direct partitions of a table. */
  public List<RelationName> partitionsOf(RelationName parent) {
    return List.copyOf(partitions.getOrDefault(parent.in(DEFAULT_SCHEMA), List.of()));
  }

  /** The size of a table with all its partitions; unknown as soon as one of them is. */
  public TableSize sizeOf(RelationName name) {
    List<TableFacts> leaves = new ArrayList<>();
    collectLeaves(name.in(DEFAULT_SCHEMA), leaves, 0);
    if (leaves.isEmpty()) {
      return table(name).isPresent() && !partitions.containsKey(name.in(DEFAULT_SCHEMA))
          ? emptyPartitioned()
          : TableSize.UNKNOWN;
    }
    return new TableSize(
        sum(leaves, TableFacts::rows, RowCount.ZERO, RowCount::plus),
        sum(leaves, TableFacts::heap, Bytes.ZERO, Bytes::plus),
        sum(leaves, TableFacts::toast, Bytes.ZERO, Bytes::plus),
        Optional.of(leaves.stream()
            .flatMap(l -> l.indexBytes().values().stream())
            .reduce(Bytes.ZERO, Bytes::plus)),
        leaves.size());
  }

  /** The traffic of a table with all its partitions. */
  public Traffic trafficOf(RelationName name) {
    List<TableFacts> leaves = new ArrayList<>();
    collectLeaves(name.in(DEFAULT_SCHEMA), leaves, 0);
    return leaves.stream().map(TableFacts::traffic).reduce(Catalog::plus).orElse(Traffic.UNKNOWN);
  }

  /** When the counters behind the tables' {@link Traffic} started; absent when unknown. */
  public Optional<Instant> countingSince() {
    return countingSince;
  }

  /** How volatile the functions of the database's own schemas are, by name. */
  public Map<RelationName, Volatility> functions() {
    return Collections.unmodifiableMap(functions);
  }

  /** How volatile a function of the database's own schemas is, at worst over its overloads; absent when the catalog does not say. */
  public Optional<Volatility> volatilityOf(RelationName function) {
    return Optional.ofNullable(functions.get(function.in(DEFAULT_SCHEMA)));
  }

  public Duration age(Instant now) {
    return Duration.between(takenAt, now);
  }

  /** The tables as they are in production, to apply statements to. */
  public List<Table> schema() {
    return tables.values().stream().map(TableFacts::table).toList();
  }

  private void collectLeaves(RelationName name, List<TableFacts> leaves, int depth) {
    List<RelationName> children = partitions.getOrDefault(name, List.of());
    if (children.isEmpty() || depth > 32) {
      TableFacts facts = tables.get(name);
      if (facts != null && facts.table().kind() != dev.plimsoll.schema.TableKind.PARTITIONED) {
        leaves.add(facts);
      }
      return;
    }
    children.forEach(child -> collectLeaves(child, leaves, depth + 1));
  }

  private static TableSize emptyPartitioned() {
    return new TableSize(
        Optional.of(RowCount.ZERO),
        Optional.of(Bytes.ZERO),
        Optional.of(Bytes.ZERO),
        Optional.of(Bytes.ZERO),
        0);
  }

  private static Traffic plus(Traffic a, Traffic b) {
    return new Traffic(
        plus(a.readsPerSecond(), b.readsPerSecond()),
        plus(a.writesPerSecond(), b.writesPerSecond()));
  }

  private static java.util.OptionalDouble plus(
      java.util.OptionalDouble a, java.util.OptionalDouble b) {
    return a.isPresent() && b.isPresent()
        ? java.util.OptionalDouble.of(a.getAsDouble() + b.getAsDouble())
        : java.util.OptionalDouble.empty();
  }

  private static <T> Optional<T> sum(
      List<TableFacts> leaves,
      java.util.function.Function<TableFacts, Optional<T>> part,
      T zero,
      java.util.function.BinaryOperator<T> plus) {
    T total = zero;
    for (TableFacts leaf : leaves) {
      Optional<T> value = part.apply(leaf);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      total = plus.apply(total, value.get());
    }
    return Optional.of(total);
  }
}
