package dev.plimsoll.migration;

import java.util.List;

/**
 * The migrations of a change request in deployment order, with the files that look like migrations and could not be read as such.
 *
 * @param unread files whose content is missing or belongs to no format: shown and counted as opaque
 */
public record MigrationSet(List<Migration> migrations, List<Unread> unread) {

  public MigrationSet {
    migrations = List.copyOf(migrations);
    unread = List.copyOf(unread);
  }

  public record Unread(String path, String reason) {}

  public boolean isEmpty() {
    return migrations.isEmpty() && unread.isEmpty();
  }
}
