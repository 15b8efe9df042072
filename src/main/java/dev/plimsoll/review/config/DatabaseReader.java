package dev.plimsoll.review.config;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import dev.plimsoll.impact.postgres.PostgresImpact;
import dev.plimsoll.migration.format.PathGlob;
import dev.plimsoll.review.config.Config.CatalogSource;
import dev.plimsoll.review.config.Config.Database;
import dev.plimsoll.review.config.Config.MigrationPath;
import dev.plimsoll.sql.Engine;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one entry of {@code databases}. */
final class DatabaseReader {

  static final String DEFAULT_SCHEDULE = "0 3 * * *";

  private static final Pattern VERSION = Pattern.compile("([0-9]{1,3})(?:\\.[0-9]{1,4}){0,3}");
  private static final Pattern TOKEN_VARIABLE =
      Pattern.compile("PLIMSOLL_CATALOG_TOKEN(?:_[A-Z0-9_]{1,60})?");
  private static final int MOST_PATHS = 100;
  private static final int MOST_WINDOWS = 20;

  private final Set<String> formats;

  DatabaseReader(Set<String> formats) {
    this.formats = new TreeSet<>(formats);
  }

  Optional<Database> read(String name, Value value) {
    return value.section().map(section -> {
      Engine engine =
          section.value("engine").flatMap(v -> v.oneOf(engines())).orElse(Engine.POSTGRESQL);
      OptionalInt version =
          section.value("version").map(v -> version(v, engine)).orElse(OptionalInt.empty());
      Optional<CatalogSource> catalog = section.value("catalog").flatMap(DatabaseReader::catalog);
      Duration age = section
          .value("max_catalog_age")
          .flatMap(Value::duration)
          .orElse(Config.DEFAULT_MAX_CATALOG_AGE);
      List<MigrationPath> paths = section
          .value("migrations")
          .map(v -> v.list(MOST_PATHS, this::migrationPath))
          .orElse(List.of());
      List<String> windows =
          section.value("windows").map(v -> v.list(MOST_WINDOWS, Value::text)).orElse(List.of());
      section.close();
      return new Database(name, engine, version, catalog, age, paths, windows);
    });
  }

  private static OptionalInt version(Value value, Engine engine) {
    Optional<String> text = value.text();
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    Matcher matcher = VERSION.matcher(text.get());
    if (!matcher.matches()) {
      value.wrong("must be a version such as 17, not " + Problems.quote(text.get()));
      return OptionalInt.empty();
    }
    int major = Integer.parseInt(matcher.group(1));
    if (engine == Engine.POSTGRESQL
        && (major < PostgresImpact.OLDEST_VERSION || major > PostgresImpact.NEWEST_VERSION)) {
      value.wrong("is " + text.get() + "; what PostgreSQL does is known here for "
          + PostgresImpact.OLDEST_VERSION + " to " + PostgresImpact.NEWEST_VERSION);
    }
    return OptionalInt.of(major);
  }

  private static Optional<CatalogSource> catalog(Value value) {
    if (value.isText()) {
      return path(value).map(CatalogSource.RepositoryFile::new);
    }
    return value.section().flatMap(section -> {
      Optional<String> url = section.required("url").flatMap(DatabaseReader::url);
      Optional<String> token = section.value("token_env").flatMap(DatabaseReader::tokenVariable);
      String schedule =
          section.value("schedule").flatMap(DatabaseReader::schedule).orElse(DEFAULT_SCHEDULE);
      section.close();
      return url.map(u -> new CatalogSource.Url(u, token, schedule));
    });
  }

  private Optional<MigrationPath> migrationPath(Value value) {
    if (value.isText()) {
      return glob(value).map(glob -> new MigrationPath(glob, Optional.empty()));
    }
    return value.section().flatMap(section -> {
      Optional<String> glob = section.required("path").flatMap(DatabaseReader::glob);
      Optional<String> format = section.value("format").flatMap(v -> v.oneOf(formats));
      section.close();
      return glob.map(g -> new MigrationPath(g, format));
    });
  }

  private static Optional<String> glob(Value value) {
    Optional<String> path = path(value);
    try {
      path.ifPresent(PathGlob::new);
      return path;
    } catch (IllegalArgumentException e) {
      return value.wrong("names no files");
    }
  }

  private static Optional<String> path(Value value) {
    Optional<String> text = value.text();
    if (text.isEmpty()) {
      return text;
    }
    String path = text.get();
    boolean escapes = Arrays.asList(path.split("/")).contains("..");
    return path.startsWith("/") || path.contains("\\") || path.contains("://") || escapes
        ? value.wrong("must be a path inside the repository, with forward slashes, not "
            + Problems.quote(path))
        : text;
  }

  private static Optional<String> url(Value value) {
    Optional<String> text = value.text();
    if (text.isEmpty()) {
      return text;
    }
    try {
      URI uri = new URI(text.get());
      if (!"https".equals(uri.getScheme()) || uri.getHost() == null) {
        return value.wrong("must be an https:// address, not " + Problems.quote(text.get()));
      }
      return uri.getUserInfo() == null
          ? text
          : value.wrong(
              "must not hold a password; name the server's variable that does in \"token_env\"");
    } catch (URISyntaxException e) {
      return value.wrong("must be an https:// address, not " + Problems.quote(text.get()));
    }
  }

  /** Only variables made for this, so that a repository cannot have another secret of the server sent somewhere. */
  private static Optional<String> tokenVariable(Value value) {
    Optional<String> text = value.text();
    return text.isEmpty() || TOKEN_VARIABLE.matcher(text.get()).matches()
        ? text
        : value.wrong("must be PLIMSOLL_CATALOG_TOKEN or begin with PLIMSOLL_CATALOG_TOKEN_, not "
            + Problems.quote(text.get()));
  }

  private static Optional<String> schedule(Value value) {
    Optional<String> text = value.text();
    if (text.isEmpty()) {
      return text;
    }
    try {
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(text.get());
      return text;
    } catch (IllegalArgumentException e) {
      return value.wrong("must be five cron fields in UTC such as \"" + DEFAULT_SCHEDULE
          + "\", not " + Problems.quote(text.get()));
    }
  }

  private static Map<String, Engine> engines() {
    Map<String, Engine> engines = new LinkedHashMap<>();
    for (Engine engine : Engine.values()) {
      engines.put(engine.id(), engine);
    }
    return engines;
  }
}
