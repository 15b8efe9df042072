package dev.plimsoll.catalog.file;

import dev.plimsoll.catalog.Catalog;
import dev.plimsoll.catalog.CatalogProblem;
import dev.plimsoll.catalog.CatalogReading;
import dev.plimsoll.catalog.ServerFacts;
import dev.plimsoll.catalog.TableFacts;
import dev.plimsoll.catalog.Volatility;
import dev.plimsoll.sql.Engine;
import dev.plimsoll.sql.RelationName;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the whole document, and judges what no part of it can see: duplicates, partitions without a parent, totals. */
final class CatalogReader {

  /** The versions that impacts are proved on. */
  private static final int OLDEST_POSTGRESQL = 12;

  private static final int NEWEST_POSTGRESQL = 18;

  private static final Words<Volatility> VOLATILITIES = new Words<>(Volatility.class);

  private final JsonCursor json;
  private final CatalogLimits limits;
  private Optional<Engine> engine = Optional.empty();
  private boolean hasFormat;
  private Optional<Instant> takenAt = Optional.empty();
  private Optional<ServerFacts> server = Optional.empty();
  private Optional<ServerReader> serverReader = Optional.empty();
  private boolean hasServer;
  private boolean hasTables;
  private final Map<RelationName, TableFacts> tables = new LinkedHashMap<>();
  private final Map<RelationName, Volatility> functions = new LinkedHashMap<>();
  private long totalRows;
  private long totalBytes;

  CatalogReader(JsonCursor json, CatalogLimits limits) {
    this.json = json;
    this.limits = limits;
  }

  CatalogReading read() throws IOException {
    if (json.next() == null) {
      return CatalogReading.Bad.of(CatalogProblem.ofFile(
          "the file is empty; `plimsoll catalog sql` prints the query that fills it"));
    }
    JsonCursor.Mark mark = json.mark();
    json.object("must be a JSON object with the key \"plimsoll_catalog\"", this::key);
    if (json.problems().isEmpty()) {
      lacks(mark);
    }
    if (json.problems().isEmpty() && json.next() != null) {
      json.problem("something follows the end of the catalog; a file holds one JSON object");
    }
    if (json.problems().isEmpty()) {
      cycles()
          .ifPresent(name -> json.problemAt(
              mark, "the table " + name + " is a partition of itself, over its parents"));
    }
    return json.problems().isEmpty() ? ok() : new CatalogReading.Bad(json.problems());
  }

  private CatalogReading ok() {
    Catalog catalog = new Catalog(
        takenAt.orElseThrow(),
        server.orElseThrow(),
        tables.values(),
        functions,
        serverReader.flatMap(ServerReader::statsSince));
    return new CatalogReading.Ok(catalog, warnings());
  }

  private boolean key(String key) throws IOException {
    switch (key) {
      case "plimsoll_catalog" -> format();
      case "taken_at" ->
        takenAt = ServerReader.instant(json, "must be the time at which the facts were taken");
      case "server" -> server();
      case "tables" -> {
        hasTables = true;
        TableReader reader = new TableReader(json, new TypeText(engine.orElse(Engine.POSTGRESQL)));
        json.array("must be an array of tables", () -> table(reader));
      }
      case "functions" -> json.array("must be an array of functions", this::function);
      // Everybody's own, never read here.
      case "extensions" -> json.skip();
      default -> {
        return false;
      }
    }
    return true;
  }

  private void format() throws IOException {
    hasFormat = true;
    OptionalLong version = json.whole("must be the format's number, 1");
    if (version.isPresent() && version.getAsLong() != CatalogFile.FORMAT) {
      json.problem(
          "this is format " + version.getAsLong() + " and only format " + CatalogFile.FORMAT
              + " can be read; take the catalog with the query that `plimsoll catalog sql` of this version prints");
    }
  }

  private void server() throws IOException {
    JsonCursor.Mark mark = json.mark();
    hasServer = true;
    ServerReader reader = new ServerReader(json);
    server = reader.read();
    engine = server.map(ServerFacts::engine);
    if (hasTables && engine.filter(e -> e != Engine.POSTGRESQL).isPresent()) {
      json.problemAt(
          mark,
          "\"server\" must stand before \"tables\": how a type is read depends on the engine");
    }
    serverReader = Optional.of(reader);
  }

  private void table(TableReader reader) throws IOException {
    JsonCursor.Mark mark = json.mark();
    if (tables.size() >= limits.tables()) {
      json.problemAt(
          mark,
          "there are more than " + limits.tables()
              + " tables; leave out schemas that no migration touches");
      json.skip();
      return;
    }
    Optional<TableFacts> read = reader.read();
    if (read.isEmpty()) {
      return;
    }
    TableFacts facts = read.get();
    if (tables.putIfAbsent(facts.name().in(Catalog.DEFAULT_SCHEMA), facts) != null) {
      json.problemAt(
          mark,
          "the table " + JsonCursor.shortened(facts.name().toString())
              + " stands in the file twice; remove one");
    }
    total(facts, mark);
  }

