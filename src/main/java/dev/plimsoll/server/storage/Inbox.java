package dev.plimsoll.server.storage;

import dev.plimsoll.forge.ForgeKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Deliveries of webhooks, committed before they are acknowledged. Many that arrive together share one commit, so that the disk is waited for
 * once.
 */
public final class Inbox implements AutoCloseable {

  private static final int MOST_WAITING = 2_000;
  private static final int MOST_IN_ONE_COMMIT = 100;
  private static final Duration KEPT = Duration.ofDays(7);

  /** Where a delivery stands. */
  public enum State {
    /** Not looked at yet. */
    RECEIVED,
    /** Waits for its change request's turn. */
    QUEUED,
    DONE,
    IGNORED,
    FAILED
  }

  /**
   * @param event the forge's name of it
   */
  public record Delivery(ForgeKind forge, String delivery, String event, byte[] body) {}

  public record Entry(long id, Delivery delivery) {}

  private record Waiting(Delivery delivery, CompletableFuture<Boolean> committed) {}

  private final Sql sql;
  private final InstantSource clock;
  private final Runnable onArrival;
  private final BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread writer;
  private volatile boolean closed;

  /**
   * @param onArrival called after each commit; must not block
   */
  public Inbox(Storage storage, InstantSource clock, Runnable onArrival) {
    this.sql = new Sql(storage);
    this.clock = clock;
    this.onArrival = onArrival;
    this.writer = Thread.ofPlatform().name("inbox").daemon().start(this::write);
  }

  /**
   * Takes a delivery in. The future ends when it is committed, with false when it was there already; a failed one that comes again is taken up
   * again.
   *
   * @return a failed future when too many wait
   */
  public CompletableFuture<Boolean> accept(Delivery delivery) {
    Waiting entry = new Waiting(delivery, new CompletableFuture<>());
    if (closed || !waiting.offer(entry)) {
      entry
          .committed()
          .completeExceptionally(new IllegalStateException("too many deliveries wait"));
    }
    return entry.committed();
  }

  private void write() {
    List<Waiting> batch = new ArrayList<>();
    while (!closed || !waiting.isEmpty()) {
      batch.clear();
      try {
        Waiting first = waiting.poll(200, TimeUnit.MILLISECONDS);
        if (first == null) {
          continue;
        }
        batch.add(first);
        waiting.drainTo(batch, MOST_IN_ONE_COMMIT - 1);
        commit(batch);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        batch.forEach(w -> w.committed().completeExceptionally(e));
      }
    }
  }

  private void commit(List<Waiting> batch) {
    long now = clock.millis();
    List<Boolean> isNew = sql.inTransaction(connection -> {
      List<Boolean> inserted = new ArrayList<>();
      for (Waiting w : batch) {
        inserted.add(insert(connection, w.delivery(), now));
      }
      return inserted;
    });
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).committed().complete(isNew.get(i));
    }
    onArrival.run();
  }

  private static boolean insert(Connection connection, Delivery d, long now) throws SQLException {
    String forge = d.forge().id();
    int inserted = Sql.update(connection, """
        INSERT INTO inbox (forge, delivery, event, body, received_at, state) VALUES (?, ?, ?, ?, ?, 'RECEIVED')
        ON CONFLICT (forge, delivery) DO NOTHING
        """, forge, d.delivery(), d.event(), d.body(), now);
    if (inserted == 0) {
      // A redelivery by hand of one that failed is a wish to try again.
      inserted = Sql.update(
          connection,
          "UPDATE inbox SET state = 'RECEIVED', note = NULL WHERE forge = ? AND delivery = ? AND state = 'FAILED'",
          forge,
          d.delivery());
    }
    return inserted > 0;
  }

  /** The oldest that nobody has looked at. */
  public List<Entry> received(int most) {
    return sql.query(
        "SELECT * FROM inbox WHERE state = 'RECEIVED' ORDER BY id LIMIT ?", Inbox::entry, most);
  }

  /** Those of a target that wait, in the order of their arrival. */
  public List<Entry> queued(String target) {
    return sql.query(
        "SELECT * FROM inbox WHERE state = 'QUEUED' AND target = ? ORDER BY id LIMIT 1000",
        Inbox::entry,
        target);
  }

  /** The targets that something waits for. */
  public List<String> queuedTargets() {
    return sql.query(
        "SELECT DISTINCT target FROM inbox WHERE state = 'QUEUED'", r -> r.getString(1));
  }

  public int waitingCount() {
    return sql.first(
            "SELECT count(*) FROM inbox WHERE state IN ('RECEIVED', 'QUEUED')", r -> r.getInt(1))
        .orElse(0);
  }

  /** A delivery of the server's own, for a target; once for each name. */
  public void add(Delivery d, String target) {
    sql.update("""
        INSERT INTO inbox (forge, delivery, event, body, received_at, state, target) VALUES (?, ?, ?, ?, ?, 'QUEUED', ?)
        ON CONFLICT (forge, delivery) DO NOTHING
        """, d.forge().id(), d.delivery(), d.event(), d.body(), clock.millis(), target);
  }

  public void queue(long id, String target) {
    sql.update(
        "UPDATE inbox SET state = 'QUEUED', target = ? WHERE id = ? AND state = 'RECEIVED'",
        target,
        id);
  }

  /** It needs nothing more. */
  public void finish(long id, State state, String note) {
    sql.update("UPDATE inbox SET state = ?, note = ? WHERE id = ?", state.name(), note, id);
  }

  /** Notes in one commit that these need nothing. */
  public void ignore(Map<Long, String> reasons) {
    sql.inTransaction(connection -> {
      for (Map.Entry<Long, String> entry : reasons.entrySet()) {
        Sql.update(
            connection,
            "UPDATE inbox SET state = 'IGNORED', note = ? WHERE id = ?",
            entry.getValue(),
            entry.getKey());
      }
      return reasons.size();
    });
  }

  /** Removes what was finished long ago. */
  public int purge() {
    return sql.update(
        "DELETE FROM inbox WHERE state IN ('DONE', 'IGNORED', 'FAILED') AND received_at < ?",
        Instant.ofEpochMilli(clock.millis()).minus(KEPT).toEpochMilli());
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getLong("id"),
        new Delivery(
            ForgeKind.valueOf(row.getString("forge").toUpperCase(Locale.ROOT)),
            row.getString("delivery"),
            row.getString("event"),
            row.getBytes("body")));
  }

  @Override
  public void close() {
    closed = true;
    try {
      writer.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
