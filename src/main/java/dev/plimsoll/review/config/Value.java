package dev.plimsoll.review.config;

import dev.plimsoll.catalog.Bytes;
import dev.plimsoll.catalog.RowCount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value of the file. Each reading of it as some type is either the value or nothing, with a problem noted at its place.
 *
 * @param name what the value is, for messages: {@code "engine"}
 */
record Value(Node node, String name, Problems problems) {

  private static final int LONGEST_TEXT = 1_000;

  /** Text on one line. A number is text too: {@code 17}, {@code 17.2}. */
  Optional<String> text() {
    if (!(node instanceof ScalarNode scalar) || scalar.getTag().equals(Tag.NULL)) {
      return wrong("must be text");
    }
    String text = scalar.getValue();
    boolean control = text.codePoints().anyMatch(Character::isISOControl);
    if (text.isBlank() || text.length() > LONGEST_TEXT || control || !isPlainTag(scalar.getTag())) {
      return wrong("must be text on one line, of 1 to " + LONGEST_TEXT + " characters");
    }
    return Optional.of(text.strip());
  }

  /** One of some words. */
  Optional<String> oneOf(Collection<String> words) {
    Optional<String> text = text();
    if (text.isPresent() && !words.contains(text.get())) {
      return wrong("cannot be " + Problems.quote(text.get()) + "; it is one of "
          + String.join(", ", words) + Nearest.hint(text.get(), words));
    }
    return text;
  }

  <T> Optional<T> oneOf(Map<String, T> values) {
    return oneOf(values.keySet()).map(values::get);
  }

  Optional<Bytes> bytes() {
    return quantity(Quantity::bytes, "must be a size such as 10 MB");
  }

  Optional<Duration> duration() {
    return quantity(Quantity::duration, "must be a time such as 500 ms, 2 s, 10 min, 1 h or 7 d");
  }

  Optional<RowCount> rows() {
    return quantity(Quantity::rows, "must be a number of rows such as 10_000 or 5 million");
  }

  /** A rate per second, at least 0. */
  Optional<Double> perSecond() {
    return quantity(Quantity::number, "must be a number from 0");
  }

  private <T> Optional<T> quantity(Function<String, Optional<T>> reading, String wrong) {
    Optional<String> text = text();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<T> value = reading.apply(text.get());
    return value.isPresent() ? value : wrong(wrong + ", not " + Problems.quote(text.get()));
  }

  /** A list, each of whose items is read by {@code reading}; items that cannot be read are left out. */
  <T> List<T> list(int most, Function<Value, Optional<T>> reading) {
    if (!(node instanceof SequenceNode sequence)) {
      wrong("must be a list");
      return List.of();
    }
    if (sequence.getValue().size() > most) {
      wrong("has more than " + most + " items");
      return List.of();
    }
    List<T> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      reading.apply(new Value(item, "an item of " + name, problems)).ifPresent(items::add);
    }
    return items;
  }

  /** A mapping with a fixed set of keys. */
  Optional<Section> section() {
    return entries(200).map(entries -> new Section(this, entries));
  }

  /** A mapping whose keys are names, in their order. */
  Optional<Map<String, Entry>> entries(int most) {
    if (!(node instanceof MappingNode mapping)) {
      return wrong("must hold keys and values");
    }
    if (mapping.getValue().size() > most) {
      return wrong("has more than " + most + " entries");
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Optional<String> key = new Value(tuple.getKeyNode(), "a key", problems).text();
      if (key.isEmpty()) {
        continue;
      }
      Value value = new Value(tuple.getValueNode(), Problems.quote(key.get()), problems);
      if (entries.putIfAbsent(key.get(), new Entry(tuple.getKeyNode(), value)) != null) {
        problems.at(
            tuple.getKeyNode(),
            "the key " + Problems.quote(key.get()) + " stands here a second time");
      }
    }
    return Optional.of(entries);
  }

  record Entry(Node key, Value value) {}

  boolean isText() {
    return node instanceof ScalarNode;
  }

  /** Notes that the value is not what it must be. */
  <T> Optional<T> wrong(String message) {
    problems.at(node, name + " " + message);
    return Optional.empty();
  }

  private static boolean isPlainTag(Tag tag) {
    return List.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL).contains(tag);
  }

  static String words(Collection<String> words) {
    return words.stream().sorted().collect(Collectors.joining(", "));
  }
}
