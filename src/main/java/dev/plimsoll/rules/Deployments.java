package dev.plimsoll.rules;

import dev.plimsoll.catalog.Catalog;
import dev.plimsoll.catalog.TableSize;
import dev.plimsoll.impact.CostModel;
import dev.plimsoll.impact.Estimate;
import dev.plimsoll.impact.Impact;
import dev.plimsoll.impact.ImpactModel;
import dev.plimsoll.impact.Situation;
import dev.plimsoll.migration.Migration;
import dev.plimsoll.migration.MigrationSet;
import dev.plimsoll.migration.SourceFile;
import dev.plimsoll.schema.Schema;
import dev.plimsoll.schema.SchemaChanges;
import dev.plimsoll.schema.Table;
import dev.plimsoll.sql.Engine;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.SourceSpan;
import dev.plimsoll.sql.SqlStatement;
import dev.plimsoll.sql.Statement;
import dev.plimsoll.sql.TableChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs the migrations of a change request in thought, statement by statement, on the schema that the catalog describes. */
public final class Deployments {

  private static final Set<String> UTC = Set.of(
      "utc",
      "etc/utc",
      "gmt",
      "etc/gmt",
      "uct",
      "zulu",
      "etc/uct",
      "etc/zulu",
      "universal",
      "greenwich",
      "gmt0",
      "etc/universal");

  private final Engine engine;
  private final int majorVersion;
  private final ImpactModel model;
  private final CostModel costs;
  private final Thresholds thresholds;

  public Deployments(
      Engine engine, int majorVersion, ImpactModel model, CostModel costs, Thresholds thresholds) {
    this.engine = engine;
    this.majorVersion = majorVersion;
    this.model = model;
    this.costs = costs;
    this.thresholds = thresholds;
  }

  public Deployment of(MigrationSet migrations, Optional<Catalog> catalog) {
    return new Run(migrations, catalog).deployment();
  }

  /** One pass over the statements. */
  private final class Run {

    private final MigrationSet migrations;
    private final Optional<Catalog> catalog;
    private final boolean utc;
    private final List<Step> steps = new ArrayList<>();
    private final List<Change<?>> changes = new ArrayList<>();
    private final Map<String, Integer> seen = new HashMap<>();
    private Schema schema;
    private int transaction;

    Run(MigrationSet migrations, Optional<Catalog> catalog) {
      this.migrations = migrations;
      this.catalog = catalog;
      this.schema = catalog.map(c -> Schema.of(c.schema())).orElseGet(Schema::empty);
      this.utc = catalog
          .flatMap(c -> c.server().setting("TimeZone"))
          .filter(z -> UTC.contains(z.toLowerCase(java.util.Locale.ROOT)))
          .isPresent();
    }

    Deployment deployment() {
      migrations.migrations().stream().filter(Run::runs).forEach(this::migration);
      return new Deployment(engine, majorVersion, migrations, catalog, thresholds, steps, changes);
    }

    /** A migration of which only the way back is changed, or that is taken away, does not run. */
    private static boolean runs(Migration migration) {
      return migration.change() == SourceFile.Change.ADDED
          || migration.change() == SourceFile.Change.MODIFIED;
    }

    private void migration(Migration migration) {
      TransactionTracker tracker = new TransactionTracker(migration);
      TimeoutTracker timeouts = new TimeoutTracker(catalog);
      for (SqlStatement sql : migration.up()) {
        boolean inBlock = tracker.enter(sql.statement());
        if (tracker.startsTransaction()) {
          transaction++;
          timeouts.transactionEnds();
        }
        step(migration, sql, inBlock, timeouts.now());
        timeouts.see(sql.statement(), inBlock);
        tracker.leave(sql.statement());
      }
    }

    private void step(Migration migration, SqlStatement sql, boolean inBlock, Timeouts timeouts) {
      Situation situation = new Situation(schema, majorVersion, inBlock, utc, this::mayHaveRows);
      Impact impact = model.of(sql.statement(), situation);
      Schema after = SchemaChanges.apply(schema, sql.statement());
      Step step = new Step(
          steps.size(),
          migration,
          sql,
          transaction,
          inBlock,
          timeouts,
          schema,
          after,
          impact,
          estimate(impact),
          fingerprint(sql));
      steps.add(step);
      if (sql.statement() instanceof Statement.AlterTable alter) {
        commands(step, alter, situation);
      }
      schema = after;
    }

    private void commands(Step step, Statement.AlterTable alter, Situation situation) {
      List<Impact> impacts = model.ofCommands(alter, situation);
      boolean alone = alter.commands().size() == 1;
      for (int i = 0; i < alter.commands().size(); i++) {
        Statement.TableCommand command = alter.commands().get(i);
        SourceSpan place = alone ? step.sql().span() : command.span();
        changes.add(new Change<TableChange>(
            step,
            alter.table(),
            command.change(),
            place,
            impacts.get(i),
            estimate(impacts.get(i)),
            alone));
      }
    }

    private Estimate estimate(Impact impact) {
      Schema now = schema;
      return costs.estimate(impact, new CostModel.Sizes() {
        @java.lang.Override
        public TableSize of(RelationName table) {
          return catalog.map(c -> c.sizeOf(table)).orElse(TableSize.UNKNOWN);
        }

        @java.lang.Override
        public boolean isNew(RelationName table) {
          return now.isCreated(table);
        }

        @java.lang.Override
        public int indexes(RelationName table) {
          return now.table(table).map(Table::indexes).map(List::size).orElse(0);
        }
      });
    }

    private boolean mayHaveRows(RelationName table) {
      if (schema.isCreated(table)) {
        return steps.stream()
            .anyMatch(s -> s.statement() instanceof Statement.Insert insert
                && insert
                    .table()
                    .in(Schema.DEFAULT_SCHEMA)
                    .equals(table.in(Schema.DEFAULT_SCHEMA)));
      }
      return catalog.map(c -> c.sizeOf(table)).orElse(TableSize.UNKNOWN).mayHaveRows();
    }

    private Fingerprint fingerprint(SqlStatement sql) {
      String text = StatementText.normalised(sql.text());
      int nth = seen.merge(text, 1, Integer::sum);
      return Fingerprint.of(text, String.valueOf(nth));
    }
  }
}
