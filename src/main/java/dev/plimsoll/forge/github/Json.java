package dev.plimsoll.forge.github;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;

/** GitHub's two ways of naming things. */
final class Json {

  /** Names with underscores, as in the REST API and in webhooks. */
  static final ObjectMapper REST =
      mapper().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  static final ObjectMapper GRAPHQL = mapper().build();

  private Json() {}

  private static JsonMapper.Builder mapper() {
    // Nobody's JSON is trusted: GitHub passes on what a stranger wrote
    StreamReadConstraints bounds = StreamReadConstraints.builder()
        .maxNestingDepth(100)
        .maxStringLength(32 * 1024 * 1024)
        .build();
    return JsonMapper.builder(
            JsonFactory.builder().streamReadConstraints(bounds).build())
        .addModule(new Jdk8Module())
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
  }
}
