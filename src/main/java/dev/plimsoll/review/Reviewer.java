package dev.plimsoll.review;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.ChecklistAssessor;
import dev.plimsoll.migration.Migration;
import dev.plimsoll.migration.SourceFile;
import dev.plimsoll.review.Review.Coverage;
import dev.plimsoll.review.Review.Inputs;
import dev.plimsoll.review.Review.OpaqueStatement;
import dev.plimsoll.review.Review.Problem;
import dev.plimsoll.review.Review.TimelineEntry;
import dev.plimsoll.review.config.Config;
import dev.plimsoll.review.config.Config.Ai;
import dev.plimsoll.review.config.Config.Database;
import dev.plimsoll.review.config.ConfigReader;
import dev.plimsoll.review.config.ConfigReading;
import dev.plimsoll.rules.Exposure;
import dev.plimsoll.rules.Fingerprint;
import dev.plimsoll.rules.Prose;
import dev.plimsoll.sql.Engine;
import dev.plimsoll.sql.Position;
import dev.plimsoll.sql.SourceSpan;
import dev.plimsoll.sql.SqlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Makes a review of everything that it depends on. Pure: no clock, no network, no files; the same input gives the same review. */
public final class Reviewer {

  private final Function<Engine, SqlReader> readers;
  private final Rulebook rulebook;
  private final ConfigReader configs;

  /**
   * @param readers the reader for each engine's SQL
   * @param configs judges a configuration that the change request itself brings
   */
  public Reviewer(Function<Engine, SqlReader> readers, Rulebook rulebook, ConfigReader configs) {
    this.readers = readers;
    this.rulebook = rulebook;
    this.configs = configs;
  }

  public Review review(ReviewInput input) {
    Config config = input.config().configOrDefault();
    Standings standings = new Standings(input.decisions());
    boolean adviceBlocks = input.writtenByAi() && config.ai() == Ai.ADVICE_BLOCKS;
    List<DatabaseReview> databases = new ArrayList<>();
    for (Map.Entry<Database, List<SourceFile>> entry :
        ReviewedFiles.byDatabase(input.files(), config).entrySet()) {
      Database database = entry.getKey();
      DatabaseReview reviewed = DatabaseReview.of(
          database,
          entry.getValue(),
          Optional.ofNullable(input.catalogs().get(database.name())),
          config,
          readers.apply(database.engine()),
          rulebook,
          standings,
          adviceBlocks,
          input.now());
      if (!reviewed.isIdle() || !reviewed.deployment().migrations().notRun().isEmpty()) {
        databases.add(reviewed);
      }
    }
    return assemble(input, config, databases, standings);
  }

  private Review assemble(
      ReviewInput input, Config config, List<DatabaseReview> all, Standings standings) {
    List<DatabaseReview> databases = all.stream().filter(d -> !d.isIdle()).toList();
    List<Prose> notices = new ArrayList<>();
    List<Problem> problems = problems(input, databases, notices);
    databases.forEach(d -> notices.addAll(d.known().notices()));
    all.forEach(d -> d.deployment()
        .migrations()
        .notRun()
        .forEach(
            n -> notices.add(Prose.of("{} does not run: {}", Prose.code(n.path()), n.reason()))));
    databases.forEach(d -> notices.addAll(fileNotices(d)));
    ReviewedFiles.uncovered(input.files(), config)
        .forEach(path -> notices.add(Prose.of(
            "{} looks like a migration, but no database's paths cover it.", Prose.code(path))));
    notices.addAll(standings.notices());
    if (input.writtenByAi() && config.ai() == Ai.ADVICE_BLOCKS && !databases.isEmpty()) {
      notices.add(Prose.of("Written by AI: here, advice holds the merge too."));
    }
    Fingerprint fingerprint = Fingerprint.of(
        databases.stream().flatMap(d -> d.fingerprintParts().stream()).toArray(String[]::new));
    Checklist checklist = ChecklistAssessor.assess(
        databases.stream().map(DatabaseReview::subject).toList(),
        config.requiredItems(),
        input.decisions().answers(),
        fingerprint);
    return new Review(
        databases.stream().flatMap(d -> d.paths().stream()).toList(),
        databases.stream().flatMap(d -> d.findings().stream()).toList(),
        checklist,
        tables(databases),
        timeline(databases),
        coverage(databases),
        problems,
        notices,
        fingerprint,
        new Inputs(
            databases.stream().map(DatabaseReview::input).toList(),
            describe(input.config()),
            input.now()));
  }

