package dev.plimsoll.review;

import dev.plimsoll.catalog.CatalogState;
import dev.plimsoll.checklist.Subject;
import dev.plimsoll.impact.CostModel;
import dev.plimsoll.impact.ImpactModel;
import dev.plimsoll.impact.LockMode;
import dev.plimsoll.impact.Outcome;
import dev.plimsoll.impact.Rates;
import dev.plimsoll.impact.UnmodelledEngine;
import dev.plimsoll.impact.postgres.PostgresImpact;
import dev.plimsoll.migration.Down;
import dev.plimsoll.migration.Migration;
import dev.plimsoll.migration.MigrationSet;
import dev.plimsoll.migration.SourceFile;
import dev.plimsoll.review.Review.DatabaseInput;
import dev.plimsoll.review.Review.Judged;
import dev.plimsoll.review.Review.OpaqueStatement;
import dev.plimsoll.review.Review.Standing;
import dev.plimsoll.review.Review.TimelineEntry;
import dev.plimsoll.review.config.Config;
import dev.plimsoll.review.config.Config.Database;
import dev.plimsoll.rules.Deployment;
import dev.plimsoll.rules.Deployments;
import dev.plimsoll.rules.Exposure;
import dev.plimsoll.rules.Finding;
import dev.plimsoll.rules.Severity;
import dev.plimsoll.rules.Step;
import dev.plimsoll.schema.Schema;
import dev.plimsoll.sql.Engine;
import dev.plimsoll.sql.Position;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.SourceSpan;
import dev.plimsoll.sql.SqlReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The part of a review that is about one database. */
record DatabaseReview(
    Database database, KnownFacts known, Deployment deployment, List<Judged> findings) {

  private static final Position TOP = new Position(0, 1, 1);
  private static final int SUMMARY_LENGTH = 80;

  /** Nothing of the change request is for this database. */
  boolean isIdle() {
    return deployment.migrations().isEmpty();
  }

  static DatabaseReview of(
      Database database,
      List<SourceFile> files,
      Optional<CatalogState> catalog,
      Config config,
      SqlReader reader,
      Rulebook rulebook,
      Standings standings,
      boolean adviceBlocks,
      Instant now) {
    KnownFacts known = KnownFacts.of(database, catalog, now);
    MigrationSet migrations = ReviewedFiles.read(files, database, reader);
    Deployment deployment = new Deployments(
            database.engine(),
            known.majorVersion(),
            modelOf(database.engine()),
            new CostModel(Rates.DEFAULT),
            config.thresholds())
        .of(migrations, known.catalog());
    List<Finding> findings = rulebook.check(deployment, config.rules()).stream()
        .map(f -> adviceBlocks ? f.withSeverity(Severity.BLOCKING) : f)
        .toList();
    return new DatabaseReview(
        database, known, deployment, standings.judge(findings, migrations.migrations()));
  }

  Subject subject() {
    return new Subject(
        deployment,
        findings.stream()
            .map(j -> new Subject.Said(j.finding(), !(j.standing() instanceof Standing.Open)))
            .toList(),
        known.facts(),
        database.windows());
  }

  List<Exposure> tables() {
    return subject().touched();
  }

  List<String> paths() {
    return deployment.migrations().migrations().stream().map(Migration::path).toList();
  }

  int statements() {
    return deployment.steps().size() + deployment.migrations().unread().size();
  }

  List<OpaqueStatement> opaque() {
    List<OpaqueStatement> opaque = new ArrayList<>();
    deployment
        .migrations()
        .unread()
        .forEach(
            u -> opaque.add(new OpaqueStatement(new SourceSpan(u.path(), TOP, TOP), u.reason())));
    deployment
        .steps()
        .forEach(s -> s.impact()
            .opaque()
            .ifPresent(reason -> opaque.add(new OpaqueStatement(s.sql().span(), reason))));
    return opaque;
  }

  /** The statements that lock something, or of which that is not known. One that fails holds nothing. */
  List<TimelineEntry> timeline(int transactionsBefore) {
    return deployment.steps().stream()
        .filter(s -> s.impact().isOpaque() || !s.impact().locks().isEmpty())
        .map(s -> new TimelineEntry(
            s.sql().span(),
            summary(s),
            transactionsBefore + s.transaction(),
            shown(s),
            s.estimate(),
            s.impact().opaque()))
        .toList();
  }

  int lastTransaction() {
    return deployment.steps().stream().mapToInt(Step::transaction).max().orElse(0);
  }

  /** What an answer is given for: every statement, up and down, and how large the tables are. */
  List<String> fingerprintParts() {
    List<String> parts = new ArrayList<>();
    parts.add(database.name());
    deployment.steps().forEach(s -> parts.add(s.fingerprint().value()));
    deployment.migrations().unread().forEach(u -> parts.add(u.path()));
    for (Migration migration : deployment.migrations().migrations()) {
      if (migration.down() instanceof Down.Statements down) {
        down.statements().forEach(s -> parts.add(s.text().strip()));
      }
    }
    tables().forEach(t -> parts.add(t.table() + ":" + t.band()));
    return parts;
  }

  DatabaseInput input() {
    return new DatabaseInput(
        database.name(), database.engine().id(), known.majorVersion(), known.describe());
  }

  private static ImpactModel modelOf(Engine engine) {
    return engine == Engine.POSTGRESQL ? new PostgresImpact() : new UnmodelledEngine(engine);
  }

  private static Map<RelationName, LockMode> shown(Step step) {
    Map<RelationName, LockMode> locks = new TreeMap<>();
    if (step.impact().outcome() instanceof Outcome.Fails) {
      return locks;
    }
    step.impact()
        .locks()
        .forEach((name, mode) ->
            locks.merge(name.within(Schema.DEFAULT_SCHEMA), mode, LockMode::strongest));
    return locks;
  }

  private static String summary(Step step) {
    String text = step.sql().text();
    String bounded = text.substring(0, Math.min(text.length(), SUMMARY_LENGTH * 4));
    String flat = bounded.strip().replaceAll("\\s+", " ");
    int length = flat.codePointCount(0, flat.length());
    return length <= SUMMARY_LENGTH
        ? flat
        : flat.substring(0, flat.offsetByCodePoints(0, SUMMARY_LENGTH - 1)) + "…";
  }
}
