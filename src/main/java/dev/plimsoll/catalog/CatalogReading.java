package dev.plimsoll.catalog;

import java.util.List;

/** What became of reading a catalog. */
public sealed interface CatalogReading {

  /**
   * @param warnings what was passed over, for people to see: a key that this version does not know, a parent that is not in the file
   */
  record Ok(Catalog catalog, List<String> warnings) implements CatalogReading {
    public Ok {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * @param problems at least one, in the order of the file; a broken file has none of its facts used
   */
  record Bad(List<CatalogProblem> problems) implements CatalogReading {
    public Bad {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("a bad catalog has at least one problem");
      }
    }

    public static Bad of(CatalogProblem problem) {
      return new Bad(List.of(problem));
    }
  }
}
