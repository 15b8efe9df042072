package dev.plimsoll.server.storage;

import dev.plimsoll.forge.PostedLedger;
import dev.plimsoll.forge.ReviewTarget;
import java.util.List;

/** What was put on change requests, in the database. */
public final class StoredLedger implements PostedLedger {

  private final Sql sql;

  public StoredLedger(Storage storage) {
    this.sql = new Sql(storage);
  }

  @Override
  public List<Entry> entries(ReviewTarget target) {
    return sql.query(
        "SELECT content FROM ledger WHERE target = ? ORDER BY at",
        r -> Json.read(r.getString(1), Entry.class),
        target.key());
  }

  @Override
  public void put(ReviewTarget target, Entry entry) {
    sql.update(
        """
        INSERT INTO ledger (target, kind, id, at, content) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (target, kind, id) DO UPDATE SET at = excluded.at, content = excluded.content
        """,
        target.key(),
        entry.getClass().getSimpleName(),
        entry.id(),
        entry.at().toEpochMilli(),
        Json.write(entry, Entry.class));
  }

  @Override
  public void forget(ReviewTarget target, String id) {
    sql.update("DELETE FROM ledger WHERE target = ? AND id = ?", target.key(), id);
  }
}
