package dev.plimsoll.review;

import dev.plimsoll.migration.format.MigrationFormat;
import dev.plimsoll.migration.format.MigrationFormats;
import dev.plimsoll.review.config.ConfigReader;
import dev.plimsoll.rules.Rule;
import dev.plimsoll.rules.Rules;
import dev.plimsoll.sql.Engine;
import dev.plimsoll.sql.SqlReader;
import dev.plimsoll.sql.generic.GenericReader;
import dev.plimsoll.sql.postgres.PostgresReader;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The reviewer with everything that Plimsoll has: all rules, all formats, a reader for every engine. */
public final class Reviewers {

  private Reviewers() {}

  public static Reviewer standard() {
    return new Reviewer(readers(), Rules::check, configReader());
  }

  /** Knows the rules and formats that a configuration may name. */
  public static ConfigReader configReader() {
    return new ConfigReader(
        Rules.all().stream().map(Rule::info).map(i -> i.id()).collect(Collectors.toSet()),
        MigrationFormats.all().formats().stream()
            .map(MigrationFormat::id)
            .collect(Collectors.toSet()));
  }

  private static Function<Engine, SqlReader> readers() {
    Map<Engine, SqlReader> made = new EnumMap<>(Engine.class);
    return engine -> {
      synchronized (made) {
        return made.computeIfAbsent(
            engine, e -> e == Engine.POSTGRESQL ? new PostgresReader() : new GenericReader(e));
      }
    };
  }
}
