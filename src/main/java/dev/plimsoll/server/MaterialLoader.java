package dev.plimsoll.server;

import dev.plimsoll.catalog.CatalogState;
import dev.plimsoll.catalog.file.CatalogFile;
import dev.plimsoll.forge.ChangeRequest;
import dev.plimsoll.forge.ChangeRequest.ChangedPath;
import dev.plimsoll.forge.FileContent;
import dev.plimsoll.forge.Forge;
import dev.plimsoll.forge.Posted;
import dev.plimsoll.forge.PostedLedger;
import dev.plimsoll.forge.ReviewTarget;
import dev.plimsoll.migration.SourceFile;
import dev.plimsoll.migration.SourceFile.Change;
import dev.plimsoll.review.ReviewedFiles;
import dev.plimsoll.review.config.Config;
import dev.plimsoll.review.config.Config.CatalogSource;
import dev.plimsoll.review.config.Config.Database;
import dev.plimsoll.review.config.ConfigReader;
import dev.plimsoll.review.config.ConfigReading;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Loads what a review is made from, in as few calls as may be: one when no changed path may be a migration. */
final class MaterialLoader {

  /** Beyond this many files a change request is not a migration but an import; the rest is said to be unread. */
  private static final int MOST_FILES = 300;

  private final ConfigReader configs;
  private final CatalogProvider catalogs;
  private final PostedLedger ledger;
  private final InstantSource clock;

