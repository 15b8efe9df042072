package dev.plimsoll.rules;

import static dev.plimsoll.testing.Facts.columns;
import static dev.plimsoll.testing.Facts.idle;
import static dev.plimsoll.testing.Facts.nulls;
import static dev.plimsoll.testing.Facts.readsPerSecond;
import static dev.plimsoll.testing.Facts.rows;
import static dev.plimsoll.testing.Facts.size;
import static dev.plimsoll.testing.Facts.writesPerSecond;

import dev.plimsoll.testing.CatalogFixture;

/** The shop that the rules' tests and pages are about; docs/rules/README.md describes it to readers. */
final class Shop {

  private Shop() {}

  static CatalogFixture shop() {
    return CatalogFixture.catalog()
        .table(
            "customers",
            rows(2_000_000),
            size("900 MB"),
            readsPerSecond(900),
            writesPerSecond(25),
            columns("id bigint PRIMARY KEY", "email text NOT NULL", "name text", "referrer text"))
        .table(
            "orders",
            rows(200_000_000),
            size("84 GB"),
            readsPerSecond(3_400),
            writesPerSecond(1_200),
            columns(
                "id bigint PRIMARY KEY",
                "customer_id bigint NOT NULL",
                "number varchar(20) NOT NULL",
                "total integer NOT NULL DEFAULT 0",
                "note text",
                "placed_at timestamptz NOT NULL DEFAULT now()"),
            nulls("note", 0.4))
        .table(
            "countries",
            rows(249),
            size("48 kB"),
            idle(),
            columns("code text PRIMARY KEY", "name text"),
            nulls("name", 0))
        .table(
            "archived_orders",
            rows(30_000_000),
            size("12 GB"),
            idle(),
            columns("id bigint PRIMARY KEY", "number varchar(20)", "total integer"))
        .table(
            "events",
            rows(80_000_000),
            size("9 GB"),
            writesPerSecond(300),
            columns("shop integer", "n bigint NOT NULL", "at timestamptz"))
        .sql("CREATE TABLE visits (id bigint, at date) PARTITION BY RANGE (at)")
        .sql(
            "CREATE TABLE visits_1 PARTITION OF visits FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')")
        .sql(
            "CREATE TABLE visits_2 PARTITION OF visits FOR VALUES FROM ('2026-02-01') TO ('2026-03-01')")
        .table("visits_1", rows(40_000_000), size("3 GB"), writesPerSecond(0))
        .table("visits_2", rows(12_000_000), size("1 GB"), writesPerSecond(90))
        .sql("CREATE INDEX orders_placed_at_idx ON orders (placed_at)");
  }
}
