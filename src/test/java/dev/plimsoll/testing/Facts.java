package dev.plimsoll.testing;

import dev.plimsoll.catalog.Bytes;
import dev.plimsoll.catalog.RowCount;
import dev.plimsoll.catalog.Traffic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a test says of a table of production, besides its name. */
public interface Facts {

  void addTo(Gathered table);

  /** What has been said of one table. */
  final class Gathered {
    Optional<RowCount> rows = Optional.empty();
    Optional<Bytes> heap = Optional.empty();
    OptionalDouble reads = OptionalDouble.empty();
    OptionalDouble writes = OptionalDouble.empty();
    final List<String> columns = new ArrayList<>();
    final Map<String, Double> nulls = new HashMap<>();

    Traffic traffic() {
      return new Traffic(reads, writes);
    }
  }

  static Facts rows(long count) {
    return t -> t.rows = Optional.of(new RowCount(count));
  }

  /** As people write it: {@code 84 GB}, {@code 300 MB}, {@code 16 kB}. */
  static Facts size(String text) {
    Matcher matcher = Pattern.compile("([0-9.]+) (kB|MB|GB|TB)").matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a size: " + text);
    }
    int shift = 10 * (1 + List.of("kB", "MB", "GB", "TB").indexOf(matcher.group(2)));
    Bytes bytes = new Bytes(Math.round(Double.parseDouble(matcher.group(1)) * (1L << shift)));
    return t -> t.heap = Optional.of(bytes);
  }

  static Facts readsPerSecond(double rate) {
    return t -> t.reads = OptionalDouble.of(rate);
  }

  static Facts writesPerSecond(double rate) {
    return t -> t.writes = OptionalDouble.of(rate);
  }

  /** Nobody reads or writes it. */
  static Facts idle() {
    return t -> {
      t.reads = OptionalDouble.of(0);
      t.writes = OptionalDouble.of(0);
    };
  }

  /** As CREATE TABLE lists them: {@code "id bigint PRIMARY KEY", "note text"}. */
  static Facts columns(String... definitions) {
    return t -> t.columns.addAll(List.of(definitions));
  }

  /** The share of rows that have no value in a column, 0 to 1. */
  static Facts nulls(String column, double fraction) {
    return t -> t.nulls.put(column, fraction);
  }
}
