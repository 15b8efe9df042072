package dev.plimsoll.catalog.source;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * A database's address: {@code jdbc:postgresql://host:5432/shop?user=...}, or as libpq and hosting services give it, {@code
 * postgresql://user:password@host/shop}. The login is kept apart, so that the rest can be shown.
 *
 * @param url for JDBC, without user and password
 */
public record PostgresAddress(String url, Optional<String> user, Optional<String> password) {

  /** What an address must look like, for messages. */
  public static final String EXPECTED =
      "jdbc:postgresql://HOST:PORT/DATABASE or postgresql://USER:PASSWORD@HOST:PORT/DATABASE";

  private static final String JDBC = "jdbc:postgresql:";

  /** Empty when the text is no address. */
  public static Optional<PostgresAddress> parse(String text) {
    if (text.startsWith(JDBC)) {
      return Optional.of(jdbc(text));
    }
    return text.startsWith("postgres://") || text.startsWith("postgresql://")
        ? libpq(text)
        : Optional.empty();
  }

  /** The same address with a login where it has none. */
  public PostgresAddress orLogin(Optional<String> otherUser, Optional<String> otherPassword) {
    return new PostgresAddress(url, user.or(() -> otherUser), password.or(() -> otherPassword));
  }

  Properties properties() {
    Properties properties = new Properties();
    user.ifPresent(u -> properties.setProperty("user", u));
    password.ifPresent(p -> properties.setProperty("password", p));
    return properties;
  }

  private static PostgresAddress jdbc(String text) {
    int question = text.indexOf('?');
    if (question < 0) {
      return new PostgresAddress(text, Optional.empty(), Optional.empty());
    }
    return withParameters(
        text.substring(0, question),
        text.substring(question + 1),
        Optional.empty(),
        Optional.empty());
  }

  private static Optional<PostgresAddress> libpq(String text) {
    try {
      URI uri = new URI(text);
      if (uri.getHost() == null) {
        return Optional.empty();
      }
      String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
      String database =
          uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
      String[] login =
          uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
      Optional<String> user = login.length > 0 && !login[0].isEmpty()
          ? Optional.of(decode(login[0]))
          : Optional.empty();
      Optional<String> password =
          login.length > 1 ? Optional.of(decode(login[1])) : Optional.empty();
      String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
      return Optional.of(
          withParameters(JDBC + "//" + uri.getHost() + port + database, query, user, password));
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static PostgresAddress withParameters(
      String base, String query, Optional<String> user, Optional<String> password) {
    List<String> kept = new ArrayList<>();
    Optional<String> foundUser = user;
    Optional<String> foundPassword = password;
    for (String parameter : query.split("&")) {
      if (parameter.startsWith("user=")) {
        foundUser = Optional.of(decode(parameter.substring("user=".length())));
      } else if (parameter.startsWith("password=")) {
        foundPassword = Optional.of(decode(parameter.substring("password=".length())));
      } else if (!parameter.isEmpty()) {
        kept.add(parameter);
      }
    }
    return new PostgresAddress(
        kept.isEmpty() ? base : base + "?" + String.join("&", kept), foundUser, foundPassword);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return url + user.map(u -> " as " + u).orElse("");
  }
}
