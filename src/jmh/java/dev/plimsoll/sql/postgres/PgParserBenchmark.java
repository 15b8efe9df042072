package dev.plimsoll.sql.postgres;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Statements read per second by one thread, warm: {@code mvn -Pbench integration-test -Dbench=PgParserBenchmark}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class PgParserBenchmark {
  private static final int STATEMENTS = 10;
  private static final String MIGRATION = """
      CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers (id), total numeric(12, 2) NOT NULL DEFAULT 0, created_at timestamptz NOT NULL DEFAULT now());
      ALTER TABLE orders ADD COLUMN status text NOT NULL DEFAULT 'pending';
      ALTER TABLE orders ADD CONSTRAINT total_not_negative CHECK (total >= 0) NOT VALID;
      ALTER TABLE orders VALIDATE CONSTRAINT total_not_negative;
      CREATE INDEX CONCURRENTLY orders_customer_id_idx ON orders (customer_id) WHERE status <> 'done';
      UPDATE orders SET status = 'done' WHERE created_at < now() - interval '1 year';
      CREATE VIEW open_orders AS SELECT o.id, c.name, sum(o.total) FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.status = 'pending' GROUP BY 1, 2;
      COMMENT ON COLUMN orders.status IS 'pending, paid, done';
      DROP INDEX CONCURRENTLY IF EXISTS orders_old_idx;
      GRANT SELECT, INSERT, UPDATE ON orders TO app;
      """;

  private final PgParser parser = new PgParser();
  private final PgQueryInstance instance =
      new PgQueryInstance(PgParser.Limits.DEFAULT.memoryPages());
  private final byte[] migration = Utf8Text.of(MIGRATION).bytes();

  /** A migration as Plimsoll reads it: text in, tree out, through the pool of workers. */
  @Benchmark
  @OperationsPerInvocation(STATEMENTS)
  public ParseOutcome parse() {
    return parser.parse(MIGRATION);
  }

  /** The parser alone, without its worker's thread and without reading its JSON. */
  @Benchmark
  @OperationsPerInvocation(STATEMENTS)
  public Object parserAlone() {
    return instance.parse(migration);
  }

  @Benchmark
  @OperationsPerInvocation(STATEMENTS)
  public ScanOutcome scan() {
    return parser.scan(MIGRATION);
  }
}