  private List<Problem> problems(
      ReviewInput input, List<DatabaseReview> databases, List<Prose> notices) {
    List<Problem> problems = new ArrayList<>();
    Optional<ConfigReading> proposed = proposedConfig(input);
    if (input.config() instanceof ConfigReading.Bad bad) {
      boolean mends =
          proposed.isPresent() && proposed.get() instanceof ConfigReading.Ok && databases.isEmpty();
      for (ConfigReading.Problem problem : bad.problems()) {
        if (mends) {
          notices.add(Prose.of(
              "On the base branch {} is in error (line {}: {}); this change request mends it.",
              Prose.code(ConfigReader.PATH),
              problem.line(),
              problem.message()));
        } else {
          problems.add(problem(problem, "{} on the base branch, line {}, column {}: {}"));
        }
      }
    }
    if (proposed.isPresent() && proposed.get() instanceof ConfigReading.Bad bad) {
      bad.problems()
          .forEach(
              p -> problems.add(problem(p, "{} in this change request, line {}, column {}: {}")));
    }
    databases.forEach(d -> problems.addAll(d.known().problems()));
    input
        .partial()
        .forEach(reason -> problems.add(new Problem(
            Prose.of("Not all of the change request could be seen: {}", reason),
            Optional.empty())));
    return problems;
  }

  private Optional<ConfigReading> proposedConfig(ReviewInput input) {
    return input.files().stream()
        .filter(f -> f.path().equals(ConfigReader.PATH))
        .filter(
            f -> f.change() == SourceFile.Change.ADDED || f.change() == SourceFile.Change.MODIFIED)
        .findFirst()
        .map(f -> f.text()
            .map(configs::read)
            .orElseGet(() -> new ConfigReading.Bad(List.of(new ConfigReading.Problem(
                f.unreadable().orElse("it could not be loaded"), 1, 1)))));
  }

  private static Problem problem(ConfigReading.Problem problem, String template) {
    Position at = new Position(0, problem.line(), problem.column());
    return new Problem(
        Prose.of(
            template,
            Prose.code(ConfigReader.PATH),
            problem.line(),
            problem.column(),
            problem.message()),
        Optional.of(new SourceSpan(ConfigReader.PATH, at, at)));
  }

  private static List<Prose> fileNotices(DatabaseReview database) {
    List<Prose> notices = new ArrayList<>();
    for (Migration migration : database.deployment().migrations().migrations()) {
      migration
          .problems()
          .forEach(p -> notices.add(Prose.of(
              "{}: {}", Prose.code(p.place().file() + ":" + p.place().line()), p.message())));
    }
    return notices;
  }

  private static List<Exposure> tables(List<DatabaseReview> databases) {
    return databases.stream().flatMap(d -> d.tables().stream()).toList();
  }

  private static List<TimelineEntry> timeline(List<DatabaseReview> databases) {
    List<TimelineEntry> entries = new ArrayList<>();
    int transactions = 0;
    for (DatabaseReview database : databases) {
      entries.addAll(database.timeline(transactions));
      transactions += database.lastTransaction();
    }
    return entries;
  }

  private static Coverage coverage(List<DatabaseReview> databases) {
    List<OpaqueStatement> opaque =
        databases.stream().flatMap(d -> d.opaque().stream()).toList();
    return new Coverage(databases.stream().mapToInt(DatabaseReview::statements).sum(), opaque);
  }

  private static String describe(ConfigReading config) {
    return switch (config) {
      case ConfigReading.Ok ok -> ConfigReader.PATH + " on the base branch";
      case ConfigReading.Absent absent ->
        "defaults: there is no " + ConfigReader.PATH + " on the base branch";
      case ConfigReading.Bad bad ->
        "defaults: " + ConfigReader.PATH + " on the base branch is in error";
    };
  }
}
