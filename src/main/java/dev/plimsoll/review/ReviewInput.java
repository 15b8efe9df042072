package dev.plimsoll.review;

import dev.plimsoll.catalog.CatalogState;
import dev.plimsoll.migration.SourceFile;
import dev.plimsoll.review.config.ConfigReading;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Everything that a review depends on.
 *
 * @param files the change request's files that may be migrations, with their companions
 * @param partial why the list of files is not complete; empty when it is
 * @param config the base branch's configuration, or what is wrong with it
 * @param catalogs by database name
 * @param writtenByAi a co-author trailer or a bot author says so
 */
public record ReviewInput(
    List<SourceFile> files,
    List<String> partial,
    ConfigReading config,
    Map<String, CatalogState> catalogs,
    Decisions decisions,
    boolean writtenByAi,
    Instant now) {

  public ReviewInput {
    files = List.copyOf(files);
    partial = List.copyOf(partial);
    catalogs = Map.copyOf(catalogs);
  }
}
