package dev.plimsoll.server.storage;

import dev.plimsoll.command.Decision;
import dev.plimsoll.command.DecisionStore;
import dev.plimsoll.command.Effect;
import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import dev.plimsoll.forge.User;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The audit trail, in the database. */
public final class StoredDecisions implements DecisionStore {

  private static final String BY_TARGET =
      "SELECT content FROM decision WHERE target = ? ORDER BY number";

  private final Sql sql;

  public StoredDecisions(Storage storage) {
    this.sql = new Sql(storage);
  }

  @Override
  public Decision record(
      ChangeRequestId on, User by, Instant at, Decision.Source source, Effect.Decide content) {
    return sql.inTransaction(connection -> {
      Optional<Decision> known = Sql.query(
              connection,
              "SELECT content FROM decision WHERE target = ? AND source = ?",
              StoredDecisions::decision,
              on.key(),
              source.toString())
          .stream()
          .findFirst();
      if (known.isPresent()) {
        return known.get();
      }
      Decision decision = new Decision(nextNumber(connection, on), on, by, at, source, content);
      Sql.update(
          connection,
          "INSERT INTO decision (target, number, forge, repository, source, at, content) VALUES (?, ?, ?, ?, ?, ?, ?)",
          on.key(),
          decision.id(),
          on.forge().id(),
          on.repository(),
          source.toString(),
          at.toEpochMilli(),
          Json.write(decision, Decision.class));
      return decision;
    });
  }

  private static long nextNumber(Connection connection, ChangeRequestId on) throws SQLException {
    return Sql.query(
            connection,
            "SELECT coalesce(max(number), 0) + 1 FROM decision WHERE target = ?",
            r -> r.getLong(1),
            on.key())
        .getFirst();
  }

  @Override
  public List<Decision> trail(ChangeRequestId on) {
    return sql.query(BY_TARGET, StoredDecisions::decision, on.key());
  }

  @Override
  public List<Decision> trailOf(ForgeKind forge, String repository, Instant since) {
    return sql.query("""
        SELECT content FROM decision
        WHERE target IN (SELECT target FROM decision WHERE forge = ? AND repository = ? AND at >= ?)
        ORDER BY target, number
        """, StoredDecisions::decision, forge.id(), repository, since.toEpochMilli());
  }

  private static Decision decision(ResultSet row) throws SQLException {
    return Json.read(row.getString(1), Decision.class);
  }
}
