package dev.plimsoll.catalog;

import dev.plimsoll.sql.Engine;
import java.util.Map;
import java.util.Optional;

/**
 * The server that a catalog was taken from.
 *
 * @param majorVersion PostgreSQL 12 to 18 are modelled
 * @param version as the server prints it: {@code 17.2}
 * @param settings those that decide what DDL does: {@code TimeZone}, {@code lock_timeout}, {@code statement_timeout}, {@code maintenance_work_mem}, ...
 */
public record ServerFacts(
    Engine engine,
    int majorVersion,
    String version,
    Optional<String> database,
    Map<String, String> settings) {

  public ServerFacts {
    settings = Map.copyOf(settings);
  }

  public Optional<String> setting(String name) {
    return settings.entrySet().stream()
        .filter(e -> e.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
