package dev.plimsoll.server;

import dev.plimsoll.catalog.CatalogState;
import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.review.config.Config.Database;

/** The size catalogs that do not stand in a repository: fetched, sampled or pushed. */
@FunctionalInterface
public interface CatalogProvider {

  /** There are none but those in repositories. */
  CatalogProvider NONE = (forge, repository, database) ->
      new CatalogState.Missing("no catalog is configured for " + database.name());

  /**
   * The newest catalog that is at hand for a database; never waits for the network.
   *
   * @param database as the repository's configuration describes it; its catalog is no file of the repository
   */
  CatalogState catalogOf(ForgeKind forge, String repository, Database database);
}
