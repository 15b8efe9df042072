package dev.plimsoll.sql;

import java.util.Locale;
import java.util.Optional;

/** A database engine whose migrations are read. */
public enum Engine {
  POSTGRESQL,
  MYSQL,
  MARIADB,
  SQLSERVER,
  ORACLE,
  SQLITE,
  H2;

  /** As the configuration and the catalog name it. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Engine> of(String id) {
    for (Engine engine : values()) {
      if (engine.id().equals(id.toLowerCase(Locale.ROOT))) {
        return Optional.of(engine);
      }
    }
    return id.equalsIgnoreCase("postgres") ? Optional.of(POSTGRESQL) : Optional.empty();
  }
}
