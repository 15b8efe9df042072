package dev.plimsoll.review.config;

import dev.plimsoll.checklist.ChecklistItem;
import dev.plimsoll.rules.Severity;
import dev.plimsoll.rules.Thresholds;
import dev.plimsoll.sql.Engine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A repository's settings.
 *
 * @param databases at least one; a migration belongs to the first whose paths claim it
 * @param rules severities that differ from the rules' own, by rule id; absent value: the rule is off
 * @param requiredItems the checklist items that hold the merge while they are open
 * @param overriders who may override: team names ({@code org/dbas} on GitHub, group paths on GitLab), besides administrators
 * @param ai how code written by AI is judged
 */
public record Config(
    List<Database> databases,
    Map<String, Optional<Severity>> rules,
    Thresholds thresholds,
    Set<ChecklistItem> requiredItems,
    List<String> overriders,
    Ai ai) {

  public static final Duration DEFAULT_MAX_CATALOG_AGE = Duration.ofDays(7);

  public static final Config DEFAULT = new Config(
      List.of(new Database(
          "default",
          Engine.POSTGRESQL,
          OptionalInt.empty(),
          Optional.empty(),
          DEFAULT_MAX_CATALOG_AGE,
          List.of(),
          List.of())),
      Map.of(),
      Thresholds.DEFAULT,
      Set.of(ChecklistItem.values()),
      List.of());

  public Config {
    databases = List.copyOf(databases);
    rules = Map.copyOf(rules);
    requiredItems = Set.copyOf(requiredItems);
    overriders = List.copyOf(overriders);
  }

  /** With code written by AI judged as any other. */
  public Config(
      List<Database> databases,
      Map<String, Optional<Severity>> rules,
      Thresholds thresholds,
      Set<ChecklistItem> requiredItems,
      List<String> overriders) {
    this(databases, rules, thresholds, requiredItems, overriders, Ai.LIKE_PEOPLE);
  }

  public Config withDatabases(List<Database> value) {
    return new Config(value, rules, thresholds, requiredItems, overriders, ai);
  }

  /** How code written by AI is judged. */
  public enum Ai {
    LIKE_PEOPLE,
    /** What would be advice holds the merge. */
    ADVICE_BLOCKS
  }

  /**
   * A database that migrations are for.
   *
   * @param version the server's major version; absent: the catalog's, else the newest that is modelled
   * @param migrations where its migrations are; empty: found automatically
   * @param windows deployment windows, for people: {@code Sun 02:00-04:00 UTC}
   */
  public record Database(
      String name,
      Engine engine,
      OptionalInt version,
      Optional<CatalogSource> catalog,
      Duration maxCatalogAge,
      List<MigrationPath> migrations,
      List<String> windows) {
    public Database {
      migrations = List.copyOf(migrations);
      windows = List.copyOf(windows);
    }

    /** The same database under another name, for these migrations alone. */
    public Database only(String otherName, List<MigrationPath> paths) {
      return new Database(otherName, engine, version, catalog, maxCatalogAge, paths, windows);
    }

    public Database withVersion(OptionalInt value) {
      return new Database(name, engine, value, catalog, maxCatalogAge, migrations, windows);
    }
  }

  /**
   * @param format a format's id; absent: found by path and content
   */
  public record MigrationPath(String glob, Optional<String> format) {}

  /** Where a catalog comes from. */
  public sealed interface CatalogSource {
    /** A file in the repository, read from the base branch. */
    record RepositoryFile(String path) implements CatalogSource {}

    /**
     * Fetched by the server.
     *
     * @param tokenVariable the server's environment variable that holds the bearer token
     * @param cron when, as a five-field cron expression in UTC
     */
    record Url(String url, Optional<String> tokenVariable, String cron) implements CatalogSource {}
  }
}
