package dev.plimsoll.migration.format;

import java.util.Locale;
import java.util.regex.Pattern;

/** What a path in a repository says of a file. */
final class Paths {

  private static final Pattern MIGRATION_FOLDER =
      Pattern.compile("migrations?|migrate", Pattern.CASE_INSENSITIVE);
  private static final Pattern SOMETHINGS_MIGRATIONS =
      Pattern.compile(".+[._-](migrations?|migrate)", Pattern.CASE_INSENSITIVE);
  private static final Pattern DATABASE_FOLDER = Pattern.compile(
      "db|database|sql|ddl|schema|postgres(ql)?|upgrades?|updates?|patch(es)?|deltas?",
      Pattern.CASE_INSENSITIVE);
  private static final Pattern TEST_FOLDER = Pattern.compile(
      "(^|/)(src/(test|it|testfixtures|integration-?test)|tests?|testdata|__tests__|fixtures)/");

  private Paths() {}

  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** With its slash at the end; empty for a file at the top. */
  static String folder(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  /**
   * Some folder on the way to the file is named after migrations, or one of the two nearest has such an ending, as in
   * {@code user_migrations}. (Farther up, that is more often the name of a whole module: {@code engine-migration/src}.)
   */
  static boolean inMigrationFolder(String path) {
    String[] segments = folder(path).split("/");
    for (int i = 0; i < segments.length; i++) {
      boolean near = i >= segments.length - 2;
      if (MIGRATION_FOLDER.matcher(segments[i]).matches()
          || (near && SOMETHINGS_MIGRATIONS.matcher(segments[i]).matches())) {
        return true;
      }
    }
    return false;
  }

  /** The file's own folder is named after a database or its changes: {@code db}, {@code sql}, {@code upgrades}. */
  static boolean inDatabaseFolder(String path) {
    String[] segments = folder(path).split("/");
    return DATABASE_FOLDER.matcher(segments[segments.length - 1]).matches();
  }

  /** The file is for tests and is not deployed. */
  static boolean inTestFolder(String path) {
    return TEST_FOLDER.matcher(folder(path).toLowerCase(Locale.ROOT)).find();
  }
}
