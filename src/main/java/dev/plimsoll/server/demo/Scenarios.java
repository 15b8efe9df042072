package dev.plimsoll.server.demo;

import static dev.plimsoll.server.demo.Scenario.migrations;

import dev.plimsoll.server.demo.Scenario.Remark;
import java.util.List;
import java.util.Map;

/** The five pull requests. */
final class Scenarios {

  private static final Remark HELP = new Remark(Shop.ANA.login(), "/plimsoll help");
  private static final Remark PLAN = new Remark(Shop.ANA.login(), "/plimsoll plan");
  private static final Remark STATUS = new Remark(Shop.KIM.login(), "/plimsoll status");

  private Scenarios() {}

  static List<Scenario> all() {
    return List.of(requiredColumn(), index(), foreignKey(), typeChange(), newTable());
  }

  private static Scenario requiredColumn() {
    String file = "20260112091500_add_order_status.sql";
    return new Scenario(
        "required-column",
        "Add a status to orders",
        "order-status",
        """
        Add a status to orders

        Co-authored-by: Copilot <copilot@github.com>
        """,
        "The story that Plimsoll was made for. This passed in development and in staging, where the table is empty. "
            + "In production it holds 200 million rows. Push the corrected migration: the finding is resolved, and one "
            + "question is left that no program can answer.",
        migrations("required-column/opened", file),
        migrations("required-column/corrected", file),
        List.of(
            PLAN,
            new Remark(
                Shop.ANA.login(),
                "/plimsoll answer defaults Every order that exists was shipped; those of today are set by the nightly job, see SHOP-812"),
            new Remark(
                Shop.KIM.login(), "/plimsoll override required-column-without-default trust me"),
            STATUS,
            HELP));
  }

  private static Scenario index() {
    String file = "20260113080200_index_orders_by_customer.sql";
    return new Scenario(
        "index",
        "Find a customer's orders faster",
        "index-orders-by-customer",
        "Index orders by customer",
        "A plain CREATE INDEX keeps every write to the busiest table waiting until it is built. One word changes that, and "
            + "it must stand outside of a transaction.",
        migrations("index/opened", file),
        migrations("index/corrected", file),
        List.of(
            new Remark(Shop.ANA.login(), "/plimsoll explain index-blocks-writes"),
            new Remark(
                Shop.OMAR.login(),
                "/plimsoll answer snapshot Built on Monday's copy of production in 11 minutes, see DBA-77"),
            new Remark(
                Shop.OMAR.login(),
                "/plimsoll override index-blocks-writes The shop is closed on Sunday from 02:00 to 03:00 UTC"),
            new Remark(
                Shop.OMAR.login(),
                "/plimsoll answer window Sunday 02:00 UTC, with the shop closed"),
            new Remark(Shop.OMAR.login(), "/plimsoll revoke 1")));
  }

  private static Scenario foreignKey() {
    String file = "20260113141000_payments_belong_to_orders.sql";
    return new Scenario(
        "foreign-key",
        "Payments belong to orders",
        "payments-foreign-key",
        "Let payments refer to orders",
        "Checking 187 million keys at once keeps writes to both tables waiting. In two steps, NOT VALID and VALIDATE, nobody waits; "
            + "whether the data keeps to it is still somebody's to find out.",
        migrations("foreign-key/opened", file),
        migrations(
            "foreign-key/corrected", file, "20260113141001_check_payments_belong_to_orders.sql"),
        List.of(
            PLAN,
            new Remark(
                Shop.OMAR.login(),
                "/plimsoll answer snapshot Validated on Monday's copy of production: 3 minutes, no orphans"),
            STATUS));
  }

  private static Scenario typeChange() {
    String file = "20260114103000_order_totals_as_bigint.sql";
    return new Scenario(
        "type-change",
        "Order totals above 21 million",
        "order-totals-bigint",
        "Make order totals bigint",
        "From integer to bigint every row is written anew: 84 GB, with reads and writes waiting. The safe way takes several "
            + "deployments; the corrected migration is the first of them.",
        migrations("type-change/opened", file),
        migrations("type-change/corrected", file),
        List.of(
            PLAN,
            new Remark(
                Shop.ANA.login(),
                "/plimsoll answer defaults The backfill job fills them within a day, in batches of 10,000"),
            new Remark(
                Shop.OMAR.login(),
                "/plimsoll answer rollback The down drops trigger, function and column; tried on staging"),
            STATUS));
  }

  private static Scenario newTable() {
    return new Scenario(
        "new-table",
        "Gift cards",
        "gift-cards",
        "Add gift cards",
        "A new table has no rows to lock and nobody who waits for it. Plimsoll says so in one line and stays out of the way.",
        migrations("new-table/opened", "20260115090000_gift_cards.sql"),
        Map.of(),
        List.of(STATUS, HELP));
  }
}
