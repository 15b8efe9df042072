package dev.plimsoll.catalog.file;

import dev.plimsoll.catalog.ServerFacts;
import dev.plimsoll.sql.Engine;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what the file says of its server. */
final class ServerReader {

  private static final int MAX_SETTINGS = 2_000;

  private static final Pattern LEADING_NUMBER =
      Pattern.compile("(\\d{1,4})(?!\\d).*", Pattern.DOTALL);

  private static final String ENGINES = "must be one of "
      + Arrays.stream(Engine.values()).map(Engine::id).collect(Collectors.joining(", "));

  private final JsonCursor json;
  private Optional<Engine> engine = Optional.empty();
  private Optional<String> version = Optional.empty();
  private OptionalLong majorVersion = OptionalLong.empty();
  private Optional<String> database = Optional.empty();
  private Optional<Instant> statsSince = Optional.empty();
  private boolean standby;
  private final Map<String, String> settings = new HashMap<>();

  ServerReader(JsonCursor json) {
    this.json = json;
  }

  /** Empty, with a problem, when it cannot be read. */
  Optional<ServerFacts> read() throws IOException {
    int before = json.problems().size();
    JsonCursor.Mark mark = json.mark();
    if (!json.object("must be an object that describes the server", this::key)
        || json.problems().size() > before) {
      return Optional.empty();
    }
    Optional<Integer> major = majorVersion.isPresent()
        ? Optional.of((int) majorVersion.getAsLong())
        : version.flatMap(ServerReader::leadingNumber);
    if (engine.isEmpty()) {
      json.problemAt(mark, "the server lacks \"engine\"; it " + ENGINES);
      return Optional.empty();
    }
    if (major.isEmpty()) {
      json.problemAt(
          mark, "the server lacks \"version\", such as \"17.2\", or \"major_version\", such as 17");
      return Optional.empty();
    }
    Optional<Integer> said = version.flatMap(ServerReader::leadingNumber);
    if (said.isPresent() && !said.equals(major)) {
      json.problemAt(
          mark,
          "\"version\" is " + JsonCursor.shortened(version.orElseThrow())
              + " and \"major_version\" is " + major.get() + ": correct one of them");
      return Optional.empty();
    }
    return Optional.of(new ServerFacts(
        engine.get(),
        major.get(),
        version.orElseGet(() -> String.valueOf(major.get())),
        database,
        settings));
  }

  Optional<Instant> statsSince() {
    return statsSince;
  }

  boolean isStandby() {
    return standby;
  }

  private boolean key(String key) throws IOException {
    switch (key) {
      case "engine" -> engine = engine();
      case "version" ->
        version = json.name("must be the version as the server prints it, such as \"17.2\"");
      case "major_version" -> majorVersion = majorVersion();
      case "database" -> database = json.name("must be the database's name");
      case "standby" -> standby = json.flag("must be true or false").orElse(false);
      case "stats_since" ->
        statsSince =
            instant(json, "must be the time from which on the server counts reads and writes");
      case "time_zone" ->
        json.name("must be the server's time zone")
            .ifPresent(zone -> settings.put("TimeZone", zone));
      case "settings" ->
        json.object("must be an object of settings: strings by name", this::setting);
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean setting(String name) throws IOException {
    String of = "must be a string, as SHOW prints it";
    Optional<String> value = json.text(of);
    if (settings.size() >= MAX_SETTINGS) {
      json.problem("there are more than " + MAX_SETTINGS
          + " settings; keep those that decide what DDL does");
    } else if (value.isPresent()) {
      settings.putIfAbsent(name.equalsIgnoreCase("TimeZone") ? "TimeZone" : name, value.get());
    }
    return true;
  }

  private OptionalLong majorVersion() throws IOException {
    OptionalLong value = json.whole("must be the major version, such as 17");
    if (value.isPresent() && value.getAsLong() > 9_999) {
      json.problem("must be the major version, such as 17, and is " + value.getAsLong());
      return OptionalLong.empty();
    }
    return value;
  }

  private Optional<Engine> engine() throws IOException {
    Optional<String> id = json.text(ENGINES);
    Optional<Engine> found = id.flatMap(Engine::of);
    if (id.isPresent() && found.isEmpty()) {
      json.problem(ENGINES + ", and is \"" + JsonCursor.shortened(id.get()) + "\"");
    }
    return found;
  }

  static Optional<Instant> instant(JsonCursor json, String expected) throws IOException {
    String full = expected + ", as in \"2026-01-31T02:00:00Z\"";
    Optional<String> text = json.text(full);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text.get()).toInstant());
    } catch (DateTimeException e) {
      json.problem(full + ", and is \"" + JsonCursor.shortened(text.get()) + "\"");
      return Optional.empty();
    }
  }

  private static Optional<Integer> leadingNumber(String version) {
    Matcher matcher = LEADING_NUMBER.matcher(version);
    return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
  }
}
