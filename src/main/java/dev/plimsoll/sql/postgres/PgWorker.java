package dev.plimsoll.sql.postgres;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A thread with a deep stack and its own instance of the parser. The parser recurses as deep as its input is nested, and
 * neither a virtual thread nor a usual thread has the stack for that.
 */
final class PgWorker {
  private static final long STACK_BYTES = 64L << 20;

  /** An instance that a large input has made grow beyond this (256 MB) is given back to the garbage collector. */
  private static final int PAGES_KEPT = 4096;

  private final ExecutorService thread = Executors.newSingleThreadExecutor(PgWorker::deepThread);
  private final int maximumPages;

  /** Confined to the thread. Empty before the first use and after a failure. */
  private Optional<PgQueryInstance> instance = Optional.empty();

  PgWorker(int maximumPages) {
    this.maximumPages = maximumPages;
  }

  private static Thread deepThread(Runnable task) {
    Thread thread = new Thread(null, task, "postgres-parser", STACK_BYTES);
    thread.setDaemon(true);
    return thread;
  }

  /** What to do with an instance. Whatever it throws, the instance is not used again. */
  interface Work<T> {
    T with(PgQueryInstance instance) throws RefusedInput;
  }

  /** Runs the work on this worker's thread. When it is not done by the deadline, this worker should be closed. */
  <T> T run(Work<T> work, Duration deadline) throws RefusedInput, TimeoutException {
    Future<T> result = thread.submit(() -> attempt(work));
    try {
      return result.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      result.cancel(true);
      Thread.currentThread().interrupt();
      throw new RefusedInput(PgParser.STOPPING);
    } catch (ExecutionException e) {
      throw refusalFor(e.getCause());
    }
  }

  private <T> T attempt(Work<T> work) throws RefusedInput {
    PgQueryInstance used = instance.orElseGet(() -> new PgQueryInstance(maximumPages));
    instance = Optional.empty();
    try {
      T result = work.with(used);
      if (used.pages() <= PAGES_KEPT) {
        instance = Optional.of(used);
      }
      return result;
    } catch (ParserCrash crash) {
      if (used.pages() > maximumPages / 2) {
        throw new RefusedInput(PgParser.TOO_LARGE);
      }
      throw crash;
    }
  }

  private static RefusedInput refusalFor(Throwable failure) {
    if (failure instanceof RefusedInput refused) {
      return refused;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StackOverflowError) {
        return new RefusedInput(PgParser.TOO_DEEP);
      }
      if (cause instanceof OutOfMemoryError) {
        return new RefusedInput(PgParser.TOO_LARGE);
      }
    }
    return new RefusedInput("the PostgreSQL parser failed on it (" + failure.getMessage() + ")");
  }

  /** Interrupts the work, which the parser notices at its next loop or call, and ends the thread. */
  void close() {
    thread.shutdownNow();
  }
}
