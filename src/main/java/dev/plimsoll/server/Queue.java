package dev.plimsoll.server;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.server.storage.Inbox;
import dev.plimsoll.server.storage.Storage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One job for each change request, by db-scheduler: what arrives while it runs waits for it, and nothing runs twice at a time. A job whose
 * server was killed is taken up by the next one.
 */
final class Queue implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Queue.class);
  private static final TaskDescriptor<Void> JOB = TaskDescriptor.of("change-request");
  private static final int WORKERS = 4;
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

  private final Inbox inbox;
  private final Scheduler scheduler;

  Queue(
      Storage storage,
      Inbox inbox,
      Worker worker,
      List<RecurringTask<?>> housekeeping,
      Runnable wake) {
    this.inbox = inbox;
    Task<Void> job = Tasks.custom(JOB).onFailure(this::retry).execute((instance, context) -> {
      worker.work(instance.getId(), context.getExecution().consecutiveFailures, this::schedule);
      return inbox.queued(instance.getId()).isEmpty()
          ? new CompletionHandler.OnCompleteRemove<>()
          : again();
    });
    List<RecurringTask<?>> recurring = new ArrayList<>(housekeeping);
    recurring.add(Tasks.recurring("sweep", FixedDelay.of(Duration.ofSeconds(10)))
        .execute((instance, context) -> {
          wake.run();
          inbox.queuedTargets().forEach(this::schedule);
        }));
    recurring.add(Tasks.recurring("purge", FixedDelay.of(Duration.ofHours(6)))
        .execute((instance, context) -> inbox.purge()));
    var builder = Scheduler.create(storage.source(), job)
        .startTasks(recurring)
        .threads(WORKERS)
        .pollingInterval(Duration.ofSeconds(1))
        .heartbeatInterval(Duration.ofSeconds(5))
        .missedHeartbeatsLimit(4)
        .shutdownMaxWait(Duration.ofSeconds(20))
        .enableImmediateExecution();
    if (storage.isSqlite()) {
      builder.jdbcCustomization(new SqliteTasks());
    }
    this.scheduler = builder.build();
  }

  void start() {
    scheduler.start();
  }

  /** Makes sure that there is a job for a target; one that waits or runs will see everything that is queued. */
  void schedule(String target) {
    scheduler.scheduleIfNotExists(JOB.instance(target).scheduledTo(Instant.now()));
  }

  private static CompletionHandler<Void> again() {
    return (complete, operations) -> operations.reschedule(complete, Instant.now());
  }

  /** Waits as long as the forge wants, else longer each time; the worker gives up in the end. */
  private void retry(ExecutionComplete complete, ExecutionOperations<Void> operations) {
    int failures = complete.getExecution().consecutiveFailures + 1;
    Duration wait = Duration.ofSeconds(2L << Math.min(failures, 9));
    Instant at = Instant.now().plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    Throwable cause = complete.getCause().orElse(null);
    if (cause instanceof ForgeException forge) {
      at = forge.retryAt().orElse(at);
      LOG.info(
          "{} waits until {}: {}",
          complete.getExecution().taskInstance.getId(),
          at,
          forge.getMessage());
    } else {
      LOG.error(
          "{} failed; it is tried again at {}",
          complete.getExecution().taskInstance.getId(),
          at,
          cause);
    }
    operations.reschedule(complete, at);
  }

  @Override
  public void close() {
    scheduler.stop();
  }
}
