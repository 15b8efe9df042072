package dev.plimsoll.rules;

import dev.plimsoll.impact.Work;
import dev.plimsoll.rules.Fix.Stage;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.Statement.CreateIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** CREATE INDEX without CONCURRENTLY: nobody may write to the table until the index is built. */
public final class IndexBlocksWrites implements Rule {

  private static final int PARTITIONS_SHOWN = 3;

  @Override
  public RuleInfo info() {
    return RuleInfo.of("index-blocks-writes", Severity.BLOCKING)
        .says("CREATE INDEX blocks writes until the index is built")
        .because(
            "CREATE INDEX locks out writers so that it can read the table once. CONCURRENTLY reads it twice instead and lets them go on.");
  }

  @Override
  public Stream<Finding> check(Deployment deployment) {
    return deployment
        .statements(CreateIndex.class)
        .filter(s -> s.impact().work().stream()
            .anyMatch(w -> w instanceof Work.IndexBuild build && !build.concurrent()))
        .flatMap(s -> finding(deployment, s, (CreateIndex) s.statement()).stream());
  }

  private Optional<Finding> finding(Deployment deployment, Step step, CreateIndex create) {
    Blocking blocking = Blocking.of(deployment, step);
    if (blocking.isHarmless()) {
      return Optional.empty();
    }
    RelationName table = TableWords.name(create.table());
    return Optional.of(Draft.of(this, deployment, step)
        .headline(
            "Building this index blocks {} to {} {}.", blocking.blocked(), table, blocking.spell())
        .effect(blocking)
        .fix(IndexSql.parse(step.sql().text()).flatMap(sql -> fix(step, create, sql)))
        .finding());
  }

  private static Optional<Fix> fix(Step step, CreateIndex create, IndexSql sql) {
    List<RelationName> partitions = step.before().partitionsOf(create.table());
    if (!partitions.isEmpty()) {
      return create.unique() || create.name().isEmpty()
          ? Optional.empty()
          : Optional.of(partitioned(create, sql, partitions, OutsideTransaction.howTo(step)));
    }
    return Optional.of(concurrently(step, create, sql));
  }

  /** In place where the statement may stay there, else as a migration of its own. */
  static Fix concurrently(Step step, CreateIndex create, IndexSql sql) {
    String statement = sql.concurrently(create.table());
    Prose leftover = Prose.of(
        "If it fails it leaves an INVALID index behind, which must be dropped before it is tried again.");
    if (OutsideTransaction.isPossibleInPlace(step)) {
      Prose why = OutsideTransaction.howTo(step).map(how -> how.then(leftover)).orElse(leftover);
      return new Fix.Replacement(step.sql().span(), statement, why);
    }
    Prose summary =
        Prose.of("CREATE INDEX CONCURRENTLY cannot run in a transaction with other statements.");
    return new Fix.Sequence(
        OutsideTransaction.howTo(step).map(summary::then).orElse(summary).then(leftover),
        List.of(Stages.outside("Build the index; reads and writes go on", statement)));
  }

  private static Fix partitioned(
      CreateIndex create, IndexSql sql, List<RelationName> partitions, Optional<Prose> howTo) {
    String name = create.name().orElseThrow();
    RelationName index = create.table().sibling(name);
    List<String> builds = new ArrayList<>();
    List<String> attachments = new ArrayList<>();
    for (RelationName partition :
        partitions.subList(0, Math.min(PARTITIONS_SHOWN, partitions.size()))) {
      String own = Ddl.name(RelationName.of(partition.name()), List.of(), name);
      builds.add(sql.onPartition(TableWords.name(partition), own));
      attachments.add("ALTER INDEX " + index.sql() + " ATTACH PARTITION "
          + TableWords.name(partition).sibling(own).sql());
    }
    int more = partitions.size() - builds.size();
    Prose summary = Prose.of(
        "An index of a partitioned table cannot be built concurrently as a whole; partition by partition it can{}.",
        more > 0 ? " (the " + more + " partitions that are not shown likewise)" : "");
    List<Stage> stages = List.of(
        new Stage(
            Prose.of(
                "Declare the index on the parent: it is invalid until every partition has its part"),
            List.of(sql.onOnly(create.table(), name)),
            true,
            Optional.empty()),
        Stages.outside("Build the parts; reads and writes go on", builds.toArray(String[]::new)),
        new Stage(
            Prose.of("Attach the parts; the last one makes the index valid"),
            attachments,
            true,
            Optional.empty()));
    return new Fix.Sequence(howTo.map(summary::then).orElse(summary), stages);
  }
}
