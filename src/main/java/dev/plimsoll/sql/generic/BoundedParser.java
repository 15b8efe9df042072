package dev.plimsoll.sql.generic;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.parser.StringProvider;
import net.sf.jsqlparser.statement.Statement;

/**
 * JSqlParser within bounds. It recurses as deep as its input is nested and tries alternatives one inside the other, so that
 * some thirty brackets can take minutes: it and what walks through its trees run on threads with a deep stack and a time
 * limit, and what is nested deeper or longer than any real statement is not given to it.
 */
final class BoundedParser {
  static final int MAXIMUM_CHARACTERS = 200_000;
  static final int MAXIMUM_DEPTH = 24;

  private static final long STACK_BYTES = 32L << 20;
  private static final Duration PARSE_TIME = Duration.ofSeconds(2);
  private static final Duration WHOLE_TIME = Duration.ofSeconds(4);

  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(BoundedParser::deepThread);

  private final Dialect dialect;

  BoundedParser(Dialect dialect) {
    this.dialect = dialect;
  }

  private static Thread deepThread(Runnable task) {
    Thread thread = new Thread(null, task, "sql-parser", STACK_BYTES);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * What {@code reading} makes of the statement; empty where JSqlParser does not accept it, or where it or the reading goes
   * beyond a bound. A tree may be too deep for the caller's stack, so that it must not leave the reading.
   */
  <T> Optional<T> parse(String sql, Function<Statement, Optional<T>> reading) {
    if (sql.length() > MAXIMUM_CHARACTERS || depth(sql) > MAXIMUM_DEPTH) {
      return Optional.empty();
    }
    Future<Optional<T>> result = THREADS.submit(() -> tree(sql).flatMap(reading));
    try {
      return result.get(WHOLE_TIME.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException beyondABound) {
      result.cancel(true);
      return Optional.empty();
    } catch (InterruptedException stopping) {
      result.cancel(true);
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private Optional<Statement> tree(String sql) {
    CCJSqlParser parser = new CCJSqlParser(new StringProvider(sql))
        .withSquareBracketQuotation(dialect.bracketNames())
        .withBackslashEscapeCharacter(dialect.backslashEscapes())
        .withAllowComplexParsing(true)
        .withTimeOut(PARSE_TIME.toMillis());
    try {
      return Optional.ofNullable(CCJSqlParserUtil.parseStatement(parser, THREADS));
    } catch (JSQLParserException refused) {
      return Optional.empty();
    }
  }

  private static int depth(String sql) {
    int depth = 0;
    int deepest = 0;
    for (int i = 0; i < sql.length(); i++) {
      char c = sql.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      deepest = Math.max(deepest, depth);
    }
    return deepest;
  }
}
