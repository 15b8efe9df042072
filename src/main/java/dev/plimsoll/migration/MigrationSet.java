package dev.plimsoll.migration;

import java.util.List;

/**
 * The migrations of a change request in deployment order, with the files that look like migrations and could not be read as such.
 *
 * @param unread files whose content is missing or belongs to no format: shown and counted as opaque
 * @param notRun files that are migrations and will not run against the database when this change request is deployed
 */
public record MigrationSet(List<Migration> migrations, List<Unread> unread, List<NotRun> notRun) {

  public static final MigrationSet EMPTY = new MigrationSet(List.of(), List.of());

  public MigrationSet {
    migrations = List.copyOf(migrations);
    unread = List.copyOf(unread);
    notRun = List.copyOf(notRun);
  }

  public MigrationSet(List<Migration> migrations, List<Unread> unread) {
    this(migrations, unread, List.of());
  }

  public record Unread(String path, String reason) {}

  /** A removed migration, a baseline for new databases, a migration in a test folder. */
  public record NotRun(String path, String reason) {}

  /** Nothing would run and nothing is in doubt. */
  public boolean isEmpty() {
    return migrations.isEmpty() && unread.isEmpty();
  }
}
