package dev.plimsoll.catalog.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.plimsoll.catalog.CatalogReading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogSchemaTest {

  private static final Path PUBLISHED = Path.of("docs/catalog.schema.json");

  private final Schema schema;

  CatalogSchemaTest() throws IOException {
    schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(Files.readString(PUBLISHED));
  }

  @Test
  void isShippedAsItIsPublished() throws IOException {
    try (InputStream shipped =
        CatalogFile.class.getResourceAsStream("/dev/plimsoll/catalog/catalog.schema.json")) {
      assertThat(new String(shipped.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(Files.readString(PUBLISHED));
    }
  }

  @Test
  void allowsTheExampleOfThePageWhichTheReaderReads() throws IOException {
    Matcher example = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL)
        .matcher(Files.readString(Path.of("docs/catalog.md")));
    assertThat(example.find()).isTrue();
    String json = example.group(1);

    assertThat(schema.validate(json, InputFormat.JSON)).isEmpty();
    assertThat(CatalogFile.read(json.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(CatalogReading.Ok.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"rows\": 5}",
        "{\"name\": \"a\", \"rows\": -1}",
        "{\"name\": \"a\", \"rows\": 1.5}",
        "{\"name\": \"a\", \"rows\": 9007199254740992}",
        "{\"name\": \"a\", \"kind\": \"heap\"}",
        "{\"name\": \"\"}",
        "{\"name\": \"a\", \"partition_of\": \"public.b\"}",
        "{\"name\": \"a\", \"columns\": [{\"name\": \"x\"}]}",
        "{\"name\": \"a\", \"columns\": [{\"name\": \"x\", \"type\": \"int\", \"null_fraction\": 1.5}]}",
        "{\"name\": \"a\", \"indexes\": [{\"name\": \"i\", \"keys\": []}]}",
        "{\"name\": \"a\", \"constraints\": [{\"name\": \"c\", \"type\": \"check\"}]}",
        "{\"name\": \"a\", \"constraints\": [{\"name\": \"c\", \"type\": \"foreign_key\", \"columns\": [\"x\"]}]}",
        "{\"name\": \"a\", \"constraints\": [{\"name\": \"c\", \"type\": \"not_null\", \"columns\": [\"x\", \"y\"]}]}",
        "{\"name\": \"a\", \"constraints\": [{\"name\": \"c\", \"type\": \"unique\", \"columns\": []}]}",
        "{\"name\": \"a\", \"constraints\": [{\"name\": \"c\", \"type\": \"trigger\"}]}"
      })
  void refusesWhatTheReaderRefuses(String table) {
    String json = file(table);

    assertThat(schema.validate(json, InputFormat.JSON)).isNotEmpty();
    assertThat(CatalogFile.read(json.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(CatalogReading.Bad.class);
  }

  @Test
  void refusesTheMisspeltKeyThatTheReaderOnlyWarnsOf() {
    assertThat(schema.validate(file("{\"name\": \"a\", \"row\": 5}"), InputFormat.JSON))
        .isNotEmpty();
  }

  @Test
  void allowsWhatTheWriterWrites() {
    String json = file("""
        {"name": "a", "schema": "s", "kind": "partitioned", "rows": 5, "heap_bytes": 1, "toast_bytes": 0, "reads_per_second": 0.5,
         "columns": [{"name": "x", "type": "int", "generated": true, "null_fraction": 0.5}],
         "indexes": [{"name": "i", "keys": ["x"], "bytes": 5, "predicate": "(x > 0)"}],
         "constraints": [{"name": "c", "type": "check", "expression": "(x IS NOT NULL)", "no_inherit": true},
          {"name": "f", "type": "foreign_key", "columns": ["x"], "references": {"name": "b", "columns": ["y"]}, "on_delete": "set_null"},
          {"name": "n", "type": "not_null", "columns": ["x"], "validated": false},
          {"name": "e", "type": "exclude", "method": "gist"},
          {"name": "p", "type": "primary_key", "columns": ["x"]}]},
        {"name": "b", "partition_of": {"schema": "s", "name": "a"}}
        """);
    CatalogReading.Ok reading =
        (CatalogReading.Ok) CatalogFile.read(json.getBytes(StandardCharsets.UTF_8));

    String written = new String(CatalogFile.write(reading.catalog()), StandardCharsets.UTF_8);

    assertThat(schema.validate(written, InputFormat.JSON)).isEmpty();
  }

  private static String file(String tables) {
    return """
        {"plimsoll_catalog": 1, "taken_at": "2026-01-31T02:00:00Z", "server": {"engine": "postgresql", "version": "17.2"},
        "tables": [%s]}
        """.formatted(tables);
  }
}
