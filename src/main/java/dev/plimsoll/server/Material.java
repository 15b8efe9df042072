package dev.plimsoll.server;

import dev.plimsoll.catalog.CatalogState;
import dev.plimsoll.forge.AiAuthorship;
import dev.plimsoll.forge.ChangeRequest;
import dev.plimsoll.forge.Forge;
import dev.plimsoll.forge.Posted;
import dev.plimsoll.migration.SourceFile;
import dev.plimsoll.review.Decisions;
import dev.plimsoll.review.ReviewInput;
import dev.plimsoll.review.config.ConfigReading;
import dev.plimsoll.sql.SourceText;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a review of a change request is made from, but people's decisions.
 *
 * @param forge where it was loaded from
 * @param posted what stands there of Plimsoll's
 */
record Material(
    Forge forge,
    ChangeRequest request,
    Posted posted,
    ConfigReading config,
    List<SourceFile> files,
    Map<String, CatalogState> catalogs) {

  Material {
    files = List.copyOf(files);
    catalogs = Map.copyOf(catalogs);
  }

  /** The files as they are at the head, by path. */
  Map<String, SourceText> sources() {
    Map<String, SourceText> sources = new HashMap<>();
    files.stream()
        .filter(f -> f.change() != SourceFile.Change.REMOVED)
        .forEach(f ->
            f.text().ifPresent(text -> sources.put(f.path(), new SourceText(f.path(), text))));
    return sources;
  }

  ReviewInput with(Decisions decisions, Instant now) {
    return new ReviewInput(
        files,
        request.incomplete().stream().toList(),
        config,
        catalogs,
        decisions,
        AiAuthorship.of(request),
        now);
  }
}