  /** A review adds sizes up: their sum must be a number, too. */
  private void total(TableFacts facts, JsonCursor.Mark mark) {
    try {
      totalRows = Math.addExact(totalRows, facts.rows().map(r -> r.value()).orElse(0L));
      totalBytes = Math.addExact(totalBytes, facts.heap().map(b -> b.value()).orElse(0L));
      totalBytes = Math.addExact(totalBytes, facts.toast().map(b -> b.value()).orElse(0L));
      for (var index : facts.indexBytes().values()) {
        totalBytes = Math.addExact(totalBytes, index.value());
      }
    } catch (ArithmeticException e) {
      json.problemAt(
          mark, "the sizes up to this table add up to more than any disk holds; correct them");
    }
  }

  private void function() throws IOException {
    JsonCursor.Mark mark = json.mark();
    FunctionKeys keys = new FunctionKeys();
    int before = json.problems().size();
    if (!json.object("must be an object that describes a function", keys::read)
        || json.problems().size() > before) {
      return;
    }
    if (keys.name.isEmpty() || keys.volatility.isEmpty()) {
      json.problemAt(
          mark, "this function lacks " + (keys.name.isEmpty() ? "\"name\"" : "\"volatility\""));
      return;
    }
    RelationName name = new RelationName(keys.schema, keys.name.get());
    functions.merge(name, keys.volatility.get(), (a, b) -> a.compareTo(b) > 0 ? a : b);
  }

  private final class FunctionKeys {
    private Optional<String> schema = Optional.empty();
    private Optional<String> name = Optional.empty();
    private Optional<Volatility> volatility = Optional.empty();

    boolean read(String key) throws IOException {
      switch (key) {
        case "schema" -> schema = json.name("must be the schema's name");
        case "name" -> name = json.name("must be the function's name");
        case "volatility" -> volatility = VOLATILITIES.read(json);
        default -> {
          return false;
        }
      }
      return true;
    }
  }

  private void lacks(JsonCursor.Mark mark) {
    if (!hasFormat) {
      json.problemAt(
          mark,
          "this is no size catalog: the key \"plimsoll_catalog\": " + CatalogFile.FORMAT
              + " is missing");
    } else if (takenAt.isEmpty()) {
      json.problemAt(
          mark, "the catalog lacks \"taken_at\", the time at which its facts were taken");
    } else if (!hasServer) {
      json.problemAt(mark, "the catalog lacks \"server\"");
    } else if (!hasTables) {
      json.problemAt(
          mark, "the catalog lacks \"tables\"; give an empty array when the database has none");
    }
  }

  /** A table that is among its own parents. */
  private Optional<RelationName> cycles() {
    for (TableFacts table : tables.values()) {
      RelationName at = table.name().in(Catalog.DEFAULT_SCHEMA);
      RelationName start = at;
      for (int steps = 0; steps <= limits.depth(); steps++) {
        Optional<RelationName> parent = Optional.ofNullable(tables.get(at))
            .flatMap(t -> t.table().partitionOf())
            .map(p -> p.in(Catalog.DEFAULT_SCHEMA));
        if (parent.isEmpty()) {
          break;
        }
        at = parent.get();
        if (at.equals(start) || steps == limits.depth()) {
          return Optional.of(start);
        }
      }
    }
    return Optional.empty();
  }

  private List<String> warnings() {
    List<String> warnings = new ArrayList<>(json.unknownKeys());
    ServerFacts facts = server.orElseThrow();
    if (facts.engine() == Engine.POSTGRESQL
        && (facts.majorVersion() < OLDEST_POSTGRESQL || facts.majorVersion() > NEWEST_POSTGRESQL)) {
      warnings.add("PostgreSQL " + facts.majorVersion() + " is outside of what is modelled, "
          + OLDEST_POSTGRESQL + " to " + NEWEST_POSTGRESQL);
    }
    if (serverReader.filter(ServerReader::isStandby).isPresent()) {
      warnings.add(
          "the catalog was taken on a standby: it cannot say how busy the tables are; take it on the primary");
    }
    List<RelationName> orphans = tables.values().stream()
        .filter(t -> t.table()
            .partitionOf()
            .filter(p -> !tables.containsKey(p.in(Catalog.DEFAULT_SCHEMA)))
            .isPresent())
        .map(TableFacts::name)
        .toList();
    if (!orphans.isEmpty()) {
      warnings.add(orphans.size() + " partitions have a parent that is not in the catalog, such as "
          + JsonCursor.shortened(orphans.getFirst().toString()));
    }
    return warnings;
  }
}
