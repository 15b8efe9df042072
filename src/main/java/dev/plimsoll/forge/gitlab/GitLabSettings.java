package dev.plimsoll.forge.gitlab;

import java.net.URI;
import java.util.Base64;
import java.util.List;

/**
 * Which GitLab, and as whom.
 *
 * @param url {@code https://gitlab.com}, or that of one's own server, with its path if it has one
 * @param token a personal, group or project access token with the scope {@code api}; its user needs the role Developer
 * @param webhookTokens plain secrets, which GitLab sends as {@code X-Gitlab-Token}: the new one and the old one while it is changed
 * @param signingSecrets what newer servers sign deliveries with, {@code whsec_} and the key in base64
 */
public record GitLabSettings(
    URI url, String token, List<String> webhookTokens, List<String> signingSecrets) {

  public static final URI PUBLIC = URI.create("https://gitlab.com");

  static final String SIGNING_PREFIX = "whsec_";

  /** Standard Webhooks asks for 24 to 64 bytes; GitLab makes 32. */
  private static final int LEAST_KEY_BYTES = 24;

  public GitLabSettings {
    if (url.getHost() == null
        || !List.of("http", "https").contains(String.valueOf(url.getScheme()))) {
      throw new IllegalArgumentException("Not the URL of a GitLab: " + url);
    }
    url = URI.create(url.toString().replaceAll("/+$", ""));
    if (!token.matches("[\\x21-\\x7e]+")) {
      throw new IllegalArgumentException(
          "The GitLab token is empty, or holds characters that no token has");
    }
    webhookTokens = List.copyOf(webhookTokens);
    signingSecrets = List.copyOf(signingSecrets);
    if (webhookTokens.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("An empty webhook secret would let everybody in");
    }
    signingSecrets.forEach(GitLabSettings::key);
  }

  /**
   * @param webhookSecrets of either kind; one that begins with {@code whsec_} is a signing secret
   * @throws IllegalArgumentException saying what is wrong, without any part of a secret
   */
  public static GitLabSettings of(URI url, String token, List<String> webhookSecrets) {
    List<String> secrets = webhookSecrets.stream().map(String::strip).toList();
    return new GitLabSettings(
        url,
        token.strip(),
        secrets.stream().filter(s -> !s.startsWith(SIGNING_PREFIX)).toList(),
        secrets.stream().filter(s -> s.startsWith(SIGNING_PREFIX)).toList());
  }

  static byte[] key(String signingSecret) {
    try {
      byte[] key = Base64.getDecoder().decode(signingSecret.substring(SIGNING_PREFIX.length()));
      if (signingSecret.startsWith(SIGNING_PREFIX) && key.length >= LEAST_KEY_BYTES) {
        return key;
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      // Said below, without the secret
    }
    throw new IllegalArgumentException(
        "A GitLab signing secret is whsec_ and a key of 24 bytes or more in base64");
  }

  URI apiUrl() {
    return URI.create(url + "/api/v4");
  }

  @Override
  public String toString() {
    return "GitLabSettings[" + url + "]";
  }
}
