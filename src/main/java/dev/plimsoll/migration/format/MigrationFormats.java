package dev.plimsoll.migration.format;

import dev.plimsoll.migration.Migration;
import dev.plimsoll.migration.MigrationSet;
import dev.plimsoll.migration.MigrationSet.NotRun;
import dev.plimsoll.migration.MigrationSet.Unread;
import dev.plimsoll.migration.SourceFile;
import dev.plimsoll.migration.SourceFile.Change;
import dev.plimsoll.sql.Engine;
import dev.plimsoll.sql.SqlReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All formats, those with the more telling names and contents first. Every file that looks like a migration ends up in the
 * set: as a migration, as unread with the reason, or as one that does not run.
 */
public final class MigrationFormats {

  static final String REMOVED = "Removed by this change request.";

  /** Within one format. */
  static final Comparator<Migration> DEPLOYMENT_ORDER =
      Comparator.comparing(Migration::order).thenComparing(Migration::path);

  private static final MigrationFormats ALL = new MigrationFormats(
      List.of(new FlywayFormat(), new GolangMigrateFormat(), new DbmateFormat(), new SqlFormat()));

  private final List<MigrationFormat> formats;

  MigrationFormats(List<MigrationFormat> formats) {
    this.formats = List.copyOf(formats);
  }

  public static MigrationFormats all() {
    return ALL;
  }

  /** In order of priority. */
  public List<MigrationFormat> formats() {
    return formats;
  }

  public Optional<MigrationFormat> byId(String id) {
    return formats.stream().filter(format -> format.id().equals(id)).findFirst();
  }

  /** Whether a file may be a migration by its path; decides what is loaded when the owners have configured nothing. */
  public boolean mayClaim(String path) {
    return formats.stream().anyMatch(format -> format.mayClaim(path));
  }

  /** Whether a file may be a migration, or may stand beside one, under this selection. */
  public boolean mayClaim(String path, Selection selection) {
    return switch (selection) {
      case Selection.Automatic automatic -> mayClaim(path);
      case Selection.Configured configured ->
        configured.covers(path) || companionsOf(path).stream().anyMatch(configured::covers);
    };
  }

  /** Paths that may stand beside this one and change what it means, in any format. */
  public Set<String> companionsOf(String path) {
    Set<String> companions = new LinkedHashSet<>();
    formats.stream()
        .filter(format -> format.mayClaim(path))
        .forEach(format -> companions.addAll(format.companionsOf(path)));
    return companions;
  }

  /**
   * Reads a change request's files, and those beside them, to one set in deployment order: by format, then as it orders.
   *
   * @param engine the database's; found automatically, files in a folder for another engine do not run against it
   */
  public MigrationSet read(
      List<SourceFile> files, Selection selection, Engine engine, SqlReader reader) {
    Map<SourceFile, MigrationFormat> found = new LinkedHashMap<>();
    List<Unread> unread = new ArrayList<>();
    List<NotRun> notRun = new ArrayList<>();
    for (SourceFile file : files) {
      switch (sort(file, selection, engine)) {
        case Sorted.To(MigrationFormat format) -> found.put(file, format);
        case Sorted.Unknown(String reason) -> unread.add(new Unread(file.path(), reason));
        case Sorted.NotHere(String reason) -> notRun.add(new NotRun(file.path(), reason));
        case Sorted.No() -> {}
      }
    }
    Map<MigrationFormat, List<SourceFile>> byFormat = withCompanions(files, found);
    List<Migration> migrations = new ArrayList<>();
    for (MigrationFormat format : formats) {
      MigrationSet read = format.read(byFormat.getOrDefault(format, List.of()), reader);
      migrations.addAll(read.migrations());
      unread.addAll(read.unread());
      notRun.addAll(read.notRun());
    }
    return new MigrationSet(migrations, unread, notRun);
  }

  /**
   * Files by format, with those that no format claims and that stand beside one that some format does. A file that its own
   * format has no other half for, while another format's file asks for it, goes there: {@code 1_x.down.sql} beside
   * {@code 1_x.sql} is not golang-migrate's.
   */
  private static Map<MigrationFormat, List<SourceFile>> withCompanions(
      List<SourceFile> files, Map<SourceFile, MigrationFormat> found) {
    Map<String, Set<MigrationFormat>> wanted = new HashMap<>();
    found.forEach((file, format) -> format
        .companionsOf(file.path())
        .forEach(
            path -> wanted.computeIfAbsent(path, p -> new LinkedHashSet<>()).add(format)));
    Map<MigrationFormat, List<SourceFile>> byFormat = new HashMap<>();
    for (SourceFile file : files) {
      MigrationFormat own = found.get(file);
      Set<MigrationFormat> wanting = wanted.getOrDefault(file.path(), Set.of());
      boolean alone =
          own == null || (!own.companionsOf(file.path()).isEmpty() && !wanting.contains(own));
      MigrationFormat taking = alone && !wanting.isEmpty() ? wanting.iterator().next() : own;
      if (taking != null) {
        byFormat.computeIfAbsent(taking, f -> new ArrayList<>()).add(file);
      }
    }
    return byFormat;
  }

  static Unread unreadable(SourceFile file) {
    return new Unread(file.path(), file.unreadable().orElse("Its content is not known."));
  }

  /** What becomes of a file. */
  private sealed interface Sorted {
    record To(MigrationFormat format) implements Sorted {}

    record Unknown(String reason) implements Sorted {}

    record NotHere(String reason) implements Sorted {}

    record No() implements Sorted {}
  }

  private Sorted sort(SourceFile file, Selection selection, Engine engine) {
    return switch (selection) {
      case Selection.Automatic automatic ->
        elsewhere(file.path(), engine)
            .map(reason -> find(file) instanceof Sorted.No
                ? new Sorted.No()
                : ifChanged(file, new Sorted.NotHere(reason)))
            .orElseGet(() -> find(file));
      case Selection.Configured configured ->
        configured.entries().stream()
            .filter(entry -> entry.paths().matches(file.path()))
            .findFirst()
            .map(entry -> entry.format().isEmpty()
                ? find(file)
                : named(file, entry.format().get()))
            .orElseGet(Sorted.No::new);
    };
  }

  private Sorted named(SourceFile file, String id) {
    return byId(id)
        .<Sorted>map(Sorted.To::new)
        .orElseGet(() ->
            ifChanged(file, new Sorted.Unknown("There is no migration format `" + id + "`.")));
  }

  /** Why a file does not run against this database, wherever it is found without having been configured. */
  private static Optional<String> elsewhere(String path, Engine engine) {
    return Paths.inTestFolder(path)
        ? Optional.of("Stands in a folder for tests.")
        : EngineFolder.ofAnotherEngine(path, engine)
            .map(other -> "By its path it is for another engine: " + other + ".");
  }

  private Sorted find(SourceFile file) {
    List<MigrationFormat> candidates =
        formats.stream().filter(format -> format.mayClaim(file.path())).toList();
    if (file.text().isEmpty() && file.change() != Change.REMOVED) {
      return candidates.stream().findFirst().<Sorted>map(Sorted.To::new).orElseGet(Sorted.No::new);
    }
    return candidates.stream()
        .filter(format -> format.claims(file))
        .findFirst()
        .<Sorted>map(Sorted.To::new)
        .orElseGet(Sorted.No::new);
  }

  private static Sorted ifChanged(SourceFile file, Sorted sorted) {
    return file.change() == Change.UNCHANGED ? new Sorted.No() : sorted;
  }
}
