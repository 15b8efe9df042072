package dev.plimsoll.review.config;

import dev.plimsoll.catalog.Bytes;
import dev.plimsoll.catalog.RowCount;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers with units, as people write them. */
final class Quantity {

  private static final Pattern FORM =
      Pattern.compile("([0-9][0-9_]{0,17}(?:\\.[0-9]{1,6})?)\\s{0,4}([A-Za-z]*)");

  /** As PostgreSQL counts: a kB is 1024 bytes. */
  private static final Map<String, Long> BYTES = Map.of(
      "b", 1L,
      "kb", 1L << 10,
      "mb", 1L << 20,
      "gb", 1L << 30,
      "tb", 1L << 40);

  /** In milliseconds. */
  private static final Map<String, Long> DURATIONS = Map.of(
      "ms", 1L,
      "s", 1_000L,
      "min", 60_000L,
      "h", 3_600_000L,
      "d", 86_400_000L);

  private static final Map<String, Long> ROWS =
      Map.of("", 1L, "thousand", 1_000L, "million", 1_000_000L, "billion", 1_000_000_000L);

  private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE / 4);

  private Quantity() {}

  static Optional<Bytes> bytes(String text) {
    return read(text, BYTES).map(Bytes::new);
  }

  static Optional<Duration> duration(String text) {
    return read(text, DURATIONS)
        .filter(ms -> ms <= Duration.ofDays(3650).toMillis())
        .map(Duration::ofMillis);
  }

  static Optional<RowCount> rows(String text) {
    return read(text, ROWS).map(RowCount::new);
  }

  static Optional<Double> number(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches() && matcher.group(2).isEmpty()
        ? Optional.of(amount(matcher).doubleValue())
        : Optional.empty();
  }

  private static Optional<Long> read(String text, Map<String, Long> units) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Long unit = units.get(matcher.group(2).toLowerCase(Locale.ROOT));
    if (unit == null) {
      return Optional.empty();
    }
    BigDecimal value = amount(matcher).multiply(BigDecimal.valueOf(unit));
    return value.compareTo(LARGEST) > 0 ? Optional.empty() : Optional.of(value.longValue());
  }

  private static BigDecimal amount(Matcher matcher) {
    return new BigDecimal(matcher.group(1).replace("_", ""));
  }
}
