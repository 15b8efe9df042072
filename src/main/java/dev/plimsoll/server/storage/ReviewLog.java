package dev.plimsoll.server.storage;

import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.forge.ReviewTarget;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The last review of each change request, for the pages and for finding change requests by their head commit. */
public final class ReviewLog {

  private final Sql sql;

  public ReviewLog(Storage storage) {
    this.sql = new Sql(storage);
  }

  /**
   * @param state {@code ready}, {@code held}, {@code nothing} or {@code failed}
   * @param headline one line, plain text
   * @param markdown the summary as it stands on the change request
   */
  public record Entry(
      String target,
      ForgeKind forge,
      String repository,
      String headSha,
      String title,
      String url,
      String author,
      String state,
      String headline,
      String markdown,
      Instant at) {}

  public void put(Entry e) {
    sql.update(
        """
        INSERT INTO review (target, forge, repository, head_sha, title, url, author, state, headline, markdown, at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (target) DO UPDATE SET head_sha = excluded.head_sha, title = excluded.title, url = excluded.url,
          author = excluded.author, state = excluded.state, headline = excluded.headline, markdown = excluded.markdown,
          at = excluded.at
        """,
        e.target(),
        e.forge().id(),
        e.repository(),
        e.headSha(),
        e.title(),
        e.url(),
        e.author(),
        e.state(),
        e.headline(),
        e.markdown(),
        e.at().toEpochMilli());
  }

  /** The newest first. */
  public List<Entry> recent(int most) {
    return sql.query("SELECT * FROM review ORDER BY at DESC LIMIT ?", ReviewLog::entry, most);
  }

  public Optional<Entry> of(ReviewTarget target) {
    return of(target.key());
  }

  public Optional<Entry> of(String target) {
    return sql.first("SELECT * FROM review WHERE target = ?", ReviewLog::entry, target);
  }

  /** The keys of the targets with this head. */
  public List<String> withHead(ForgeKind forge, String repository, String headSha) {
    return sql.query(
        "SELECT target FROM review WHERE forge = ? AND repository = ? AND head_sha = ?",
        r -> r.getString(1),
        forge.id(),
        repository,
        headSha);
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getString("target"),
        ForgeKind.valueOf(row.getString("forge").toUpperCase(Locale.ROOT)),
        row.getString("repository"),
        row.getString("head_sha"),
        row.getString("title"),
        row.getString("url"),
        row.getString("author"),
        row.getString("state"),
        row.getString("headline"),
        row.getString("markdown"),
        Instant.ofEpochMilli(row.getLong("at")));
  }
}
