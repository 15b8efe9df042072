package dev.plimsoll.impact.postgres;

import dev.plimsoll.impact.Impact;
import dev.plimsoll.impact.LockMode;
import dev.plimsoll.impact.Outcome;
import dev.plimsoll.impact.Situation;
import dev.plimsoll.impact.Work;
import dev.plimsoll.schema.Schema;
import dev.plimsoll.schema.SchemaChanges;
import dev.plimsoll.schema.Table;
import dev.plimsoll.schema.TableKind;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gathers what a statement does while its parts are looked at. */
final class Effects {

  final Situation situation;
  private final Map<RelationName, LockMode> locks = new HashMap<>();
  private final Set<Work> work = new LinkedHashSet<>();
  private final Set<String> drops = new LinkedHashSet<>();
  private final Set<String> assumptions = new LinkedHashSet<>();
  private Schema schema;
  private Outcome outcome = Outcome.SUCCEEDS;
  private boolean transactional = true;
  private boolean waitsForSnapshots;

  Effects(Situation situation) {
    this.situation = situation;
    this.schema = situation.schema();
  }

  /** The tables as the parts of the statement that were looked at have left them. */
  Schema schema() {
    return schema;
  }

  void advance(Statement part) {
    schema = SchemaChanges.apply(schema, part);
  }

  int version() {
    return situation.majorVersion();
  }

  Optional<Table> table(RelationName name) {
    return schema().table(name);
  }

  static RelationName full(RelationName name) {
    return name.in(Schema.DEFAULT_SCHEMA);
  }

  void lock(RelationName relation, LockMode mode) {
    locks.merge(full(relation), mode, LockMode::strongest);
  }

  /** The table and all its partitions. */
  void lockTree(RelationName relation, LockMode mode) {
    lock(relation, mode);
    schema().allPartitionsOf(relation).forEach(p -> lock(p, mode));
  }

  void work(Work item) {
    work.add(item);
  }

  /** Every table that holds rows of this one: its partitions, or itself. */
  List<RelationName> storage(RelationName relation) {
    List<RelationName> leaves = schema().allPartitionsOf(relation).stream()
        .filter(p -> schema().partitionsOf(p).isEmpty())
        .toList();
    boolean partitioned =
        table(relation).filter(t -> t.kind() == TableKind.PARTITIONED).isPresent();
    return partitioned || !leaves.isEmpty() ? leaves : List.of(full(relation));
  }

  void rewrite(RelationName relation, String reason) {
    storage(relation).forEach(t -> work(new Work.Rewrite(t, reason)));
  }

  void scan(RelationName relation, Work.Scan.Reason reason, String detail) {
    storage(relation).forEach(t -> work(new Work.Scan(t, reason, detail)));
  }

  boolean isRewritten(RelationName relation) {
    return work.stream()
        .anyMatch(w -> w instanceof Work.Rewrite && storage(relation).contains(w.table()));
  }

  void drops(String what) {
    drops.add(what);
  }

  void assume(String assumption) {
    assumptions.add(assumption);
  }

  /** The first failure is the one that the server reports. */
  void fails(String sqlState, String reason) {
    if (!(outcome instanceof Outcome.Fails)) {
      outcome = new Outcome.Fails(sqlState, reason);
    }
  }

  void dependsOnData(String sqlState, String condition) {
    if (outcome instanceof Outcome.Succeeds) {
      outcome = new Outcome.DependsOnData(sqlState, condition);
    }
  }

  boolean hasFailed() {
    return outcome instanceof Outcome.Fails;
  }

  void notInTransaction() {
    transactional = false;
  }

  void waitsForSnapshots() {
    waitsForSnapshots = true;
  }

  Impact impact() {
    return new Impact(
        outcome,
        locks,
        withoutWhatARewriteCovers(),
        transactional,
        waitsForSnapshots,
        List.copyOf(drops),
        List.copyOf(assumptions),
        Optional.empty());
  }

  /** A rewrite reads every row anyway and builds every index anew: checks of conditions and rebuilds are part of it. */
  private List<Work> withoutWhatARewriteCovers() {
    Set<RelationName> rewritten = new LinkedHashSet<>();
    work.stream().filter(Work.Rewrite.class::isInstance).map(Work::table).forEach(rewritten::add);
    List<Work> kept = new ArrayList<>();
    Set<RelationName> seen = new LinkedHashSet<>();
    for (Work item : work) {
      boolean covered = switch (item) {
        case Work.Rewrite rewrite -> !seen.add(rewrite.table());
        case Work.Scan scan ->
          scan.reason() != Work.Scan.Reason.FOREIGN_KEY && rewritten.contains(scan.table());
        case Work.IndexBuild build -> build.rebuild() && rewritten.contains(build.table());
        case Work.Modify ignored -> false;
      };
      if (!covered) {
        kept.add(item);
      }
    }
    return kept;
  }
}
