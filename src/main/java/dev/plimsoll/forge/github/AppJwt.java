package dev.plimsoll.forge.github;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** What the app proves itself with. GitHub takes it for ten minutes at most, and counts with clocks that differ. */
final class AppJwt {

  private static final Duration BACKDATED = Duration.ofSeconds(60);
  private static final Duration VALID = Duration.ofMinutes(9);

  private final GitHubApp app;
  private final Clock clock;

  AppJwt(GitHubApp app, Clock clock) {
    this.app = app;
    this.clock = clock;
  }

  String sign() {
    Instant now = clock.instant();
    String header = encoded("{\"alg\":\"RS256\",\"typ\":\"JWT\"}");
    String claims = encoded("{\"iat\":%d,\"exp\":%d,\"iss\":\"%s\"}"
        .formatted(
            now.minus(BACKDATED).getEpochSecond(), now.plus(VALID).getEpochSecond(), app.appId()));
    String signed = header + "." + claims;
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(app.privateKey());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "."
          + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The GitHub app's private key cannot sign", e);
    }
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
