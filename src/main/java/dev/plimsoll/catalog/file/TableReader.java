package dev.plimsoll.catalog.file;

import dev.plimsoll.catalog.Bytes;
import dev.plimsoll.catalog.RowCount;
import dev.plimsoll.catalog.TableFacts;
import dev.plimsoll.catalog.Traffic;
import dev.plimsoll.schema.Column;
import dev.plimsoll.schema.Constraint;
import dev.plimsoll.schema.Index;
import dev.plimsoll.schema.Table;
import dev.plimsoll.schema.TableKind;
import dev.plimsoll.sql.RelationName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** Reads one table with all that belongs to it. */
final class TableReader {

  private static final Words<TableKind> KINDS = new Words<>(TableKind.class);

  private final JsonCursor json;
  private final ColumnReader columnReader;
  private final IndexReader indexReader;
  private final ConstraintReader constraintReader;
  private final Set<String> taken = new HashSet<>();

  private Optional<String> schema;
  private Optional<String> name;
  private TableKind kind;
  private Optional<RelationName> partitionOf;
  private OptionalLong rows;
  private OptionalLong heap;
  private OptionalLong toast;
  private OptionalDouble reads;
  private OptionalDouble writes;
  private List<Column> columns;
  private List<Index> indexes;
  private List<Constraint> constraints;
  private Map<String, Bytes> indexBytes;
  private Map<String, Double> nullFractions;

  TableReader(JsonCursor json, TypeText types) {
    this.json = json;
    this.columnReader = new ColumnReader(json, types);
    this.indexReader = new IndexReader(json);
    this.constraintReader = new ConstraintReader(json);
  }

  /** Empty, with a problem, when it cannot be read. */
  Optional<TableFacts> read() throws IOException {
    schema = Optional.empty();
    name = Optional.empty();
    kind = TableKind.TABLE;
    partitionOf = Optional.empty();
    rows = OptionalLong.empty();
    heap = OptionalLong.empty();
    toast = OptionalLong.empty();
    reads = OptionalDouble.empty();
    writes = OptionalDouble.empty();
    columns = new ArrayList<>();
    indexes = new ArrayList<>(4);
    constraints = new ArrayList<>(4);
    indexBytes = new HashMap<>();
    nullFractions = new HashMap<>();
    int before = json.problems().size();
    JsonCursor.Mark mark = json.mark();
    if (!json.object("must be an object that describes a table", this::key)
        || json.problems().size() > before) {
      return Optional.empty();
    }
    if (name.isEmpty()) {
      json.problemAt(mark, "this table lacks \"name\"");
      return Optional.empty();
    }
    Table table = new Table(
        new RelationName(schema, name.get()), kind, columns, indexes, constraints, partitionOf);
    return Optional.of(new TableFacts(
        table,
        rows.isPresent() ? Optional.of(new RowCount(rows.getAsLong())) : Optional.empty(),
        bytes(heap),
        bytes(toast),
        indexBytes,
        nullFractions,
        reads.isPresent() || writes.isPresent() ? new Traffic(reads, writes) : Traffic.UNKNOWN));
  }

  private boolean key(String key) throws IOException {
    switch (key) {
      case "schema" -> schema = json.name("must be the schema's name");
      case "name" -> name = json.text("must be the table's name").filter(n -> !n.isEmpty());
      case "kind" -> kind = KINDS.read(json).orElse(TableKind.TABLE);
      case "partition_of" -> partitionOf = partitionOf();
      case "rows" -> rows = json.whole("must be the number of rows");
      case "heap_bytes" -> heap = json.whole("must be the table's size in bytes");
      case "toast_bytes" -> toast = json.whole("must be the TOAST's size in bytes");
      case "reads_per_second" ->
        reads = json.number("must be the scans begun per second, 0 or more", 1e15);
      case "writes_per_second" ->
        writes = json.number("must be the rows written per second, 0 or more", 1e15);
      case "columns" -> {
        taken.clear();
        json.array("must be an array of columns", this::column);
      }
      case "indexes" -> {
        taken.clear();
        json.array("must be an array of indexes", this::index);
      }
      case "constraints" -> {
        taken.clear();
        json.array("must be an array of constraints", this::constraint);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void column() throws IOException {
    JsonCursor.Mark mark = json.mark();
    Optional<Column> read = columnReader.read();
    if (read.isPresent() && isNew(read.get().name(), "column", mark)) {
      columns.add(read.get());
      if (columnReader.nullFraction().isPresent()) {
        nullFractions.put(read.get().name(), columnReader.nullFraction().getAsDouble());
      }
    }
  }

  private void index() throws IOException {
    JsonCursor.Mark mark = json.mark();
    Optional<Index> read = indexReader.read();
    if (read.isPresent() && isNew(read.get().name(), "index", mark)) {
      indexes.add(read.get());
      indexReader.bytes().ifPresent(size -> indexBytes.put(read.get().name(), size));
    }
  }

  private void constraint() throws IOException {
    JsonCursor.Mark mark = json.mark();
    Optional<Constraint> read = constraintReader.read();
    if (read.isPresent() && isNew(read.get().name(), "constraint", mark)) {
      constraints.add(read.get());
    }
  }

  private boolean isNew(String itsName, String what, JsonCursor.Mark mark) {
    boolean isNew = taken.add(itsName);
    if (!isNew) {
      json.problemAt(
          mark,
          "the " + what + " \"" + JsonCursor.shortened(itsName)
              + "\" stands here twice; remove one");
    }
    return isNew;
  }

  private Optional<RelationName> partitionOf() throws IOException {
    return new RelationReader(json)
        .read("must be an object with the parent's \"schema\" and \"name\"");
  }

  private static Optional<Bytes> bytes(OptionalLong value) {
    return value.isPresent() ? Optional.of(new Bytes(value.getAsLong())) : Optional.empty();
  }
}
