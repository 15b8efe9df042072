package dev.plimsoll.catalog.source;

import dev.plimsoll.catalog.Catalog;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What became of fetching a catalog again. */
public sealed interface RefreshResult {

  /** A new one, which is now the one that is kept. */
  record Fetched(Catalog catalog, List<String> warnings) implements RefreshResult {
    public Fetched {
      warnings = List.copyOf(warnings);
    }
  }

  /** The server still has the one that is kept. */
  record NotModified(Instant fetchedAt) implements RefreshResult {}

  /**
   * Nothing came, or nothing that can be read; the last good one stays.
   *
   * @param reason for people: what happened and what to do
   * @param keptSince when the catalog that is kept was fetched; empty when there is none
   */
  record Failed(String reason, Optional<Instant> keptSince) implements RefreshResult {}
}
