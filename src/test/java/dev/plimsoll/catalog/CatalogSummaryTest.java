package dev.plimsoll.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.catalog.file.CatalogFile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CatalogSummaryTest {

  private static final Instant TAKEN = Instant.parse("2026-01-31T02:00:00Z");

  @Test
  void showsWhatAPersonWantsToKnowBeforeRelyingOnIt() {
    String text = summary("""
        {"name": "orders", "rows": 200000000, "heap_bytes": 90194313216, "toast_bytes": 8192,
         "reads_per_second": 3500.5, "writes_per_second": 1200,
         "indexes": [{"name": "orders_pkey", "keys": ["id"], "bytes": 4294967296}, {"name": "orders_new", "keys": ["a"], "valid": false}],
         "constraints": [{"name": "orders_a_check", "type": "check", "expression": "(a > 0)", "validated": false}]},
        {"schema": "audit", "name": "events", "kind": "partitioned"},
        {"schema": "audit", "name": "events_1", "partition_of": {"schema": "audit", "name": "events"}, "rows": 10, "heap_bytes": 8192,
         "reads_per_second": 0, "writes_per_second": 0.01},
        {"schema": "audit", "name": "events_2", "partition_of": {"schema": "audit", "name": "events"}, "rows": 20, "heap_bytes": 8192,
         "reads_per_second": 1.5, "writes_per_second": 0.01},
        {"name": "imports", "heap_bytes": 1073741824},
        {"name": "guesses"},
        {"name": "totals", "kind": "view"}
        """).text();

    assertThat(text).isEqualTo("""
        taken     2026-01-31 02:00 UTC, 2 days ago
        server    PostgreSQL 17.2, database shop, time zone Europe/Berlin
        counters  since 2026-01-01 00:00 UTC, over 30 days
        relations 3 tables, 1 partitioned table, 2 partitions, 1 view

        biggest tables                      rows   heap    TOAST  indexes  reads/s  writes/s
        orders                       200 million  84 GB     8 kB     4 GB    3,501     1,200
        imports                          unknown   1 GB  unknown      0 B  unknown   unknown
        audit.events (2 partitions)           30  16 kB  unknown      0 B      1.5     < 0.1

        tables with an unknown number of rows (ANALYZE them and take the catalog again): 2
          imports (1 GB)
          guesses (size unknown as well)

        invalid indexes (left behind by a failed CREATE INDEX CONCURRENTLY): 1
          orders_new on orders

        constraints that are not validated: 1
          orders_a_check on orders
        """);
  }

  @Test
  void saysThatItIsTooOld() {
    CatalogSummary summary = new CatalogSummary(
        catalog(""), TAKEN.plus(Duration.ofDays(8)), CatalogSummary.DEFAULT_MAX_AGE);

    assertThat(summary.isStale()).isTrue();
    assertThat(summary.text())
        .contains("2026-01-31 02:00 UTC, 8 days ago: STALE, older than 7 days; take it again");
  }

  @Test
  void isNotTooOldOnTheSeventhDay() {
    assertThat(new CatalogSummary(
                catalog(""), TAKEN.plus(Duration.ofDays(7)), CatalogSummary.DEFAULT_MAX_AGE)
            .isStale())
        .isFalse();
  }

  @Test
  void saysThatAClockIsWrong() {
    assertThat(new CatalogSummary(
                catalog(""), TAKEN.minus(Duration.ofDays(1)), CatalogSummary.DEFAULT_MAX_AGE)
            .text())
        .contains("in the future: the clock of one of the machines is wrong");
  }

  @Test
  void saysThatTheCountersAreTooYoung() {
    Catalog young = catalog("", "2026-01-31T01:55:00Z");

    assertThat(new CatalogSummary(young, TAKEN, CatalogSummary.DEFAULT_MAX_AGE).text())
        .contains("over 5 minutes: too short for the rates to mean much");
  }

  @Test
  void listsTheFirstOfManyAndCountsTheRest() {
    String tables = IntStream.range(0, 1_234)
        .mapToObj(i -> "{\"name\": \"t" + i + "\"}")
        .collect(Collectors.joining(","));

    assertThat(summary(tables).text())
        .contains(
            "take the catalog again): 1,234", "  t19 (size unknown as well)\n  and 1,214 more")
        .doesNotContain("  t20 ");
  }

  @Test
  void keepsANameFromTalkingToTheTerminal() {
    assertThat(summary("{\"name\": \"a\\u001b[31m\"}").text())
        .contains("  a?[31m (")
        .doesNotContain("\u001b");
  }

  private static CatalogSummary summary(String tables) {
    return new CatalogSummary(
        catalog(tables), TAKEN.plus(Duration.ofDays(2)), CatalogSummary.DEFAULT_MAX_AGE);
  }

  private static Catalog catalog(String tables) {
    return catalog(tables, "2026-01-01T00:00:00Z");
  }

  private static Catalog catalog(String tables, String since) {
    String json = """
        {"plimsoll_catalog": 1, "taken_at": "%s",
         "server": {"engine": "postgresql", "version": "17.2", "database": "shop", "time_zone": "Europe/Berlin", "stats_since": "%s"},
         "tables": [%s]}
        """.formatted(TAKEN, since, tables);
    return switch (CatalogFile.read(json.getBytes(StandardCharsets.UTF_8))) {
      case CatalogReading.Ok ok -> ok.catalog();
      case CatalogReading.Bad bad -> throw new AssertionError(bad.problems());
    };
  }
}
