package dev.plimsoll.forge.github;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tells GitHub's deliveries from everybody else's. */
public final class GitHubWebhook {

  /** GitHub's own bound for a payload, in bytes. */
  public static final int MOST_BYTES = 25 * 1024 * 1024;

  private static final String PREFIX = "sha256=";

  private final List<String> secrets;

  public GitHubWebhook(GitHubApp app) {
    this.secrets = app.webhookSecrets();
  }

  /**
   * Whether the body was signed with one of the app's secrets.
   *
   * @param signature the header {@code X-Hub-Signature-256}; the older SHA-1 header does not count
   * @param body as it came, byte for byte
   */
  public boolean isAuthentic(Optional<String> signature, byte[] body) {
    if (body.length > MOST_BYTES || signature.filter(s -> s.startsWith(PREFIX)).isEmpty()) {
      return false;
    }
    byte[] given;
    try {
      given = HexFormat.of().parseHex(signature.get().substring(PREFIX.length()));
    } catch (IllegalArgumentException e) {
      return false;
    }
    boolean authentic = false;
    for (String secret : secrets) {
      // Every secret is tried, in constant time each
      authentic |= MessageDigest.isEqual(given, sign(secret, body));
    }
    return authentic;
  }

  private static byte[] sign(String secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no HMAC-SHA256", e);
    }
  }
}
