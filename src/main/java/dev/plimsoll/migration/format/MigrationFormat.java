package dev.plimsoll.migration.format;

import dev.plimsoll.migration.MigrationSet;
import dev.plimsoll.migration.SourceFile;
import dev.plimsoll.sql.SqlReader;
import java.util.List;

/**
 * A framework's way of writing migrations. Files are read, never executed: their author may be a stranger.
 */
public interface MigrationFormat {

  /** As configuration and reports name it: {@code flyway}. */
  String id();

  /** For people: {@code Flyway SQL}. */
  String title();

  /** Whether a path alone may be a file of this format; decides which files are loaded. Cheap, and rather yes than no. */
  boolean mayClaim(String path);

  /** Whether the file, by its path and content, is of this format. Only asked where {@link #mayClaim} says yes. */
  boolean claims(SourceFile file);

  /** Paths that may stand beside a changed file and change what it means: its undo, its settings. */
  List<String> companionsOf(String path);

  /**
   * Reads the files that this format claims, companions among them, to migrations in the framework's order. Never throws for
   * what a file says.
   */
  MigrationSet read(List<SourceFile> files, SqlReader reader);
}
