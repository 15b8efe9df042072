package dev.plimsoll.review;

import dev.plimsoll.catalog.Catalog;
import dev.plimsoll.catalog.CatalogState;
import dev.plimsoll.checklist.Subject.Facts;
import dev.plimsoll.impact.postgres.PostgresImpact;
import dev.plimsoll.review.Review.Problem;
import dev.plimsoll.review.config.Config.Database;
import dev.plimsoll.rules.Prose;
import dev.plimsoll.sql.Engine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one database of production, and what has to be said about that.
 *
 * @param catalog absent when there is none that can be used
 * @param majorVersion of the server, as configured, else as the catalog says, else assumed
 */
record KnownFacts(
    Optional<Catalog> catalog,
    Facts facts,
    int majorVersion,
    List<Problem> problems,
    List<Prose> notices) {

  private static final int MOST_PROBLEMS = 5;

  static KnownFacts of(Database database, Optional<CatalogState> state, Instant now) {
    List<Problem> problems = new ArrayList<>();
    List<Prose> notices = new ArrayList<>();
    Optional<Catalog> catalog = Optional.empty();
    Facts facts = new Facts.None("no catalog is configured");
    switch (state.orElse(new CatalogState.Missing("no catalog is configured"))) {
      case CatalogState.Missing missing -> facts = new Facts.None(missing.reason());
      case CatalogState.Broken broken -> {
        facts = new Facts.None("the catalog cannot be used");
        problems.add(broken(broken));
      }
      case CatalogState.Present present -> {
        present
            .warning()
            .ifPresent(
                w -> notices.add(Prose.of("Catalog {}: {}", Prose.code(present.origin()), w)));
        if (present.catalog().server().engine() == database.engine()) {
          catalog = Optional.of(present.catalog());
          facts = age(database, present, now, notices);
        } else {
          facts = new Facts.None("the catalog is of another engine");
          problems.add(new Problem(
              Prose.of(
                  "The catalog {} is of a {} server; database {} is configured as {}.",
                  Prose.code(present.origin()),
                  present.catalog().server().engine().id(),
                  Prose.code(database.name()),
                  database.engine().id()),
              Optional.empty()));
        }
      }
    }
    int version = version(database, catalog, notices);
    return new KnownFacts(catalog, facts, version, problems, notices);
  }

  /** For a page that explains the review. */
  String describe() {
    return switch (facts) {
      case Facts.Fresh fresh -> fresh.origin();
      case Facts.Stale stale -> stale.origin() + ", older than it may be";
      case Facts.None none -> "none: " + none.reason();
    };
  }

  private static Facts age(
      Database database, CatalogState.Present present, Instant now, List<Prose> notices) {
    Duration age = present.catalog().age(now);
    String origin = present.origin() + ", " + words(age);
    if (age.compareTo(database.maxCatalogAge()) <= 0) {
      return new Facts.Fresh(origin);
    }
    notices.add(Prose.of(
        "The catalog {} is {}; it may be {} at most. The sizes here are those of then.",
        Prose.code(present.origin()),
        words(age),
        words(database.maxCatalogAge())));
    return new Facts.Stale(origin);
  }

  private static Problem broken(CatalogState.Broken broken) {
    List<String> shown = broken.problems().stream().limit(MOST_PROBLEMS).toList();
    int more = broken.problems().size() - shown.size();
    return new Problem(
        Prose.of(
            "The catalog {} cannot be used: {}{}",
            Prose.code(broken.origin()),
            String.join("; ", shown),
            more == 0 ? "." : "; and " + more + " more."),
        Optional.empty());
  }

  private static int version(Database database, Optional<Catalog> catalog, List<Prose> notices) {
    int told = catalog.map(c -> c.server().majorVersion()).orElse(0);
    int wanted = database.version().orElse(told);
    if (database.version().isPresent() && told != 0 && told != wanted) {
      notices.add(Prose.of(
          "Database {} is configured as version {}; its catalog was taken from version {}. The review is for {}.",
          Prose.code(database.name()),
          wanted,
          told,
          wanted));
    }
    if (database.engine() != Engine.POSTGRESQL) {
      return wanted;
    }
    if (wanted == 0) {
      notices.add(Prose.of(
          "The server's version is not known; PostgreSQL {} is assumed.",
          PostgresImpact.NEWEST_VERSION));
      return PostgresImpact.NEWEST_VERSION;
    }
    int modelled = Math.clamp(wanted, PostgresImpact.OLDEST_VERSION, PostgresImpact.NEWEST_VERSION);
    if (modelled != wanted) {
      notices.add(Prose.of(
          "PostgreSQL {} is not modelled; what is said here is true of PostgreSQL {}.",
          wanted,
          modelled));
    }
    return modelled;
  }

  /** {@code 5 hours old}, {@code 2 days old}; from the future: {@code taken just now}. */
  private static String words(Duration age) {
    long hours = Math.max(0, age.toHours());
    return hours < 1
        ? "taken within the hour"
        : hours < 48 ? hours + (hours == 1 ? " hour old" : " hours old") : hours / 24 + " days old";
  }
}
