package dev.plimsoll.migration.format;

import java.util.Locale;
import java.util.regex.Pattern;

/** What a path in a repository says of a file. */
final class Paths {

  private static final Pattern MIGRATION_FOLDER =
      Pattern.compile("(.*[._-])?(migrations?|migrate)", Pattern.CASE_INSENSITIVE);
  private static final Pattern DATABASE_FOLDER =
      Pattern.compile("db|database|sql|ddl|schema|postgres(ql)?", Pattern.CASE_INSENSITIVE);
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

  /** Some folder on the way to the file is named after migrations: {@code db/migrations}, {@code user_migrations}. */
  static boolean inMigrationFolder(String path) {
    for (String segment : folder(path).split("/")) {
      if (MIGRATION_FOLDER.matcher(segment).matches()) {
        return true;
      }
    }
    return false;
  }

  /** The file's own folder is named after a database: {@code db}, {@code sql}. */
  static boolean inDatabaseFolder(String path) {
    String[] segments = folder(path).split("/");
    return DATABASE_FOLDER.matcher(segments[segments.length - 1]).matches();
  }

  /** The file is for tests and is not deployed. */
  static boolean inTestFolder(String path) {
    return TEST_FOLDER.matcher(folder(path).toLowerCase(Locale.ROOT)).find();
  }
}
