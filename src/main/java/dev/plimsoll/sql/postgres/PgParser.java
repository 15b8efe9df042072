package dev.plimsoll.sql.postgres;

import dev.plimsoll.sql.postgres.ParseOutcome.Refused;
import dev.plimsoll.sql.postgres.ParseOutcome.SyntaxError;
import dev.plimsoll.sql.postgres.ParseOutcome.Tree;
import dev.plimsoll.sql.postgres.PgQueryInstance.Reply;
import dev.plimsoll.sql.postgres.ScanOutcome.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeoutException;

/**
 * PostgreSQL 18's own parser. It reads what the server reads and refuses what the server refuses, and withstands hostile
 * input: whatever the text, the answer is a {@link ParseOutcome} within a bounded time. Safe for use by many threads; as
 * many as there are workers parse at once, the others wait.
 */
public final class PgParser {
  static final String TOO_DEEP = "it is nested too deeply";
  static final String TOO_LARGE = "it is too large to be parsed in the memory that there is";
  static final String STOPPING = "the program is stopping";

  /** How PostgreSQL's errors begin that are about its own limits and not about the text. */
  private static final List<String> ABOUT_MEMORY = List.of(
      "out of memory",
      "invalid memory alloc request size",
      "string buffer exceeds maximum allowed length");

  private static final List<String> ABOUT_DEPTH =
      List.of("memory exhausted at or near", "stack depth limit exceeded");

  private final Limits limits;
  private final LinkedBlockingDeque<PgWorker> idle = new LinkedBlockingDeque<>();

  /**
   * What a text may cost.
   *
   * @param inputBytes size of the text in UTF-8
   * @param deadline time for one text, not counting the wait for a worker
   * @param memoryPages memory of one worker, in pages of 64 KiB, at most 32,767
   * @param workers texts parsed at once
   */
  public record Limits(int inputBytes, Duration deadline, int memoryPages, int workers) {
    public static final Limits DEFAULT = new Limits(
        32 << 20,
        Duration.ofSeconds(20),
        16_384,
        Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4));
  }

  public PgParser() {
    this(Limits.DEFAULT);
  }

  public PgParser(Limits limits) {
    this.limits = limits;
    for (int i = 0; i < limits.workers(); i++) {
      idle.add(new PgWorker(limits.memoryPages()));
    }
  }

  /** The parse tree of all statements in the text; see {@link Tree} for what it looks like. */
  public ParseOutcome parse(String sql) {
    Utf8Text text = Utf8Text.of(sql);
    try {
      return run(text, instance -> switch (instance.parse(text.bytes())) {
        case Reply.Json json -> new Tree(AstReader.read(json.utf8()), text);
        case Reply.Error error -> new SyntaxError(message(error), offset(error, text));
      });
    } catch (RefusedInput refused) {
      return new Refused(refused.getMessage());
    }
  }

  /** The tokens of the text, also of one that does not parse. */
  public ScanOutcome scan(String sql) {
    Utf8Text text = Utf8Text.of(sql);
    if (text.bytes().length == 0) {
      return new Tokens(List.of());
    }
    try {
      return run(text, instance -> switch (instance.scan(text.bytes())) {
        case Reply.Json json -> new Tokens(TokenReader.read(json.utf8(), text));
        case Reply.Error error -> new SyntaxError(message(error), offset(error, text));
      });
    } catch (RefusedInput refused) {
      return new Refused(refused.getMessage());
    }
  }

  private <T> T run(Utf8Text text, PgWorker.Work<T> work) throws RefusedInput {
    refuseUnreadable(text);
    PgWorker worker = takeWorker();
    try {
      T result = worker.run(work, limits.deadline());
      idle.addFirst(worker);
      return result;
    } catch (TimeoutException tooSlow) {
      replace(worker);
      throw new RefusedInput(
          "parsing it takes longer than " + limits.deadline().toSeconds() + " s");
    } catch (RefusedInput refused) {
      idle.addFirst(worker);
      throw refused;
    }
  }

  private void refuseUnreadable(Utf8Text text) throws RefusedInput {
    if (text.bytes().length > limits.inputBytes()) {
      throw new RefusedInput("it is larger than " + limits.inputBytes() / (1 << 20) + " MiB");
    }
    int nul = text.string().indexOf('\0');
    if (nul >= 0) {
      throw new RefusedInput(
          "it has a NUL character (at offset " + nul + "), which PostgreSQL does not accept");
    }
  }

  private PgWorker takeWorker() throws RefusedInput {
    try {
      return idle.takeFirst();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedInput(STOPPING);
    }
  }

  private void replace(PgWorker worker) {
    worker.close();
    idle.addLast(new PgWorker(limits.memoryPages()));
  }

  private static String message(Reply.Error error) throws RefusedInput {
    if (ABOUT_DEPTH.stream().anyMatch(error.message()::startsWith)) {
      throw new RefusedInput(TOO_DEEP);
    }
    if (ABOUT_MEMORY.stream().anyMatch(error.message()::startsWith)) {
      throw new RefusedInput(TOO_LARGE);
    }
    return error.message();
  }

  private static int offset(Reply.Error error, Utf8Text text) {
    return error.cursor() == 0 ? 0 : text.offsetOfCodePoint(error.cursor() - 1);
  }
}
