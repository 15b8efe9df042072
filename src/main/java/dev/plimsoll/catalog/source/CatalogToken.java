package dev.plimsoll.catalog.source;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The bearer token for a catalog's URL. The variable's name comes from a repository's configuration, the value from the server's environment:
 * only variables made for this purpose may be named, or a repository could have any of the server's secrets sent to a host of its choice.
 */
sealed interface CatalogToken {

  /** What a variable's name must begin with. */
  String PREFIX = "PLIMSOLL_CATALOG_TOKEN";

  /** The variable with this behind its name lists the hosts, divided by commas, that the token may be sent to. */
  String HOSTS_SUFFIX = "_HOSTS";

  record Given(String value) implements CatalogToken {
    @Override
    public String toString() {
      return "Given[***]";
    }
  }

  record None() implements CatalogToken {}

  /**
   * @param reason for people
   */
  record Refused(String reason) implements CatalogToken {}

  static CatalogToken of(
      Optional<String> variable, String host, Function<String, Optional<String>> environment) {
    if (variable.isEmpty()) {
      return new None();
    }
    String name = variable.get();
    if (!name.matches(PREFIX + "(_[A-Z0-9_]{1,100})?")) {
      return new Refused(
          "a token's variable must be named " + PREFIX + " or " + PREFIX + "_SOMETHING");
    }
    Optional<String> value = environment.apply(name).map(String::strip);
    if (value.isEmpty() || value.get().isEmpty()) {
      return new Refused("the environment variable " + name + " is not set on the server");
    }
    if (!value.get().chars().allMatch(c -> c > ' ' && c < 127)) {
      return new Refused(
          "the environment variable " + name + " holds characters that no token has");
    }
    Optional<String> hosts = environment.apply(name + HOSTS_SUFFIX);
    boolean allowed = hosts.isEmpty()
        || Arrays.stream(hosts.get().split(","))
            .anyMatch(h -> h.strip().toLowerCase(Locale.ROOT).equals(host));
    return allowed
        ? new Given(value.get())
        : new Refused("the token " + name + " is not for the host " + host
            + "; the server's operator names its hosts in " + name + HOSTS_SUFFIX);
  }
}
