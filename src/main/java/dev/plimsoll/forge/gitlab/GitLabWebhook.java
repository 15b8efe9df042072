package dev.plimsoll.forge.gitlab;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tells GitLab's deliveries from everybody else's. */
public final class GitLabWebhook {

  /** In bytes. GitLab sends less. */
  public static final int MOST_BYTES = 25 * 1024 * 1024;

  /** How far a signature's time may be from ours: an older one may have been recorded by somebody. */
  private static final Duration VALID = Duration.ofMinutes(5);

  private final GitLabSettings settings;
  private final Clock clock;

  public GitLabWebhook(GitLabSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Whether the delivery carries one of the secrets. Where there is a signing secret and the delivery is signed, only the signature counts;
   * without any secret nothing is authentic.
   *
   * @param header a header's value by its name
   * @param body as it came, byte for byte
   */
  public boolean isAuthentic(Function<String, Optional<String>> header, byte[] body) {
    if (body.length > MOST_BYTES) {
      return false;
    }
    Optional<String> signature = header.apply("webhook-signature");
    return signature.isPresent() && !settings.signingSecrets().isEmpty()
        ? isSigned(header, signature.get(), body)
        : header.apply("X-Gitlab-Token").filter(this::isKnownToken).isPresent();
  }

  /** Every secret is compared, in constant time each. */
  private boolean isKnownToken(String given) {
    byte[] bytes = given.getBytes(StandardCharsets.UTF_8);
    boolean known = false;
    for (String token : settings.webhookTokens()) {
      known |= MessageDigest.isEqual(bytes, token.getBytes(StandardCharsets.UTF_8));
    }
    return known;
  }

  private boolean isSigned(
      Function<String, Optional<String>> header, String signatures, byte[] body) {
    Optional<String> id = header.apply("webhook-id").filter(i -> i.length() <= 200);
    Optional<String> time = header.apply("webhook-timestamp").filter(t -> t.matches("\\d{1,11}"));
    if (id.isEmpty() || time.isEmpty() || signatures.length() > 4_000) {
      return false;
    }
    Duration age =
        Duration.between(Instant.ofEpochSecond(Long.parseLong(time.get())), clock.instant());
    if (age.abs().compareTo(VALID) > 0) {
      return false;
    }
    boolean signed = false;
    for (String secret : settings.signingSecrets()) {
      byte[] expected = sign(secret, id.get() + "." + time.get() + ".", body);
      for (String signature : signatures.split(" ")) {
        signed |=
            signature.startsWith("v1,") && MessageDigest.isEqual(expected, decoded(signature));
      }
    }
    return signed;
  }

  private static byte[] decoded(String signature) {
    try {
      return Base64.getDecoder().decode(signature.substring("v1,".length()));
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static byte[] sign(String secret, String prefix, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(GitLabSettings.key(secret), "HmacSHA256"));
      mac.update(prefix.getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no HMAC-SHA256", e);
    }
  }

  /** What is the same when a delivery is sent again. {@code X-Gitlab-Webhook-UUID} is not: it is new with every request. */
  public Optional<String> deliveryId(Function<String, Optional<String>> header) {
    return Stream.of("webhook-id", "Idempotency-Key", "X-Gitlab-Event-UUID")
        .flatMap(name -> header.apply(name).stream())
        .map(String::strip)
        .filter(id -> id.matches("[\\x21-\\x7e]{1,200}"))
        .findFirst();
  }
}
