package dev.plimsoll.rules;

import dev.plimsoll.catalog.Catalog;
import dev.plimsoll.sql.Statement;
import dev.plimsoll.sql.Statement.SetSetting;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** lock_timeout and statement_timeout as a migration's statements set them, from the server's defaults on. */
final class TimeoutTracker {

  private static final Pattern AMOUNT =
      Pattern.compile("'?\\s*(\\d{1,12}(?:\\.\\d+)?)\\s*(us|ms|s|min|h|d)?\\s*'?");

  private final Map<String, Optional<Duration>> server = new HashMap<>();
  private final Map<String, Optional<Duration>> session = new HashMap<>();
  private final Map<String, Optional<Duration>> local = new HashMap<>();

  TimeoutTracker(Optional<Catalog> catalog) {
    for (String name : new String[] {"lock_timeout", "statement_timeout"}) {
      server.put(
          name, catalog.flatMap(c -> c.server().setting(name)).flatMap(TimeoutTracker::limit));
    }
  }

  Timeouts now() {
    return new Timeouts(current("lock_timeout"), current("statement_timeout"));
  }

  void see(Statement statement, boolean inTransaction) {
    if (!(statement instanceof SetSetting set)
        || !server.containsKey(set.name().toLowerCase(Locale.ROOT))) {
      return;
    }
    String name = set.name().toLowerCase(Locale.ROOT);
    Optional<Duration> value =
        set.value().isPresent() ? limit(set.value().get()) : server.get(name);
    if (set.local()) {
      if (inTransaction) {
        local.put(name, value);
      }
    } else {
      session.put(name, value);
      local.remove(name);
    }
  }

  void transactionEnds() {
    local.clear();
  }

  private Optional<Duration> current(String name) {
    return local.getOrDefault(name, session.getOrDefault(name, server.get(name)));
  }

  /** A time as PostgreSQL reads it: milliseconds unless a unit says otherwise; 0 is no limit. */
  static Optional<Duration> limit(String text) {
    Matcher matcher = AMOUNT.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    double amount = Double.parseDouble(matcher.group(1));
    double millis = switch (matcher.group(2) == null ? "ms" : matcher.group(2)) {
      case "us" -> amount / 1000;
      case "s" -> amount * 1000;
      case "min" -> amount * 60_000;
      case "h" -> amount * 3_600_000;
      case "d" -> amount * 86_400_000;
      default -> amount;
    };
    return millis < 1 ? Optional.empty() : Optional.of(Duration.ofMillis(Math.round(millis)));
  }
}
