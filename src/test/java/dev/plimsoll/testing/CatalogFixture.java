package dev.plimsoll.testing;

import dev.plimsoll.catalog.Bytes;
import dev.plimsoll.catalog.Catalog;
import dev.plimsoll.catalog.ServerFacts;
import dev.plimsoll.catalog.TableFacts;
import dev.plimsoll.schema.Schema;
import dev.plimsoll.schema.SchemaChanges;
import dev.plimsoll.schema.Table;
import dev.plimsoll.schema.TableKind;
import dev.plimsoll.sql.Engine;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.SourceText;
import dev.plimsoll.sql.SqlStatement;
import dev.plimsoll.sql.Statement.Opaque;
import dev.plimsoll.sql.postgres.PostgresReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Production as a test describes it: tables with their sizes, and SQL for what else stands on them. */
public final class CatalogFixture {

  private static final PostgresReader READER = new PostgresReader();

  private final Map<RelationName, Facts.Gathered> tables = new LinkedHashMap<>();
  private final List<String> schema = new ArrayList<>();
  private final Map<String, String> settings =
      new HashMap<>(Map.of("TimeZone", "UTC", "lock_timeout", "5s"));
  private int version = 17;

  private CatalogFixture() {}

  /** An empty database on PostgreSQL 17, whose lock_timeout is 5 s so that only tests about the wait for locks have to speak of it. */
  public static CatalogFixture catalog() {
    return new CatalogFixture();
  }

  public CatalogFixture table(String name, Facts... facts) {
    int dot = name.indexOf('.');
    RelationName full = dot < 0
        ? RelationName.of(Schema.DEFAULT_SCHEMA, name)
        : RelationName.of(name.substring(0, dot), name.substring(dot + 1));
    Facts.Gathered gathered = tables.computeIfAbsent(full, n -> new Facts.Gathered());
    for (Facts fact : facts) {
      fact.addTo(gathered);
    }
    return this;
  }

  /** Statements that have been run in production: indexes, constraints, tables. */
  public CatalogFixture sql(String statements) {
    schema.add(statements);
    return this;
  }

  public CatalogFixture setting(String name, String value) {
    settings.put(name, value);
    return this;
  }

  public CatalogFixture version(int majorVersion) {
    version = majorVersion;
    return this;
  }

  int majorVersion() {
    return version;
  }

  /** What makes an empty database look like this one. */
  public String script() {
    StringBuilder script = new StringBuilder();
    tables.forEach((name, facts) -> {
      if (!facts.columns.isEmpty()) {
        script
            .append("CREATE TABLE ")
            .append(name.sql())
            .append(" (")
            .append(String.join(", ", facts.columns))
            .append(");\n");
      }
    });
    schema.forEach(sql -> script.append(sql).append(";\n"));
    return script.toString();
  }

  public Catalog build() {
    Schema built = Schema.empty();
    for (SqlStatement sql : READER.read(new SourceText("catalog.sql", script())).statements()) {
      if (sql.statement() instanceof Opaque opaque) {
        throw new IllegalArgumentException(sql.text() + ": " + opaque.reason());
      }
      built = SchemaChanges.apply(built, sql.statement());
    }
    Map<RelationName, TableFacts> facts = new LinkedHashMap<>();
    built
        .changedTables()
        .forEach((name, table) -> facts.put(name, facts(table, new Facts.Gathered())));
    for (Map.Entry<RelationName, Facts.Gathered> entry : tables.entrySet()) {
      Table table = built
          .table(entry.getKey())
          .orElseGet(() -> new Table(
              entry.getKey(), TableKind.TABLE, List.of(), List.of(), List.of(), Optional.empty()));
      facts.put(entry.getKey(), facts(table, entry.getValue()));
    }
    ServerFacts server =
        new ServerFacts(Engine.POSTGRESQL, version, version + ".1", Optional.of("shop"), settings);
    return new Catalog(Instant.parse("2026-01-01T00:00:00Z"), server, facts.values());
  }

  private static TableFacts facts(Table table, Facts.Gathered gathered) {
    return new TableFacts(
        table,
        gathered.rows,
        gathered.heap,
        gathered.heap.map(h -> Bytes.ZERO),
        Map.of(),
        gathered.nulls,
        gathered.traffic());
  }
}