  MaterialLoader(
      ConfigReader configs, CatalogProvider catalogs, PostedLedger ledger, InstantSource clock) {
    this.configs = configs;
    this.catalogs = catalogs;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** The first call: the change request, the configuration and what stands on it. */
  Start start(Forge forge, ReviewTarget target) {
    Forge.Loaded loaded = forge.load(target, Set.of(ConfigReader.PATH));
    ChangeRequest request = loaded.changeRequest();
    ConfigReading config =
        switch (loaded.baseFiles().getOrDefault(ConfigReader.PATH, new FileContent.Absent())) {
          case FileContent.Text(String yaml) -> configs.read(yaml);
          case FileContent.Absent() -> new ConfigReading.Absent();
          case FileContent.Unreadable(String reason) ->
            new ConfigReading.Bad(
                List.of(new ConfigReading.Problem("the file cannot be read: " + reason, 1, 1)));
        };
    Posted posted = ledger.complete(loaded.posted(), target, request.headSha(), clock.instant());
    Config settings = config.configOrDefault();
    List<Wanted> wanted = request.changes().stream()
        .flatMap(change -> wanted(change).stream())
        .filter(w -> ReviewedFiles.isWanted(w.path(), settings))
        .toList();
    return new Start(forge, request, posted, config, wanted);
  }

  /**
   * What is known after the first call.
   *
   * @param wanted the changed files that may be migrations
   */
  record Start(
      Forge forge,
      ChangeRequest request,
      Posted posted,
      ConfigReading config,
      List<Wanted> wanted) {

    /** Nothing that a review could be about: by then as much is known as needs to be. */
    boolean hasNothingToReview() {
      return wanted.isEmpty()
          && request.incomplete().isEmpty()
          && !(config instanceof ConfigReading.Bad);
    }
  }

  record Wanted(String path, Change change) {}

  /** A renamed file is one that goes and one that comes: to a migration framework its name is its identity. */
  private static List<Wanted> wanted(ChangedPath change) {
    return switch (change.kind()) {
      case ADDED -> List.of(new Wanted(change.path(), Change.ADDED));
      case MODIFIED -> List.of(new Wanted(change.path(), Change.MODIFIED));
      case REMOVED -> List.of(new Wanted(change.path(), Change.REMOVED));
      case RENAMED -> {
        List<Wanted> both = new ArrayList<>(List.of(new Wanted(change.path(), Change.ADDED)));
        change.previousPath().ifPresent(path -> both.add(new Wanted(path, Change.REMOVED)));
        yield both;
      }
    };
  }

  /** The other calls: files and catalogs. */
  Material material(Start start) {
    ChangeRequest request = start.request();
    List<Wanted> loadable =
        start.wanted().subList(0, Math.min(MOST_FILES, start.wanted().size()));
    Set<String> atHead = new LinkedHashSet<>();
    Set<String> atBase = new LinkedHashSet<>();
    loadable.forEach(w -> (w.change() == Change.REMOVED ? atBase : atHead).add(w.path()));
    Set<String> companions = new LinkedHashSet<>();
    atHead.forEach(path -> companions.addAll(ReviewedFiles.companionsOf(path)));
    start.wanted().forEach(w -> companions.remove(w.path()));
    atHead.addAll(companions);
    List<Database> databases =
        loadable.isEmpty() ? List.of() : start.config().configOrDefault().databases();
    databases.forEach(d -> repositoryFile(d).ifPresent(atBase::add));

    Map<String, FileContent> head =
        atHead.isEmpty() ? Map.of() : start.forge().filesAtHead(request, atHead);
    Map<String, FileContent> base =
        atBase.isEmpty() ? Map.of() : start.forge().filesAtBase(request, atBase);

    List<SourceFile> files = new ArrayList<>();
    for (Wanted w : loadable) {
      files.add(changed(w, w.change() == Change.REMOVED ? base : head));
    }
    for (Wanted w : start.wanted().subList(loadable.size(), start.wanted().size())) {
      files.add(SourceFile.unreadable(
          w.path(),
          w.change(),
          "more than " + MOST_FILES + " files may be migrations; this one was not loaded"));
    }
    companions.forEach(path -> companion(path, head).ifPresent(files::add));
    Map<String, CatalogState> facts = new LinkedHashMap<>();
    databases.forEach(d -> facts.put(d.name(), catalog(request, d, base)));
    return new Material(start.forge(), request, start.posted(), start.config(), files, facts);
  }

  private static SourceFile changed(Wanted wanted, Map<String, FileContent> contents) {
    return switch (contents.getOrDefault(wanted.path(), new FileContent.Absent())) {
      case FileContent.Text(String text) -> SourceFile.of(wanted.path(), wanted.change(), text);
      case FileContent.Unreadable(String reason) ->
        SourceFile.unreadable(wanted.path(), wanted.change(), reason);
      case FileContent.Absent() ->
        SourceFile.unreadable(
            wanted.path(),
            wanted.change(),
            "the forge lists the file as changed and does not have it");
    };
  }

  private static Optional<SourceFile> companion(String path, Map<String, FileContent> head) {
    return switch (head.getOrDefault(path, new FileContent.Absent())) {
      case FileContent.Text(String text) ->
        Optional.of(SourceFile.of(path, Change.UNCHANGED, text));
      case FileContent.Unreadable(String reason) ->
        Optional.of(SourceFile.unreadable(path, Change.UNCHANGED, reason));
      case FileContent.Absent() -> Optional.empty();
    };
  }

  private static Optional<String> repositoryFile(Database database) {
    return database.catalog().flatMap(source -> switch (source) {
      case CatalogSource.RepositoryFile(String path) -> Optional.of(path);
      case CatalogSource.Url url -> Optional.<String>empty();
    });
  }

  private CatalogState catalog(
      ChangeRequest request, Database database, Map<String, FileContent> base) {
    Optional<String> path = repositoryFile(database);
    if (path.isEmpty()) {
      return catalogs.catalogOf(request.target().forge(), request.target().repository(), database);
    }
    String origin = path.get() + " on " + request.baseBranch();
    return switch (base.getOrDefault(path.get(), new FileContent.Absent())) {
      case FileContent.Text(String json) ->
        CatalogState.of(
            CatalogFile.read(json.getBytes(StandardCharsets.UTF_8)), origin, Optional.empty());
      case FileContent.Unreadable(String reason) ->
        new CatalogState.Broken(origin, List.of(reason));
      case FileContent.Absent() ->
        new CatalogState.Broken(origin, List.of("there is no such file on the base branch"));
    };
  }
}
