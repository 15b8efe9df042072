package dev.plimsoll.impact.postgres;

import dev.plimsoll.catalog.Volatility;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What PostgreSQL's own catalogs say of functions, casts and types; recorded from servers of each version. */
final class SystemCatalog {

  /** How a value of one type becomes one of another. */
  enum CastMethod {
    /** The bytes stay as they are. */
    BINARY,
    FUNCTION,
    TEXT
  }

  private record FunctionEntry(Volatility volatility, int from, int to) {}

  private record CastEntry(CastMethod method, boolean assignment, int from) {}

  /**
   * What the grammar turns into no function call, or into one of another name. CURRENT_TIMESTAMP and its like are stable: one value for the
   * transaction.
   */
  private static final Map<String, Volatility> GRAMMAR = Map.ofEntries(
      Map.entry("current_timestamp", Volatility.STABLE),
      Map.entry("current_date", Volatility.STABLE),
      Map.entry("current_time", Volatility.STABLE),
      Map.entry("localtimestamp", Volatility.STABLE),
      Map.entry("localtime", Volatility.STABLE),
      Map.entry("current_role", Volatility.STABLE),
      Map.entry("current_catalog", Volatility.STABLE),
      Map.entry("session_user", Volatility.STABLE),
      Map.entry("user", Volatility.STABLE),
      Map.entry("coalesce", Volatility.IMMUTABLE),
      Map.entry("greatest", Volatility.IMMUTABLE),
      Map.entry("least", Volatility.IMMUTABLE),
      Map.entry("nullif", Volatility.IMMUTABLE));

  private static final Map<String, List<FunctionEntry>> FUNCTIONS = functions();
  private static final Map<String, CastEntry> CASTS = casts();
  private static final Set<String> TYPES = types();

  private SystemCatalog() {}

  /** Absent for a function that the server does not bring with it. */
  static Optional<Volatility> volatility(String function, int majorVersion) {
    String name =
        function.startsWith("pg_catalog.") ? function.substring("pg_catalog.".length()) : function;
    Volatility grammar = GRAMMAR.get(name);
    if (grammar != null) {
      return Optional.of(grammar);
    }
    return FUNCTIONS.getOrDefault(name, List.of()).stream()
        .filter(f -> f.from() <= majorVersion && majorVersion <= f.to())
        .map(FunctionEntry::volatility)
        .findFirst();
  }

  /** Some version has it, though perhaps not this one. */
  static boolean isBuiltInSomewhere(String function) {
    return FUNCTIONS.containsKey(function);
  }

  static boolean isBuiltInType(String type) {
    return TYPES.contains(type);
  }

  static Optional<CastMethod> cast(String from, String to, int majorVersion) {
    return entry(from, to, majorVersion).map(CastEntry::method);
  }

  /** A value may be stored in a column of the other type without saying so: what ALTER TYPE without USING needs. */
  static boolean isAssignable(String from, String to, int majorVersion) {
    return from.equals(to)
        || isText(to)
        || entry(from, to, majorVersion).map(CastEntry::assignment).orElse(false);
  }

  static boolean isText(String type) {
    return type.equals("text") || type.equals("varchar") || type.equals("bpchar");
  }

  private static Optional<CastEntry> entry(String from, String to, int majorVersion) {
    return Optional.ofNullable(CASTS.get(from + ">" + to)).filter(c -> c.from() <= majorVersion);
  }

  private static Map<String, List<FunctionEntry>> functions() {
    Map<String, List<FunctionEntry>> all = HashMap.newHashMap(4096);
    for (String[] row : rows("functions.tsv")) {
      Volatility volatility = volatilityOf(row[1]);
      FunctionEntry entry =
          new FunctionEntry(volatility, Integer.parseInt(row[2]), Integer.parseInt(row[3]));
      all.merge(row[0], List.of(entry), (a, b) -> List.of(a.getFirst(), b.getFirst()));
    }
    return all;
  }

  private static Volatility volatilityOf(String letter) {
    return switch (letter) {
      case "i" -> Volatility.IMMUTABLE;
      case "s" -> Volatility.STABLE;
      default -> Volatility.VOLATILE;
    };
  }

  private static Map<String, CastEntry> casts() {
    Map<String, CastEntry> all = new HashMap<>();
    for (String[] row : rows("casts.tsv")) {
      CastMethod method = switch (row[2]) {
        case "b" -> CastMethod.BINARY;
        case "f" -> CastMethod.FUNCTION;
        default -> CastMethod.TEXT;
      };
      all.put(
          row[0] + ">" + row[1],
          new CastEntry(method, !row[3].equals("e"), Integer.parseInt(row[4])));
    }
    return all;
  }

  private static Set<String> types() {
    Set<String> all = new HashSet<>();
    for (String[] row : rows("types.tsv")) {
      all.add(row[0]);
    }
    return all;
  }

  private static List<String[]> rows(String resource) {
    try (InputStream in = SystemCatalog.class.getResourceAsStream(resource);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(l -> !l.startsWith("#"))
          .map(l -> l.split("\t"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
