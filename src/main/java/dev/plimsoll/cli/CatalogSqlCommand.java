package dev.plimsoll.cli;

import dev.plimsoll.catalog.source.CatalogQuery;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plimsoll catalog sql}: prints the query, to be read by a DBA and run with psql. */
@Command(
    name = "sql",
    description =
        "Prints the read-only query that takes a catalog from PostgreSQL 12 to 18 with psql.",
    exitCodeOnExecutionException = 2,
    footer = {
      "",
      "Example:",
      "  plimsoll catalog sql | psql -XAt \"$$DATABASE_URL\" > plimsoll-catalog.json",
      "",
      "A login with membership in pg_monitor is enough. It reads no row of any table."
    })
final class CatalogSqlCommand implements Callable<Integer> {

  private static final String HEADER = """
      -- How to use it, with a login that is a member of pg_monitor:
      --
      --   plimsoll catalog sql | psql -XAt "$DATABASE_URL" > plimsoll-catalog.json
      --
      -- On a busy server, give up rather than wait, and name every schema:
      --
      --   export PGCLIENTENCODING=UTF8
      --   export PGOPTIONS='-c statement_timeout=300s -c lock_timeout=10s -c search_path=pg_catalog -c default_transaction_read_only=on'
      --
      -- What is set this way is left out of the catalog's settings, for it is not what the server has for others.
      --
      """;

  @Spec
  private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(HEADER);
    out.print(CatalogQuery.sql());
    out.flush();
    return 0;
  }
}
