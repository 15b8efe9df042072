package dev.plimsoll.forge.github;

import java.net.URI;
import java.security.PrivateKey;
import java.util.List;

/**
 * Which app Plimsoll is, and on which GitHub.
 *
 * @param apiUrl {@code https://api.github.com}, or {@code https://HOST/api/v3} on GitHub Enterprise Server
 * @param appId the app's number, or its client id
 * @param webhookSecrets what deliveries may be signed with: the new one and the old one while a secret is changed
 */
public record GitHubApp(
    URI apiUrl, String appId, PrivateKey privateKey, List<String> webhookSecrets) {

  public static final URI PUBLIC_API = URI.create("https://api.github.com");

  public GitHubApp {
    if (apiUrl.getHost() == null
        || !List.of("http", "https").contains(String.valueOf(apiUrl.getScheme()))) {
      throw new IllegalArgumentException("Not the URL of a GitHub API: " + apiUrl);
    }
    if (!appId.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new IllegalArgumentException("Not an app id or client id: " + appId);
    }
    apiUrl = URI.create(apiUrl.toString().replaceAll("/+$", ""));
    webhookSecrets = List.copyOf(webhookSecrets);
    if (webhookSecrets.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("An empty webhook secret would let everybody in");
    }
  }

  /**
   * @param privateKey PEM, PKCS#1 as GitHub gives it or PKCS#8
   * @throws IllegalArgumentException saying what is wrong, without any part of the key
   */
  public static GitHubApp of(
      URI apiUrl, String appId, String privateKey, List<String> webhookSecrets) {
    return new GitHubApp(apiUrl, appId.strip(), PemKey.read(privateKey), webhookSecrets);
  }

  /** On a server of one's own the REST API is at {@code /api/v3} and GraphQL beside it. */
  URI graphqlUrl() {
    String rest = apiUrl.toString();
    return URI.create(
        rest.endsWith("/api/v3")
            ? rest.substring(0, rest.length() - "v3".length()) + "graphql"
            : rest + "/graphql");
  }

  @Override
  public String toString() {
    return "GitHubApp[" + appId + " on " + apiUrl + "]";
  }
}
