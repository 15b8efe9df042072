package dev.plimsoll.rules;

import dev.plimsoll.catalog.Catalog;
import dev.plimsoll.catalog.TableSize;
import dev.plimsoll.catalog.Traffic;
import dev.plimsoll.migration.MigrationSet;
import dev.plimsoll.schema.Schema;
import dev.plimsoll.sql.Engine;
import dev.plimsoll.sql.NamedRelations;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.Statement;
import dev.plimsoll.sql.TableChange;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All migrations of a change request as one deployment: what runs, in order, on which tables. What rules are asked about. */
public final class Deployment {

  private final Engine engine;
  private final int majorVersion;
  private final MigrationSet migrations;
  private final Optional<Catalog> catalog;
  private final Thresholds thresholds;
  private final List<Step> steps;
  private final List<Change<?>> changes;
  private final Set<RelationName> created;

  Deployment(
      Engine engine,
      int majorVersion,
      MigrationSet migrations,
      Optional<Catalog> catalog,
      Thresholds thresholds,
      List<Step> steps,
      List<Change<?>> changes) {
    this.engine = engine;
    this.majorVersion = majorVersion;
    this.migrations = migrations;
    this.catalog = catalog;
    this.thresholds = thresholds;
    this.steps = List.copyOf(steps);
    this.changes = List.copyOf(changes);
    this.created = createdBy(steps);
  }

  public Engine engine() {
    return engine;
  }

  public int majorVersion() {
    return majorVersion;
  }

  public MigrationSet migrations() {
    return migrations;
  }

  public Optional<Catalog> catalog() {
    return catalog;
  }

  public Thresholds thresholds() {
    return thresholds;
  }

  public List<Step> steps() {
    return steps;
  }

  /** The steps whose statement is of this kind. */
  public Stream<Step> statements(Class<? extends Statement> kind) {
    return steps.stream().filter(s -> kind.isInstance(s.statement()));
  }

  /** The commands of ALTER TABLE statements that are of this kind. */
  @SuppressWarnings("unchecked")
  public <C extends TableChange> Stream<Change<C>> changes(Class<C> kind) {
    return changes.stream().filter(c -> kind.isInstance(c.command())).map(c -> (Change<C>) c);
  }

  /** The steps of the same transaction, this one among them, in order. */
  public List<Step> transactionOf(Step step) {
    return steps.stream().filter(s -> s.transaction() == step.transaction()).toList();
  }

  /** A table as this step meets it: new when an earlier step made it. */
  public Exposure exposure(RelationName table, Step step) {
    if (step.before().isCreated(table)) {
      return new Exposure(table, SizeBand.NEW, false, TableSize.UNKNOWN, Traffic.UNKNOWN);
    }
    TableSize size = catalog.map(c -> c.sizeOf(table)).orElse(TableSize.UNKNOWN);
    Traffic traffic = catalog.map(c -> c.trafficOf(table)).orElse(Traffic.UNKNOWN);
    return new Exposure(table, bandOf(size), isHot(traffic), size, traffic);
  }

  /** The tables of production that the deployment locks, rewrites, reads or changes. */
  public Set<RelationName> touched() {
    Set<RelationName> touched = new TreeSet<>();
    for (Step step : steps) {
      Stream.concat(
              step.impact().locks().keySet().stream(), NamedRelations.of(step.statement()).stream())
          .map(name -> name.in(Schema.DEFAULT_SCHEMA))
          .filter(name -> isTable(name, step))
          .forEach(touched::add);
    }
    return touched;
  }

  private static boolean isTable(RelationName name, Step step) {
    boolean index = step.before().tableOfIndex(name).isPresent();
    boolean madeHere = step.before().isCreated(name) || step.after().isCreated(name);
    return !index && !madeHere;
  }

  /** The tables that the deployment makes. */
  public Set<RelationName> created() {
    return created;
  }

  private SizeBand bandOf(TableSize size) {
    if (!size.isKnown()) {
      return SizeBand.UNKNOWN;
    }
    if (!size.mayHaveRows()) {
      return SizeBand.TINY;
    }
    boolean tiny =
        within(size, thresholds.tinyRows().value(), thresholds.tinyBytes().value());
    boolean small =
        within(size, thresholds.smallRows().value(), thresholds.smallBytes().value());
    boolean large =
        within(size, thresholds.largeRows().value(), thresholds.largeBytes().value());
    return tiny ? SizeBand.TINY : small ? SizeBand.SMALL : large ? SizeBand.LARGE : SizeBand.HUGE;
  }

  private static boolean within(TableSize size, long rows, long bytes) {
    return size.rows().map(r -> r.value() <= rows).orElse(true)
        && size.data().map(b -> b.value() <= bytes).orElse(true);
  }

  private boolean isHot(Traffic traffic) {
    return traffic.readsPerSecond().orElse(0) >= thresholds.hotReads()
        || traffic.writesPerSecond().orElse(0) >= thresholds.hotWrites();
  }

  private static Set<RelationName> createdBy(List<Step> steps) {
    Set<RelationName> names = new TreeSet<>();
    for (Step step : steps) {
      step.after().changedTables().keySet().stream()
          .filter(step.after()::isCreated)
          .forEach(names::add);
    }
    return names;
  }
}
