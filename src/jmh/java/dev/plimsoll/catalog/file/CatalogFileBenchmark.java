package dev.plimsoll.catalog.file;

import dev.plimsoll.catalog.Catalog;
import dev.plimsoll.catalog.CatalogReading;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Reading a catalog file of 100,000 tables, each with 12 columns, 3 indexes and 5 constraints, in a JVM that has 500 MB: cold, as the command line
 * does it. Run by {@code mvn -Pbench verify -Dbench=CatalogFileBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 5, jvmArgsAppend = "-Xmx500m")
@Measurement(iterations = 1)
public class CatalogFileBenchmark {

  @Param("100000")
  private int tables;

  private Path file;

  @Setup(Level.Trial)
  public void generate() throws IOException {
    file = Files.createTempFile("catalog", ".json");
    write(file, tables);
    System.out.println("# " + Files.size(file) / 1_000_000 + " MB of JSON");
  }

  @TearDown(Level.Trial)
  public void delete() throws IOException {
    Files.delete(file);
  }

  @Benchmark
  public Catalog read() {
    return switch (CatalogFile.read(file)) {
      case CatalogReading.Ok ok -> ok.catalog();
      case CatalogReading.Bad bad ->
        throw new IllegalStateException(bad.problems().toString());
    };
  }

  private static void write(Path file, int tables) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("""
          {"plimsoll_catalog": 1, "taken_at": "2026-01-31T02:00:00Z",
          "server": {"engine": "postgresql", "version": "17.2", "major_version": 17, "settings": {}},
          "tables": [
          """);
      for (int i = 0; i < tables; i++) {
        out.write((i == 0 ? "" : ",\n") + table(i));
      }
      out.write("\n]}");
    }
  }

  private static String table(int i) {
    String name = "customer_order_" + i;
    return """
        {"schema":"tenant_%2$d","name":"%1$s","kind":"table","rows":%3$d,"heap_bytes":%4$d,"toast_bytes":8192,\
        "reads_per_second":%5$s,"writes_per_second":%5$s,"columns":[\
        {"name":"id","type":"bigint","nullable":false,"default":"nextval('tenant_%2$d.%1$s_id_seq'::regclass)","null_fraction":0},\
        {"name":"customer_id","type":"bigint","nullable":false,"null_fraction":0},\
        {"name":"status","type":"character varying(50)","nullable":true,"default":"'new'::character varying","null_fraction":0.%3$d},\
        {"name":"total","type":"numeric(10,2)","nullable":true,"null_fraction":0.25},\
        {"name":"currency","type":"character(3)","nullable":true,"null_fraction":0.25},\
        {"name":"mood","type":"public.mood","nullable":true,"null_fraction":0.25},\
        {"name":"note","type":"text","nullable":true,"null_fraction":0.9%3$d},\
        {"name":"tags","type":"text[]","nullable":true,"null_fraction":0.5},\
        {"name":"payload","type":"jsonb","nullable":true,"null_fraction":0.1},\
        {"name":"extra_%6$d","type":"integer","nullable":true,"null_fraction":0.1},\
        {"name":"created_at","type":"timestamp with time zone","nullable":false,"default":"now()","null_fraction":0},\
        {"name":"updated_at","type":"timestamp with time zone","nullable":false,"default":"now()","null_fraction":0}],\
        "indexes":[\
        {"name":"%1$s_pkey","keys":["id"],"unique":true,"primary":true,"valid":true,"method":"btree","bytes":%4$d},\
        {"name":"%1$s_customer_id_idx","keys":["customer_id","created_at"],"unique":false,"primary":false,"valid":true,"method":"btree","bytes":%4$d},\
        {"name":"%1$s_lower_idx","keys":["lower((status)::text)"],"unique":false,"primary":false,"valid":true,"predicate":"(total > (0)::numeric)","method":"btree","bytes":%4$d}],\
        "constraints":[\
        {"name":"%1$s_pkey","type":"primary_key","columns":["id"],"validated":true},\
        {"name":"%1$s_customer_id_fkey","type":"foreign_key","columns":["customer_id"],"references":{"schema":"tenant_%2$d","name":"customer","columns":["id"]},"on_delete":"cascade","on_update":"no_action","validated":true},\
        {"name":"%1$s_total_check","type":"check","columns":["total"],"expression":"((total IS NOT NULL) AND (total >= (0)::numeric))","validated":true},\
        {"name":"%1$s_id_not_null","type":"not_null","columns":["id"],"validated":true},\
        {"name":"%1$s_customer_id_not_null","type":"not_null","columns":["customer_id"],"validated":true}]}""".formatted(name, i % 100, i * 7L, i * 8192L, i / 1000.0, i % 50);
  }
}
