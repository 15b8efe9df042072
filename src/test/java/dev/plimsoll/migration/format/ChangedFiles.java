package dev.plimsoll.migration.format;

import dev.plimsoll.migration.Migration;
import dev.plimsoll.migration.MigrationSet;
import dev.plimsoll.migration.SourceFile;
import dev.plimsoll.migration.SourceFile.Change;
import dev.plimsoll.sql.Engine;
import dev.plimsoll.sql.SqlReader;
import dev.plimsoll.sql.SqlStatement;
import dev.plimsoll.sql.postgres.PostgresReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of a change request as a test tells them, and what the formats make of them. */
final class ChangedFiles {

  static final SqlReader READER = new PostgresReader();

  private final List<SourceFile> files = new ArrayList<>();
  private Selection selection = Selection.AUTOMATIC;

  static ChangedFiles changeRequest() {
    return new ChangedFiles();
  }

  ChangedFiles adds(String path, String text) {
    return with(SourceFile.added(path, text));
  }

  ChangedFiles modifies(String path, String text) {
    return with(SourceFile.of(path, Change.MODIFIED, text));
  }

  ChangedFiles removes(String path, String text) {
    return with(SourceFile.of(path, Change.REMOVED, text));
  }

  ChangedFiles findsBesides(String path, String text) {
    return with(SourceFile.of(path, Change.UNCHANGED, text));
  }

  ChangedFiles cannotLoad(String path, Change change, String reason) {
    return with(SourceFile.unreadable(path, change, reason));
  }

  ChangedFiles configured(String glob, String format) {
    List<Selection.Entry> entries = new ArrayList<>();
    if (selection instanceof Selection.Configured configured) {
      entries.addAll(configured.entries());
    }
    entries.add(new Selection.Entry(new PathGlob(glob), Optional.of(format)));
    selection = new Selection.Configured(entries);
    return this;
  }

  MigrationSet read() {
    return MigrationFormats.all().read(files, selection, Engine.POSTGRESQL, READER);
  }

  Migration onlyMigration() {
    List<Migration> migrations = read().migrations();
    if (migrations.size() != 1) {
      throw new AssertionError("Not one migration: " + migrations);
    }
    return migrations.getFirst();
  }

  List<String> names() {
    return read().migrations().stream().map(Migration::name).toList();
  }

  static List<String> texts(List<SqlStatement> statements) {
    return statements.stream().map(SqlStatement::text).toList();
  }

  static List<String> problems(Migration migration) {
    return migration.problems().stream().map(Migration.Problem::message).toList();
  }

  private ChangedFiles with(SourceFile file) {
    files.add(file);
    return this;
  }
}
