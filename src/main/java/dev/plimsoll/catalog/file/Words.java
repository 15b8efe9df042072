package dev.plimsoll.catalog.file;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The words of the file for the values of an enum: their names in lower case. */
final class Words<E extends Enum<E>> {

  private final Map<String, Optional<E>> values = new HashMap<>();
  private final String expected;

  Words(Class<E> type) {
    for (E value : type.getEnumConstants()) {
      values.put(word(value), Optional.of(value));
    }
    expected = "must be one of "
        + java.util.Arrays.stream(type.getEnumConstants())
            .map(Words::word)
            .collect(Collectors.joining(", "));
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** {@code must be one of ...}. */
  String expected() {
    return expected;
  }

  /** Empty for null, and, with a problem, for any other word. */
  Optional<E> read(JsonCursor json) throws IOException {
    Optional<String> word = json.text(expected);
    if (word.isEmpty()) {
      return Optional.empty();
    }
    Optional<E> value = values.getOrDefault(word.get(), Optional.empty());
    if (value.isEmpty()) {
      json.problem(expected + ", and is \"" + JsonCursor.shortened(word.get()) + "\"");
    }
    return value;
  }
}
