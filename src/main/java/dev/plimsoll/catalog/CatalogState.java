package dev.plimsoll.catalog;

<<<<<<< HEAD
import java.util.List;
import java.util.Optional;

/** Whether there are facts about production. */
public sealed interface CatalogState {

  /**
   * @param origin for people: {@code plimsoll-catalog.json on main}
   * @param warning what keeps a newer one from being had: the last fetch failed
   */
  record Present(Catalog catalog, String origin, Optional<String> warning)
      implements CatalogState {}

  /** None is configured, or none has arrived yet. */
  record Missing(String reason) implements CatalogState {}

  /** There is one that cannot be used. */
  record Broken(String origin, List<String> problems) implements CatalogState {
=======
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a review knows of production. */
public sealed interface CatalogState {

  /** How old a catalog may be before what it says is called stale. */
  Duration DEFAULT_MAX_AGE = Duration.ofDays(7);

  /** Where it comes from, for people: {@code plimsoll-catalog.json}, {@code https://files.example.com/shop.json}. */
  String origin();

  /** The facts, where there are any. */
  default Optional<Catalog> facts() {
    return switch (this) {
      case Present present -> Optional.of(present.catalog());
      case Missing _ -> Optional.empty();
      case Broken _ -> Optional.empty();
    };
  }

  /**
   * Facts that can be used.
   *
   * @param stale older than allowed: used, and said with every number that comes from it
   * @param warnings what was passed over in reading them, and why they are not newer
   */
  record Present(Catalog catalog, String origin, boolean stale, List<String> warnings) implements CatalogState {
    public Present {
      warnings = List.copyOf(warnings);
    }
  }

  /** There are no facts: nobody gave any, or they could not be fetched yet. */
  record Missing(String origin, String reason) implements CatalogState {}

  /** There is a catalog that cannot be read. */
  record Broken(String origin, List<CatalogProblem> problems) implements CatalogState {
>>>>>>> catalog
    public Broken {
      problems = List.copyOf(problems);
    }
  }

<<<<<<< HEAD
  default Optional<Catalog> facts() {
    return this instanceof Present present ? Optional.of(present.catalog()) : Optional.empty();
=======
  static CatalogState of(CatalogReading reading, String origin, Instant now, Duration maxAge) {
    return switch (reading) {
      case CatalogReading.Ok ok ->
        new Present(ok.catalog(), origin, ok.catalog().age(now).compareTo(maxAge) > 0, ok.warnings());
      case CatalogReading.Bad bad -> new Broken(origin, bad.problems());
    };
>>>>>>> catalog
  }
}
