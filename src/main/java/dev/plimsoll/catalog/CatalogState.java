package dev.plimsoll.catalog;

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
    public Broken {
      problems = List.copyOf(problems);
    }
  }

  default Optional<Catalog> facts() {
    return this instanceof Present present ? Optional.of(present.catalog()) : Optional.empty();
  }

  /**
   * @param warning what keeps a newer one from being had
   */
  static CatalogState of(CatalogReading reading, String origin, Optional<String> warning) {
    return switch (reading) {
      case CatalogReading.Ok ok -> new Present(ok.catalog(), origin, warning);
      case CatalogReading.Bad bad ->
        new Broken(origin, bad.problems().stream().map(CatalogProblem::toString).toList());
    };
  }
}
