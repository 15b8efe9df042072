package dev.plimsoll.server.storage;

import dev.plimsoll.testing.PostgresServer;
import java.nio.file.Path;

/** The databases that the state can be kept in. */
public enum Database {
  SQLITE,
  POSTGRESQL;

  /** An empty one, with its schema. */
  public Storage open(Path directory) {
    return Storage.open(
        switch (this) {
          case SQLITE -> "jdbc:sqlite:" + directory.resolve("state").resolve("plimsoll.db");
          case POSTGRESQL -> PostgresServer.of(17).freshDatabase().jdbcUrl();
        });
  }
}
