package dev.plimsoll.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.github.GitHubForge;
import dev.plimsoll.forge.github.GitHubIdentity.Registered;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** {@code /setup/github}: makes the GitHub App from its manifest, and shows once what the server must be configured with. */
final class GitHubSetup {

  /** GitHub's own bound for exchanging the code. */
  private static final Duration STATE_LIVES = Duration.ofHours(1);

  private static final URI PUBLIC_API = URI.create("https://api.github.com");

  private final Pages pages;
  private final Optional<String> publicUrl;
  private final URI apiUrl;
  private final SecureRandom random = new SecureRandom();
  private final Cache<String, Boolean> states =
      Caffeine.newBuilder().expireAfterWrite(STATE_LIVES).maximumSize(1_000).build();

  GitHubSetup(Pages pages, Optional<String> publicUrl, Optional<String> apiUrl) {
    this.pages = pages;
    this.publicUrl = publicUrl;
    this.apiUrl = apiUrl.map(URI::create).orElse(PUBLIC_API);
  }

  void route(RoutesConfig routes) {
    routes.get("/setup/github", this::start);
    routes.get("/setup/github/done", this::done);
  }

  private void start(Context context) {
    if (!pages.isAllowed(context)) {
      return;
    }
    if (publicUrl.isEmpty()) {
      context
          .status(409)
          .result("Set PLIMSOLL_PUBLIC_URL first: GitHub must know where to send its webhooks.");
      return;
    }
    byte[] bytes = new byte[24];
    random.nextBytes(bytes);
    String state = HexFormat.of().formatHex(bytes);
    states.put(state, true);
    String organisation = Optional.ofNullable(context.queryParam("org"))
        .filter(o -> o.matches("[A-Za-z0-9-]{1,39}"))
        .orElse("");
    pages.render(
        context,
        "setup.jte",
        Map.of(
            "action",
            action(organisation, state),
            "manifest",
            manifest(publicUrl.get()),
            "organisation",
            organisation),
        web());
  }

  private String action(String organisation, String state) {
    String owner = organisation.isEmpty() ? "" : "/organizations/" + organisation;
    return web() + owner + "/settings/apps/new?state=" + state;
  }

  /** Where people see GitHub: beside the API. */
  private String web() {
    if (apiUrl.equals(PUBLIC_API)) {
      return "https://github.com";
    }
    return apiUrl.toString().replaceAll("/api/v3/?$", "");
  }

  private void done(Context context) {
    if (!pages.isAllowed(context)) {
      return;
    }
    String state = Optional.ofNullable(context.queryParam("state")).orElse("");
    String code = Optional.ofNullable(context.queryParam("code")).orElse("");
    if (states.asMap().remove(state) == null || !code.matches("[A-Za-z0-9_-]{1,200}")) {
      context
          .status(400)
          .result(
              "This page is reached from /setup/github, once, within an hour. Begin there again.");
      return;
    }
    try {
      Registered app = GitHubForge.register(apiUrl, code);
      pages.render(context, "setup-done.jte", Map.of("app", app), "'none'");
    } catch (ForgeException e) {
      context.status(502).result("GitHub did not hand over the app: " + e.getMessage());
    }
  }

  /** The app's description as GitHub takes it. */
  static String manifest(String publicUrl) {
    try {
      JsonNode yaml =
          new ObjectMapper(new YAMLFactory()).readTree(Pages.resource("/app-manifest.yml"));
      return new ObjectMapper().writeValueAsString(yaml).replace("{public_url}", publicUrl);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the app's manifest cannot be read", e);
    }
  }
}
