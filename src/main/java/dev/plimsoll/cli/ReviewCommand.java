package dev.plimsoll.cli;

import dev.plimsoll.catalog.CatalogState;
import dev.plimsoll.catalog.file.CatalogFile;
import dev.plimsoll.forge.AiAuthorship;
import dev.plimsoll.migration.SourceFile;
import dev.plimsoll.review.Decisions;
import dev.plimsoll.review.Review;
import dev.plimsoll.review.ReviewInput;
import dev.plimsoll.review.ReviewedFiles;
import dev.plimsoll.review.Reviewers;
import dev.plimsoll.review.config.Config;
import dev.plimsoll.review.config.Config.CatalogSource;
import dev.plimsoll.review.config.Config.Database;
import dev.plimsoll.review.config.Config.MigrationPath;
import dev.plimsoll.review.config.ConfigReader;
import dev.plimsoll.review.config.ConfigReading;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plimsoll review}: the verdict before the push. */
@Command(
    name = "review",
    description =
        "Reviews migrations: what they would lock in production and for how long, what fails, and the safe way.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  plimsoll review --base origin/main",
      "  plimsoll review db/migration --catalog plimsoll-catalog.json",
      "  plimsoll review V7__status.sql --engine-version 16 --format json",
      "",
      "With --base, .plimsoll.yml and the catalog are read from the base branch; otherwise from this directory.",
      "Exit codes: 0 nothing blocks, 1 something does, 2 wrong usage or an internal error.",
      "With --checklist, a required item of the checklist without an answer blocks as well."
    })
final class ReviewCommand implements Callable<Integer> {

  private final Path here;

  @Spec
  private CommandSpec spec;

  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description = "Files or directories to review as if they were new.")
  private List<Path> paths = List.of();

  @Option(
      names = "--base",
      paramLabel = "REF",
      description = "Review what this working tree changes since it left REF.")
  private String base;

  @Option(
      names = "--catalog",
      paramLabel = "FILE",
      description = "The sizes of production's tables.")
  private Path catalog;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings to use instead of .plimsoll.yml.")
  private Path config;

  @Option(
      names = "--engine-version",
      paramLabel = "N",
      description = "PostgreSQL's major version, 12 to 18.")
  private Integer engineVersion;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text, json or markdown (default: ${DEFAULT-VALUE}).")
  private ReviewFormat format;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = "auto, always or never (default: ${DEFAULT-VALUE}).")
  private Colour colour;

  @Option(names = "--checklist", description = "Fail on open items of the checklist too.")
  private boolean checklist;

  ReviewCommand() {
    this(Path.of("").toAbsolutePath());
  }

  /**
   * @param here the directory to work in
   */
  ReviewCommand(Path here) {
    this.here = here;
  }

  @Override
  public Integer call() {
    if (paths.isEmpty() == (base == null)) {
      throw new UserError(
          "name the files to review, or the branch to compare with: plimsoll review --base main");
    }
    Desk desk = base == null ? new NamedFiles(here, paths) : new BranchChanges(here, base);
    ConfigReading settings = settings(desk);
    Config used = withNamedFiles(withVersion(settings.configOrDefault()));
    List<SourceFile> files =
        desk.load(path -> ReviewedFiles.isWanted(path, used), ReviewedFiles::companionsOf);
    refuseToSeeNothing(desk, files);
    ReviewInput input = new ReviewInput(
        files,
        List.of(),
        reread(settings, used),
        catalogs(desk, used),
        Decisions.NONE,
        AiAuthorship.inMessages(desk.commitMessages()),
        Instant.now());
    Review review = Reviewers.standard().review(input);
    PrintWriter out = spec.commandLine().getOut();
    out.print(format.render(review, files, colour.isOn()));
    out.flush();
    boolean unread = files.stream().anyMatch(f -> f.unreadable().isPresent());
    boolean blocked = unread
        || !review.verdict().findingsPass()
        || (checklist && !review.verdict().checklistPasses());
    return blocked ? 1 : 0;
  }

  /** SQL that was named and is no migration by name or place must not pass as if it had been read. */
  private void refuseToSeeNothing(Desk desk, List<SourceFile> files) {
    long sql = desk.changes().stream().filter(c -> c.path().endsWith(".sql")).count();
    if (base == null && files.isEmpty() && sql > 0) {
      throw new UserError("none of the " + sql
          + " .sql files there is a migration by its name and place; name the files"
          + " themselves, or say in " + ConfigReader.PATH + " where migrations are");
    }
  }

  private ConfigReading settings(Desk desk) {
    Optional<byte[]> bytes =
        config == null ? desk.trusted(ConfigReader.PATH) : Optional.of(read(config));
    return bytes
        .map(b -> Reviewers.configReader().read(new String(b, StandardCharsets.UTF_8)))
        .orElseGet(ConfigReading.Absent::new);
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UserError(file + " cannot be read: " + e.getMessage());
    }
  }

  /** What the command line says goes before what the file says. */
  private Config withVersion(Config from) {
    if (engineVersion == null) {
      return from;
    }
    if (engineVersion < 12 || engineVersion > 18) {
      throw new UserError(
          "--engine-version: PostgreSQL 12 to 18 are modelled, not " + engineVersion);
    }
    List<Database> databases = from.databases().stream()
        .map(d -> d.withVersion(OptionalInt.of(engineVersion)))
        .toList();
    return from.withDatabases(databases);
  }

  private static ConfigReading reread(ConfigReading settings, Config used) {
    return settings instanceof ConfigReading.Bad || used.equals(settings.configOrDefault())
        ? settings
        : new ConfigReading.Ok(used);
  }

  /** A file that is named is a migration, wherever it stands and whatever its name. */
  private Config withNamedFiles(Config from) {
    List<MigrationPath> strays = paths.stream()
        .filter(Files::isRegularFile)
        .map(path -> NamedFiles.shown(here, path))
        .filter(path -> !ReviewedFiles.isWanted(path, from))
        .map(path -> new MigrationPath(path, Optional.of("sql")))
        .toList();
    if (strays.isEmpty()) {
      return from;
    }
    List<Database> databases = new ArrayList<>(from.databases());
    databases.addFirst(from.databases().getFirst().only("named files", strays));
    return from.withDatabases(databases);
  }

  private Map<String, CatalogState> catalogs(Desk desk, Config used) {
    Map<String, CatalogState> states = new HashMap<>();
    for (Database database : used.databases()) {
      states.put(database.name(), catalog == null ? configured(desk, database) : fromFile(catalog));
    }
    return states;
  }

  private static CatalogState fromFile(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UserError("there is no catalog file " + file);
    }
    return CatalogState.of(CatalogFile.read(file), file.toString(), Optional.empty());
  }

  private static CatalogState configured(Desk desk, Database database) {
    return switch (database.catalog().orElse(null)) {
      case null ->
        new CatalogState.Missing(
            "no catalog is given: --catalog FILE, or \"catalog\" in " + ConfigReader.PATH);
      case CatalogSource.RepositoryFile inRepository -> {
        String place = inRepository.path() + " " + desk.trustedPlace();
        yield desk.trusted(inRepository.path())
            .map(bytes -> CatalogFile.read(bytes))
            .map(reading -> CatalogState.of(reading, place, Optional.empty()))
            .orElseGet(() -> new CatalogState.Missing("there is no " + place));
      }
      case CatalogSource.Url url ->
        new CatalogState.Missing("the catalog is at " + url.url()
            + ", which the server fetches; here, give a file with --catalog");
    };
  }
}
