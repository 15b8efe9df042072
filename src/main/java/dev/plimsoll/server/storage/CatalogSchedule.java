package dev.plimsoll.server.storage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When catalogs are to be fetched from their URLs. */
public final class CatalogSchedule {

  private final Sql sql;

  public CatalogSchedule(Storage storage) {
    this.sql = new Sql(storage);
  }

  /**
   * @param source the name under which the catalog is kept
   * @param cron five fields, UTC
   */
  public record Planned(
      String source, String url, Optional<String> tokenVariable, String cron, Instant nextAt) {}

  /** Somebody needs it: a new one is due at once, a known one keeps its time. */
  public void want(Planned p, Instant now) {
    sql.update(
        """
        INSERT INTO catalog_url (source, url, token_variable, cron, next_at, wanted_at) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (source) DO UPDATE SET cron = excluded.cron, wanted_at = excluded.wanted_at
        """,
        p.source(),
        p.url(),
        p.tokenVariable().orElse(null),
        p.cron(),
        p.nextAt().toEpochMilli(),
        now.toEpochMilli());
  }

  public List<Planned> due(Instant now) {
    return sql.query(
        "SELECT * FROM catalog_url WHERE next_at <= ? ORDER BY next_at LIMIT 20",
        r -> new Planned(
            r.getString("source"),
            r.getString("url"),
            Optional.ofNullable(r.getString("token_variable")),
            r.getString("cron"),
            Instant.ofEpochMilli(r.getLong("next_at"))),
        now.toEpochMilli());
  }

  public void next(String source, Instant at) {
    sql.update("UPDATE catalog_url SET next_at = ? WHERE source = ?", at.toEpochMilli(), source);
  }

  /** Those that nobody has needed since. */
  public void forget(Instant before) {
    sql.update("DELETE FROM catalog_url WHERE wanted_at < ?", before.toEpochMilli());
  }
}
