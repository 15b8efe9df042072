package dev.plimsoll.catalog.file;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.plimsoll.catalog.Catalog;
import dev.plimsoll.catalog.ServerFacts;
import dev.plimsoll.catalog.TableFacts;
import dev.plimsoll.catalog.Volatility;
import dev.plimsoll.schema.Column;
import dev.plimsoll.schema.Constraint;
import dev.plimsoll.schema.Index;
import dev.plimsoll.schema.TableKind;
import dev.plimsoll.sql.ConstraintDefinition;
import dev.plimsoll.sql.Engine;
import dev.plimsoll.sql.RelationName;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Writes a catalog as its file: what is unknown is left out. */
final class CatalogWriter {

  private final OutputStream out;

  CatalogWriter(OutputStream out) {
    this.out = out;
  }

  void write(Catalog catalog) throws IOException {
    JsonFactory factory =
        JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
    try (JsonGenerator json = factory.createGenerator(out, JsonEncoding.UTF8)) {
      json.writeStartObject();
      line(json);
      json.writeNumberField("plimsoll_catalog", CatalogFile.FORMAT);
      line(json);
      json.writeStringField("taken_at", catalog.takenAt().toString());
      line(json);
      json.writeFieldName("server");
      server(json, catalog);
      line(json);
      json.writeArrayFieldStart("tables");
      for (TableFacts table : catalog.tables()) {
        line(json);
        table(json, table, catalog.server().engine());
      }
      json.writeEndArray();
      if (!catalog.functions().isEmpty()) {
        line(json);
        json.writeArrayFieldStart("functions");
        for (Map.Entry<RelationName, Volatility> function : catalog.functions().entrySet()) {
          line(json);
          json.writeStartObject();
          relation(json, function.getKey());
          json.writeStringField("volatility", Words.word(function.getValue()));
          json.writeEndObject();
        }
        json.writeEndArray();
      }
      line(json);
      json.writeEndObject();
      line(json);
    }
  }

  private static void line(JsonGenerator json) throws IOException {
    json.writeRaw('\n');
  }

  private static void server(JsonGenerator json, Catalog catalog) throws IOException {
    ServerFacts server = catalog.server();
    json.writeStartObject();
    json.writeStringField("engine", server.engine().id());
    json.writeStringField("version", server.version());
    json.writeNumberField("major_version", server.majorVersion());
    text(json, "database", server.database());
    text(json, "stats_since", catalog.countingSince().map(Object::toString));
    Map<String, String> settings = new TreeMap<>(server.settings());
    text(json, "time_zone", Optional.ofNullable(settings.remove("TimeZone")));
    json.writeObjectFieldStart("settings");
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      json.writeStringField(setting.getKey(), setting.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void table(JsonGenerator json, TableFacts facts, Engine engine)
      throws IOException {
    json.writeStartObject();
    relation(json, facts.name());
    TableKind kind = facts.table().kind();
    json.writeStringField("kind", Words.word(kind));
    if (facts.table().partitionOf().isPresent()) {
      json.writeObjectFieldStart("partition_of");
      relation(json, facts.table().partitionOf().get());
      json.writeEndObject();
    }
    number(json, "rows", facts.rows().map(r -> r.value()));
    number(json, "heap_bytes", facts.heap().map(b -> b.value()));
    number(json, "toast_bytes", facts.toast().map(b -> b.value()));
    number(json, "reads_per_second", facts.traffic().readsPerSecond());
    number(json, "writes_per_second", facts.traffic().writesPerSecond());
    json.writeArrayFieldStart("columns");
    for (Column column : facts.table().columns()) {
      column(json, column, Optional.ofNullable(facts.nullFractions().get(column.name())), engine);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("indexes");
    for (Index index : facts.table().indexes()) {
      index(
          json,
          index,
          Optional.ofNullable(facts.indexBytes().get(index.name())).map(b -> b.value()));
    }
    json.writeEndArray();
    json.writeArrayFieldStart("constraints");
    for (Constraint constraint : facts.table().constraints()) {
      constraint(json, constraint);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void column(
      JsonGenerator json, Column column, Optional<Double> nullFraction, Engine engine)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", column.name());
    json.writeStringField("type", TypeText.write(column.type(), engine));
    json.writeBooleanField("nullable", !column.notNull());
    text(json, "default", column.defaultSql());
    flag(json, "generated", column.generated());
    if (nullFraction.isPresent()) {
      json.writeNumberField("null_fraction", nullFraction.get());
    }
    json.writeEndObject();
  }

  private static void index(JsonGenerator json, Index index, Optional<Long> bytes)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", index.name());
    names(json, "keys", index.keys());
    json.writeBooleanField("unique", index.unique());
    json.writeBooleanField("primary", index.primary());
    json.writeBooleanField("valid", index.valid());
    text(json, "predicate", index.predicate());
    json.writeStringField("method", index.method());
    number(json, "bytes", bytes);
    json.writeEndObject();
  }

  private static void constraint(JsonGenerator json, Constraint constraint) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", constraint.name());
    json.writeStringField("type", Words.word(ConstraintKind.of(constraint.definition())));
    switch (constraint.definition()) {
      case ConstraintDefinition.Check check -> {
        names(json, "columns", check.condition().columns().stream().sorted().toList());
        json.writeStringField("expression", check.condition().sql());
        flag(json, "no_inherit", check.noInherit());
      }
      case ConstraintDefinition.ForeignKey key -> {
        names(json, "columns", key.columns());
        json.writeObjectFieldStart("references");
        relation(json, key.references());
        names(json, "columns", key.referencedColumns());
        json.writeEndObject();
        json.writeStringField("on_delete", Words.word(key.onDelete()));
        json.writeStringField("on_update", Words.word(key.onUpdate()));
        flag(json, "deferrable", key.deferrable());
      }
      case ConstraintDefinition.Unique unique -> {
        names(json, "columns", unique.columns());
        flag(json, "deferrable", unique.deferrable());
      }
      case ConstraintDefinition.PrimaryKey key -> names(json, "columns", key.columns());
      case ConstraintDefinition.NotNull notNull ->
        names(json, "columns", List.of(notNull.column()));
      case ConstraintDefinition.Exclude exclude ->
        json.writeStringField("method", exclude.method());
    }
    json.writeBooleanField("validated", constraint.validated());
    json.writeEndObject();
  }

  private static void relation(JsonGenerator json, RelationName relation) throws IOException {
    text(json, "schema", relation.schema());
    json.writeStringField("name", relation.name());
  }

  private static void names(JsonGenerator json, String key, List<String> names) throws IOException {
    json.writeArrayFieldStart(key);
    for (String name : names) {
      json.writeString(name);
    }
    json.writeEndArray();
  }

  private static void text(JsonGenerator json, String key, Optional<String> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeStringField(key, value.get());
    }
  }

  private static void flag(JsonGenerator json, String key, boolean value) throws IOException {
    if (value) {
      json.writeBooleanField(key, true);
    }
  }

  private static void number(JsonGenerator json, String key, Optional<Long> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(key, value.get());
    }
  }

  private static void number(JsonGenerator json, String key, OptionalDouble value)
      throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(key, value.getAsDouble());
    }
  }
}
