package dev.plimsoll.review;

import dev.plimsoll.migration.format.MigrationFormat;
import dev.plimsoll.migration.format.MigrationFormats;
import dev.plimsoll.review.config.ConfigReader;
import dev.plimsoll.rules.Rule;
import dev.plimsoll.rules.Rules;
import dev.plimsoll.sql.Engine;
import dev.plimsoll.sql.SourceText;
import dev.plimsoll.sql.SqlReader;
import dev.plimsoll.sql.generic.GenericReader;
import dev.plimsoll.sql.postgres.PostgresReader;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The reviewer with everything that Plimsoll has: all rules, all formats, a reader for every engine. */
public final class Reviewers {

  private static final Map<Engine, SqlReader> READERS = new ConcurrentHashMap<>();

  private Reviewers() {}

  public static Reviewer standard() {
    return new Reviewer(Reviewers::reader, Rules::check, configReader());
  }

  /** Knows the rules and formats that a configuration may name. */
  public static ConfigReader configReader() {
    return new ConfigReader(
        Rules.all().stream().map(Rule::info).map(i -> i.id()).collect(Collectors.toSet()),
        MigrationFormats.all().formats().stream()
            .map(MigrationFormat::id)
            .collect(Collectors.toSet()));
  }

  /** Reads a first statement, in the background: the parser takes longer to begin than a small review takes. */
  public static void warmUp() {
    Thread.ofPlatform().name("warm-up").daemon().start(() -> reader(Engine.POSTGRESQL));
  }

  private static SqlReader reader(Engine engine) {
    return READERS.computeIfAbsent(
        engine, e -> e == Engine.POSTGRESQL ? warmPostgresReader() : new GenericReader(e));
  }

  /** Whoever asks meanwhile waits for this one, rather than begin another. */
  private static SqlReader warmPostgresReader() {
    PostgresReader reader = new PostgresReader();
    reader.read(new SourceText("", "ALTER TABLE a ADD b int DEFAULT 1"));
    return reader;
  }
}
