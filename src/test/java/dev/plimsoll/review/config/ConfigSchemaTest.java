package dev.plimsoll.review.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.plimsoll.testing.ReviewStory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The published schema and the reader agree, so that an editor says what the review will say. */
class ConfigSchemaTest {

  private final Schema schema;

  ConfigSchemaTest() throws IOException {
    schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(Files.readString(Path.of("docs/plimsoll.schema.json")));
  }

  @Test
  void allowsTheExampleOfThePageWhichTheReaderReads() throws IOException {
    Matcher example = Pattern.compile("```yaml\n(version: 1.*?)```", Pattern.DOTALL)
        .matcher(Files.readString(Path.of("docs/configuration.md")));
    assertThat(example.find()).isTrue();

    assertThat(ReviewStory.configReader().read(example.group(1)))
        .isInstanceOf(ConfigReading.Ok.class);
    assertThat(schemaAllows(example.group(1))).isTrue();
  }

  @Test
  void theExampleShowsTheDefaultThresholds() throws IOException {
    Matcher example = Pattern.compile("(?m)^thresholds:\n(  .*\n)+")
        .matcher(Files.readString(Path.of("docs/configuration.md")));
    assertThat(example.find()).isTrue();

    ConfigReading read = ReviewStory.configReader().read("version: 1\n" + example.group());
    assertThat(read.configOrDefault().thresholds())
        .isEqualTo(dev.plimsoll.rules.Thresholds.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "databases: {a: {}}",
        "databases: {a: {version: 17}, b: {engine: mysql, version: 8.4}}",
        "databases: {a: {version: '17.2'}}",
        "databases: {a: {migrations: [db, 'x/**/*.sql', {path: y, format: flyway}]}}",
        "databases: {a: {migrations: [./db]}}",
        "databases: {a: {catalog: {url: 'https://example.com/c.json', schedule: '15 2 * * 1'}}}",
        "rules: {table-dropped: off}",
        "thresholds: {tiny: {rows: 100}, small: {rows: 1_000_000}, large: {size: 1.5 TB}}",
        "thresholds: {hot: {reads_per_second: 0.5}}",
        "thresholds: {max_lock_timeout: 3 s}",
        "checklist: {required: []}",
        "overrides: {teams: [acme/dbas, group/sub/team]}",
        "ai: {severity: blocking}"
      })
  void agreeOnWhatIsRight(String yaml) {
    String whole = with(yaml);

    assertThat(ReviewStory.configReader().read(whole)).isInstanceOf(ConfigReading.Ok.class);
    assertThat(schemaAllows(whole)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "colour: red",
        "databases: {}",
        "databases: []",
        "databases: {'a b': {}}",
        "databases: {a: {engine: postgres}}",
        "databases: {a: {version: latest}}",
        "databases: {a: {catalog: /etc/passwd}}",
        "databases: {a: {catalog: ../x}}",
        "databases: {a: {catalog: x/..}}",
        "databases: {a: {catalog: {path: x}}}",
        "databases: {a: {catalog: {url: 'http://example.com'}}}",
        "databases: {a: {catalog: {url: 'https://u:p@example.com'}}}",
        "databases: {a: {catalog: {url: 'https://example.com', token_env: HOME}}}",
        "databases: {a: {catalog: {url: 'https://example.com', schedule: nightly}}}",
        "databases: {a: {max_catalog_age: 7}}",
        "databases: {a: {max_catalog_age: a week}}",
        "databases: {a: {migrations: db}}",
        "databases: {a: {migrations: [{format: flyway}]}}",
        "databases: {a: {migrations: ['']}}",
        "databases: {a: {windows: Sunday}}",
        "rules: {table-dropped: error}",
        "rules: {table-dropped: true}",
        "thresholds: {tiny: 10}",
        "thresholds: {tiny: {rows: many}}",
        "thresholds: {tiny: {rows: -1}}",
        "thresholds: {tiny: {size: 10}}",
        "thresholds: {hot: {reads_per_second: -1}}",
        "thresholds: {max_lock_timeout: 3 weeks}",
        "checklist: {}",
        "checklist: {required: [speed]}",
        "checklist: {required: [size, size]}",
        "overrides: {teams: acme/dbas}",
        "overrides: {teams: ['a b']}",
        "ai: {severity: advice}",
        "ai: {}"
      })
  void agreeOnWhatIsWrong(String yaml) {
    String whole = with(yaml);

    assertThat(ReviewStory.configReader().read(whole)).isInstanceOf(ConfigReading.Bad.class);
    assertThat(schemaAllows(whole)).isFalse();
  }

  private static String with(String yaml) {
    return "version: 1\n" + (yaml.equals("{}") ? "" : yaml) + "\n";
  }

  private boolean schemaAllows(String yaml) {
    try {
      Object tree = new Load(LoadSettings.builder().build()).loadFromString(yaml);
      return schema
          .validate(new ObjectMapper().writeValueAsString(tree), InputFormat.JSON)
          .isEmpty();
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
