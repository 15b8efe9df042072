package dev.plimsoll.schema;

import dev.plimsoll.sql.RelationName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tables of one database at a point of a deployment. Immutable: {@link SchemaChanges} makes the next one of it. Shares the
 * production part between all points, so that a change costs only what it touches.
 */
public final class Schema {

  /** The schema that a name without one means. */
  public static final String DEFAULT_SCHEMA = "public";

  private final Base base;
  private final Map<RelationName, Table> changed;
  private final Set<RelationName> removed;
  private final Set<RelationName> created;

  private Schema(
      Base base,
      Map<RelationName, Table> changed,
      Set<RelationName> removed,
      Set<RelationName> created) {
    this.base = base;
    this.changed = changed;
    this.removed = removed;
    this.created = created;
  }

  /** Production as it is before the deployment. */
  public static Schema of(Collection<Table> tables) {
    return new Schema(new Base(tables), Map.of(), Set.of(), Set.of());
  }

  public static Schema empty() {
    return of(List.of());
  }

  public Optional<Table> table(RelationName name) {
    RelationName full = name.in(DEFAULT_SCHEMA);
    Table table = changed.get(full);
    if (table != null) {
      return Optional.of(table);
    }
    return removed.contains(full) ? Optional.empty() : Optional.ofNullable(base.tables.get(full));
  }

  /** The table was made by this deployment: nobody uses it yet, and it has the rows that the deployment put there. */
  public boolean isCreated(RelationName name) {
    return created.contains(name.in(DEFAULT_SCHEMA));
  }

  /** Neither in the catalog nor made by this deployment: nothing is known of it. */
  public boolean isUnknown(RelationName name) {
    return table(name).isEmpty();
  }

  public Optional<Table> tableOfIndex(RelationName index) {
    RelationName full = index.in(DEFAULT_SCHEMA);
    for (Table table : changed.values()) {
      if (sameSchema(table, full) && table.index(full.name()).isPresent()) {
        return Optional.of(table);
      }
    }
    return Optional.ofNullable(base.tableByIndex.get(full))
        .flatMap(this::table)
        .filter(t -> t.index(full.name()).isPresent());
  }

  /** The tables with a foreign key to {@code target}. */
  public List<Table> referencing(RelationName target) {
    RelationName full = target.in(DEFAULT_SCHEMA);
    List<Table> found = new ArrayList<>();
    for (RelationName name : base.referencing.getOrDefault(full, List.of())) {
      table(name)
          .filter(t -> !changed.containsKey(name) && References.to(t, full))
          .ifPresent(found::add);
    }
    changed.values().stream().filter(t -> References.to(t, full)).forEach(found::add);
    return found;
  }

  /** The direct partitions of a table. */
  public List<RelationName> partitionsOf(RelationName parent) {
    RelationName full = parent.in(DEFAULT_SCHEMA);
    Set<RelationName> found = new LinkedHashSet<>();
    for (RelationName name : base.partitions.getOrDefault(full, List.of())) {
      table(name).filter(t -> isPartitionOf(t, full)).ifPresent(t -> found.add(name));
    }
    changed.values().stream().filter(t -> isPartitionOf(t, full)).forEach(t -> found.add(t.name()));
    return List.copyOf(found);
  }

  /** All partitions below a table, at any depth. */
  public List<RelationName> allPartitionsOf(RelationName parent) {
    Set<RelationName> found = new LinkedHashSet<>();
    collectPartitions(parent, found);
    return List.copyOf(found);
  }

  /** Only the tables that differ from production, with what they are now; used to compare two points of a deployment. */
  public Map<RelationName, Table> changedTables() {
    return changed;
  }

  public Set<RelationName> removedTables() {
    return removed;
  }

  /** With this table, new or in place of the one of the same name. */
  Schema with(Table table, boolean isNew) {
    RelationName full = table.name().in(DEFAULT_SCHEMA);
    Map<RelationName, Table> nextChanged = new HashMap<>(changed);
    nextChanged.put(full, table.withName(full));
    Set<RelationName> nextRemoved = without(removed, full);
    Set<RelationName> nextCreated = isNew ? plus(created, full) : created;
    return new Schema(base, nextChanged, nextRemoved, nextCreated);
  }

  Schema without(RelationName name) {
    RelationName full = name.in(DEFAULT_SCHEMA);
    Map<RelationName, Table> nextChanged = new HashMap<>(changed);
    nextChanged.remove(full);
    Set<RelationName> nextRemoved = base.tables.containsKey(full) ? plus(removed, full) : removed;
    return new Schema(base, nextChanged, nextRemoved, without(created, full));
  }

  private void collectPartitions(RelationName parent, Set<RelationName> found) {
    for (RelationName child : partitionsOf(parent)) {
      if (found.add(child)) {
        collectPartitions(child, found);
      }
    }
  }

  private static boolean isPartitionOf(Table table, RelationName parent) {
    return table.partitionOf().filter(p -> p.in(DEFAULT_SCHEMA).equals(parent)).isPresent();
  }

  private static boolean sameSchema(Table table, RelationName index) {
    return table.name().in(DEFAULT_SCHEMA).schema().equals(index.schema());
  }

  private static Set<RelationName> plus(Set<RelationName> names, RelationName name) {
    Set<RelationName> next = new HashSet<>(names);
    next.add(name);
    return next;
  }

  private static Set<RelationName> without(Set<RelationName> names, RelationName name) {
    if (!names.contains(name)) {
      return names;
    }
    Set<RelationName> next = new HashSet<>(names);
    next.remove(name);
    return next;
  }

  /** Production, with the look-ups that statements need. */
  private static final class Base {
    final Map<RelationName, Table> tables;
    final Map<RelationName, RelationName> tableByIndex;
    final Map<RelationName, List<RelationName>> referencing;
    final Map<RelationName, List<RelationName>> partitions;

    Base(Collection<Table> all) {
      tables = HashMap.newHashMap(all.size());
      tableByIndex = new HashMap<>();
      referencing = new HashMap<>();
      partitions = new HashMap<>();
      for (Table given : all) {
        RelationName name = given.name().in(DEFAULT_SCHEMA);
        tables.put(name, given.withName(name));
        given.indexes().forEach(i -> tableByIndex.put(name.sibling(i.name()), name));
        References.targets(given)
            .forEach(t -> referencing.computeIfAbsent(t, x -> new ArrayList<>()).add(name));
        given
            .partitionOf()
            .ifPresent(p -> partitions
                .computeIfAbsent(p.in(DEFAULT_SCHEMA), x -> new ArrayList<>())
                .add(name));
      }
    }
  }
}
