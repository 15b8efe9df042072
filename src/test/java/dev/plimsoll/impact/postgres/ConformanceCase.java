package dev.plimsoll.impact.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A statement on a known starting point, of which it is known what servers do with it.
 *
 * @param setup run first and committed; {@code :N} is the number of rows
 * @param before run in the same transaction, just before
 * @param transactional false for a statement that a transaction block does not allow
 */
record ConformanceCase(
    String name,
    String kind,
    String setup,
    String before,
    String statement,
    boolean transactional) {

  static List<ConformanceCase> all() {
    try (InputStream in = ConformanceCase.class.getResourceAsStream("cases.json")) {
      List<ConformanceCase> cases = new ArrayList<>();
      for (JsonNode node : new ObjectMapper().readTree(in)) {
        cases.add(new ConformanceCase(
            node.path("name").asText(),
            node.path("klass").asText(),
            node.path("setup").asText(),
            node.path("pre").asText(),
            node.path("stmt").asText(),
            node.path("mode").asText().equals("txn")));
      }
      return cases;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  String setup(int rows) {
    return setup.replace(":N", String.valueOf(rows));
  }

  @Override
  public String toString() {
    return name;
  }
}
