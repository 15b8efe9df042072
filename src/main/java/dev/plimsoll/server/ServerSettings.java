package dev.plimsoll.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The server's configuration, from environment variables. A variable's twin with {@code _FILE} behind its name holds the path of a file
 * with the value, for secrets.
 *
 * @param publicUrl where people reach the pages, without a slash at its end
 * @param databaseUrl JDBC URL of the state
 * @param dataDirectory where the SQLite file and the fetched catalogs are
 */
public record ServerSettings(
    int port,
    Optional<String> publicUrl,
    String databaseUrl,
    Path dataDirectory,
    Optional<GitHub> github,
    Optional<GitLab> gitlab,
    Optional<String> adminToken,
    boolean allowPrivateCatalogs) {

  /** Settings of the GitHub app. */
  public record GitHub(String apiUrl, String appId, String privateKey, String webhookSecret) {
    @Override
    public String toString() {
      return "GitHub[" + apiUrl + ", app " + appId + "]";
    }
  }

  /** Settings of the GitLab bot. */
  public record GitLab(String url, String token, String webhookSecret) {
    @Override
    public String toString() {
      return "GitLab[" + url + "]";
    }
  }

  /** What is wrong with the variables, all at once. */
  public static final class Invalid extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Invalid(List<String> problems) {
      super("the configuration is not usable:\n  " + String.join("\n  ", problems));
    }
  }

  /** Throws {@link Invalid}. */
  public static ServerSettings from(Map<String, String> environment) {
    return new Reading(environment).settings();
  }

  private static final class Reading {

    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();

    Reading(Map<String, String> environment) {
      this.environment = environment;
    }

    ServerSettings settings() {
      Path data = Path.of(value("PLIMSOLL_DATA_DIR").orElse("data"));
      ServerSettings settings = new ServerSettings(
          port(),
          value("PLIMSOLL_PUBLIC_URL").map(u -> u.replaceAll("/+$", "")),
          databaseUrl(data),
          data,
          github(),
          gitlab(),
          value("PLIMSOLL_ADMIN_TOKEN"),
          value("PLIMSOLL_ALLOW_PRIVATE_CATALOG_URLS")
              .map(Boolean::parseBoolean)
              .orElse(false));
      boolean forSetup =
          settings.publicUrl().isPresent() && settings.adminToken().isPresent();
      if (settings.github().isEmpty()
          && settings.gitlab().isEmpty()
          && !forSetup
          && problems.isEmpty()) {
        problems.add(
            "no forge is configured: set PLIMSOLL_GITHUB_APP_ID, PLIMSOLL_GITHUB_PRIVATE_KEY and "
                + "PLIMSOLL_GITHUB_WEBHOOK_SECRET, or PLIMSOLL_GITLAB_TOKEN and PLIMSOLL_GITLAB_WEBHOOK_SECRET; "
                + "to make the GitHub App first, set PLIMSOLL_PUBLIC_URL and PLIMSOLL_ADMIN_TOKEN and open /setup/github");
      }
      if (!problems.isEmpty()) {
        throw new Invalid(problems);
      }
      return settings;
    }

    private int port() {
      String text = value("PLIMSOLL_PORT").orElse("8080");
      if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= 65_535) {
        return Integer.parseInt(text);
      }
      problems.add("PLIMSOLL_PORT is \"" + text + "\": a number from 0 to 65535 is needed");
      return 8080;
    }

    private String databaseUrl(Path data) {
      String url =
          value("PLIMSOLL_DATABASE_URL").orElse("jdbc:sqlite:" + data.resolve("plimsoll.db"));
      if (!url.startsWith("jdbc:sqlite:") && !url.startsWith("jdbc:postgresql:")) {
        problems.add("PLIMSOLL_DATABASE_URL must begin with jdbc:sqlite: or jdbc:postgresql:");
      }
      return url;
    }

    private Optional<GitHub> github() {
      List<String> names = List.of(
          "PLIMSOLL_GITHUB_APP_ID",
          "PLIMSOLL_GITHUB_PRIVATE_KEY",
          "PLIMSOLL_GITHUB_WEBHOOK_SECRET");
      return complete(names)
          ? Optional.of(new GitHub(
              value("PLIMSOLL_GITHUB_API_URL").orElse("https://api.github.com"),
              value(names.get(0)).orElseThrow(),
              value(names.get(1)).orElseThrow(),
              value(names.get(2)).orElseThrow()))
          : Optional.empty();
    }

    private Optional<GitLab> gitlab() {
      List<String> names = List.of("PLIMSOLL_GITLAB_TOKEN", "PLIMSOLL_GITLAB_WEBHOOK_SECRET");
      return complete(names)
          ? Optional.of(new GitLab(
              value("PLIMSOLL_GITLAB_URL").orElse("https://gitlab.com"),
              value(names.get(0)).orElseThrow(),
              value(names.get(1)).orElseThrow()))
          : Optional.empty();
    }

    /** All or none of them. */
    private boolean complete(List<String> names) {
      List<String> missing = names.stream().filter(n -> value(n).isEmpty()).toList();
      if (!missing.isEmpty() && missing.size() < names.size()) {
        problems.add("also needed: " + String.join(", ", missing));
      }
      return missing.isEmpty();
    }

    private Optional<String> value(String name) {
      Optional<String> direct =
          Optional.ofNullable(environment.get(name)).filter(v -> !v.isBlank());
      Optional<String> file =
          Optional.ofNullable(environment.get(name + "_FILE")).filter(v -> !v.isBlank());
      if (direct.isPresent() && file.isPresent()) {
        problem("both " + name + " and " + name + "_FILE are set: leave one out");
      }
      return direct.or(() -> file.flatMap(f -> content(name, f)));
    }

    private Optional<String> content(String name, String file) {
      try {
        return Optional.of(Files.readString(Path.of(file)).strip()).filter(v -> !v.isEmpty());
      } catch (IOException e) {
        problem(name + "_FILE: " + file + " cannot be read");
        return Optional.empty();
      }
    }

    private void problem(String text) {
      if (!problems.contains(text)) {
        problems.add(text);
      }
    }
  }
}
