package dev.plimsoll.review;

import dev.plimsoll.migration.MigrationSet;
import dev.plimsoll.migration.SourceFile;
import dev.plimsoll.migration.SourceFile.Change;
import dev.plimsoll.migration.format.MigrationFormats;
import dev.plimsoll.migration.format.PathGlob;
import dev.plimsoll.migration.format.Selection;
import dev.plimsoll.review.config.Config;
import dev.plimsoll.review.config.Config.Database;
import dev.plimsoll.review.config.ConfigReader;
import dev.plimsoll.sql.SqlReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which files belong to which database: to the first whose paths claim them. */
public final class ReviewedFiles {

  private static final MigrationFormats FORMATS = MigrationFormats.all();

  private ReviewedFiles() {}

  /** Whether a changed path is to be loaded for a review under this configuration. */
  public static boolean isWanted(String path, Config config) {
    return path.equals(ConfigReader.PATH)
        || config.databases().stream().anyMatch(d -> FORMATS.mayClaim(path, selection(d)));
  }

  /** Paths that may stand beside a wanted one and change what it means; they are loaded where they exist. */
  public static Set<String> companionsOf(String path) {
    return FORMATS.companionsOf(path);
  }

  static Selection selection(Database database) {
    return database.migrations().isEmpty()
        ? Selection.AUTOMATIC
        : new Selection.Configured(database.migrations().stream()
            .map(m -> new Selection.Entry(new PathGlob(m.glob()), m.format()))
            .toList());
  }

  /** The files of each database, in the configuration's order; companions go to all. */
  static Map<Database, List<SourceFile>> byDatabase(List<SourceFile> files, Config config) {
    Map<Database, List<SourceFile>> byDatabase = new LinkedHashMap<>();
    Set<String> taken = new HashSet<>();
    for (Database database : config.databases()) {
      Selection selection = selection(database);
      List<SourceFile> own = new ArrayList<>();
      Set<String> newlyTaken = new HashSet<>();
      for (SourceFile file : files) {
        if (!taken.contains(file.path()) && !file.path().equals(ConfigReader.PATH)) {
          own.add(file);
          if (file.change() != Change.UNCHANGED && selection.covers(file.path())) {
            newlyTaken.add(file.path());
          }
        }
      }
      taken.addAll(newlyTaken);
      byDatabase.put(database, own);
    }
    return byDatabase;
  }

  /** Changed files that look like migrations and that no database's paths cover. */
  static List<String> uncovered(List<SourceFile> files, Config config) {
    if (config.databases().stream().anyMatch(d -> d.migrations().isEmpty())) {
      return List.of();
    }
    List<SourceFile> rest = files.stream()
        .filter(f -> f.change() != Change.UNCHANGED && f.change() != Change.REMOVED)
        .filter(f -> config.databases().stream().noneMatch(d -> selection(d).covers(f.path())))
        .toList();
    Set<String> companions = new HashSet<>();
    files.forEach(f -> companions.addAll(FORMATS.companionsOf(f.path())));
    return rest.stream()
        .filter(f -> !companions.contains(f.path()))
        .filter(f -> FORMATS.formats().stream()
            .anyMatch(format -> format.mayClaim(f.path()) && format.claims(f)))
        .map(SourceFile::path)
        .toList();
  }

  static MigrationSet read(List<SourceFile> files, Database database, SqlReader reader) {
    return FORMATS.read(files, selection(database), database.engine(), reader);
  }
}
