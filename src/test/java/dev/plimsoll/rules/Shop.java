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
        .table("countries", rows(249), size("48 kB"), idle(), columns("code text PRIMARY KEY", "name text"), nulls("name", 0))
        .table(
            "archived_orders",
            rows(30_000_000),
            size("12 GB"),
            idle(),
            columns("id bigint PRIMARY KEY", "number varchar(20)", "total integer"))
        .sql("CREATE INDEX orders_placed_at_idx ON orders (placed_at)");
  }
}
