package dev.plimsoll.sql.generic;

import dev.plimsoll.sql.Engine;
import java.util.Locale;

/**
 * What differs between engines before the first keyword is read.
 *
 * @param backslashEscapes a backslash escapes in a string, and a double quote begins a string (MySQL's default sql_mode)
 * @param hashComments {@code #} begins a comment, {@code --} does so only before white space
 * @param bracketNames {@code [name]}
 * @param backtickNames <code>`name`</code>
 * @param nestedComments a comment may hold another
 * @param dollarQuotes {@code $$ ... $$}
 * @param foldsToUpper a name without quotes is kept in upper case
 */
record Dialect(
    Engine engine,
    boolean backslashEscapes,
    boolean hashComments,
    boolean bracketNames,
    boolean backtickNames,
    boolean nestedComments,
    boolean dollarQuotes,
    boolean foldsToUpper) {

  static Dialect of(Engine engine) {
    return switch (engine) {
      case MYSQL, MARIADB -> new Dialect(engine, true, true, false, true, false, false, false);
      case SQLSERVER -> new Dialect(engine, false, false, true, false, true, false, false);
      case ORACLE -> new Dialect(engine, false, false, false, false, false, false, true);
      case SQLITE -> new Dialect(engine, false, false, true, true, false, false, false);
      case H2 -> new Dialect(engine, false, false, false, true, true, true, true);
      case POSTGRESQL -> throw new IllegalArgumentException("PostgreSQL is read by its own parser");
    };
  }

  /** A name as the server keeps it. */
  String fold(String written) {
    if (written.length() >= 2) {
      char first = written.charAt(0);
      String inner = written.substring(1, written.length() - 1);
      switch (first) {
        case '"' -> {
          return inner.replace("\"\"", "\"");
        }
        case '`' -> {
          return inner.replace("``", "`");
        }
        case '[' -> {
          return inner.replace("]]", "]");
        }
        default -> {
          // without quotes
        }
      }
    }
    return foldsToUpper && written.indexOf('$') < 0 ? written.toUpperCase(Locale.ROOT) : written;
  }

  boolean isMySql() {
    return is(Engine.MYSQL, Engine.MARIADB);
  }

  boolean is(Engine... engines) {
    for (Engine candidate : engines) {
      if (engine == candidate) {
        return true;
      }
    }
    return false;
  }
}
