package dev.plimsoll.review.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A mapping with known keys. Whoever reads it asks for each key, and calls {@link #close} at the end: what nobody asked for is an error. */
final class Section {

  private final Value whole;
  private final Map<String, Value.Entry> entries;
  private final Set<String> asked = new TreeSet<>();

  Section(Value whole, Map<String, Value.Entry> entries) {
    this.whole = whole;
    this.entries = entries;
  }

  Optional<Value> value(String key) {
    asked.add(key);
    return Optional.ofNullable(entries.get(key)).map(Value.Entry::value);
  }

  Optional<Value> required(String key) {
    Optional<Value> value = value(key);
    if (value.isEmpty()) {
      whole.wrong("has no " + Problems.quote(key));
    }
    return value;
  }

  void close() {
    entries.forEach((key, entry) -> {
      if (!asked.contains(key)) {
        whole.problems().at(entry.key(), "unknown key " + Problems.quote(key) + hint(key));
      }
    });
  }

  private String hint(String key) {
    String near = Nearest.hint(key, asked);
    return near.isEmpty() ? "; there are " + Value.words(asked) : near;
  }
}
