package dev.plimsoll.forge.gitlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class GitLabWebhookTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final byte[] KEY =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] OTHER =
      "fedcba9876543210fedcba9876543210".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BODY = "{\"object_kind\":\"note\"}".getBytes(StandardCharsets.UTF_8);

  @Test
  void aPlainSecretOpensTheDoor() {
    GitLabWebhook webhook = webhook("sesame");

    assertThat(webhook.isAuthentic(headers("X-Gitlab-Token", "sesame"), BODY)).isTrue();
    assertThat(webhook.isAuthentic(headers("X-Gitlab-Token", "sesam"), BODY)).isFalse();
    assertThat(webhook.isAuthentic(headers("X-Gitlab-Token", ""), BODY)).isFalse();
    assertThat(webhook.isAuthentic(headers(), BODY)).isFalse();
  }

  @Test
  void theFormerSecretCountsWhileItIsChanged() {
    GitLabWebhook webhook = webhook("new", "old");

    assertThat(webhook.isAuthentic(headers("X-Gitlab-Token", "old"), BODY)).isTrue();
    assertThat(webhook.isAuthentic(headers("X-Gitlab-Token", "new"), BODY)).isTrue();
  }

  @Test
  void withoutASecretNobodyComesIn() {
    assertThat(webhook().isAuthentic(headers("X-Gitlab-Token", ""), BODY)).isFalse();
    assertThat(webhook().isAuthentic(signed(KEY, NOW), BODY)).isFalse();
  }

  @Test
  void aSignatureOpensTheDoor() {
    assertThat(webhook(secret(KEY)).isAuthentic(signed(KEY, NOW), BODY)).isTrue();
    assertThat(webhook(secret(KEY)).isAuthentic(signed(OTHER, NOW), BODY)).isFalse();
    assertThat(webhook(secret(KEY), secret(OTHER)).isAuthentic(signed(OTHER, NOW), BODY))
        .isTrue();
    assertThat(webhook(secret(KEY))
            .isAuthentic(signed(KEY, NOW), "{}".getBytes(StandardCharsets.UTF_8)))
        .isFalse();
  }

  @Test
  void oneOfSeveralSignaturesIsEnough() {
    Map<String, String> headers = new HashMap<>(signedHeaders(OTHER, NOW));
    headers.merge(
        "webhook-signature",
        signedHeaders(KEY, NOW).get("webhook-signature"),
        (a, b) -> a + " " + b);

    assertThat(webhook(secret(KEY)).isAuthentic(lookup(headers), BODY)).isTrue();
  }

  @Test
  void aSignatureIsGoodForFiveMinutes() {
    GitLabWebhook webhook = webhook(secret(KEY));

    assertThat(webhook.isAuthentic(signed(KEY, NOW.minusSeconds(299)), BODY)).isTrue();
    assertThat(webhook.isAuthentic(signed(KEY, NOW.minusSeconds(301)), BODY)).isFalse();
    assertThat(webhook.isAuthentic(signed(KEY, NOW.plusSeconds(301)), BODY)).isFalse();
  }

  @Test
  void theTokenDoesNotMendAWrongSignature() {
    GitLabWebhook webhook = webhook("sesame", secret(KEY));
    Map<String, String> headers = new HashMap<>(signedHeaders(OTHER, NOW));
    headers.put("X-Gitlab-Token", "sesame");

    assertThat(webhook.isAuthentic(lookup(headers), BODY)).isFalse();
    assertThat(webhook.isAuthentic(headers("X-Gitlab-Token", "sesame"), BODY))
        .as("an older server signs nothing")
        .isTrue();
  }

  @Test
  void theTokenDoesNotReplaceASignatureThatIsDemanded() {
    assertThat(webhook(secret(KEY)).isAuthentic(headers("X-Gitlab-Token", secret(KEY)), BODY))
        .isFalse();
  }

  @Test
  void malformedHeadersAreNotAuthentic() {
    for (String name : List.of("webhook-id", "webhook-timestamp", "webhook-signature")) {
      for (String value : List.of("", "x", "v1,", "v1,???", "-1", "99999999999999999999")) {
        Map<String, String> headers = new HashMap<>(signedHeaders(KEY, NOW));
        headers.put(name, value);
        assertThat(webhook(secret(KEY)).isAuthentic(lookup(headers), BODY))
            .as(name + ": " + value)
            .isFalse();
        headers.remove(name);
        assertThat(webhook(secret(KEY)).isAuthentic(lookup(headers), BODY)).isFalse();
      }
    }
  }

  @Test
  void theDeliveryIsNamedByWhatStaysTheSame() {
    GitLabWebhook webhook = webhook("sesame");
    Map<String, String> headers = new HashMap<>(Map.of(
        "X-Gitlab-Webhook-UUID", "new-with-every-request",
        "X-Gitlab-Event-UUID", "event",
        "Idempotency-Key", "key",
        "webhook-id", "id"));

    assertThat(webhook.deliveryId(lookup(headers))).contains("id");
    headers.remove("webhook-id");
    assertThat(webhook.deliveryId(lookup(headers))).contains("key");
    headers.remove("Idempotency-Key");
    assertThat(webhook.deliveryId(lookup(headers))).contains("event");
    headers.remove("X-Gitlab-Event-UUID");
    assertThat(webhook.deliveryId(lookup(headers))).isEmpty();
  }

  @Test
  void saysWhatIsWrongWithASecretWithoutShowingIt() {
    for (String secret : List.of("whsec_", "whsec_!!!", "whsec_c2hvcnQ=")) {
      assertThatThrownBy(() -> webhook(secret))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("A GitLab signing secret is whsec_ and a key of 24 bytes or more in base64");
    }
    assertThatThrownBy(() -> webhook(" ")).hasMessageContaining("let everybody in");
    assertThatThrownBy(() -> GitLabSettings.of(URI.create("gitlab.com"), "t", List.of()))
        .hasMessageContaining("Not the URL of a GitLab");
    assertThatThrownBy(() -> GitLabSettings.of(GitLabSettings.PUBLIC, "glpat-1\nX: y", List.of()))
        .hasMessageNotContaining("glpat");
    assertThat(GitLabSettings.of(URI.create("https://host/gitlab/"), "glpat-1", List.of("s")))
        .hasToString("GitLabSettings[https://host/gitlab]")
        .returns(URI.create("https://host/gitlab/api/v4"), GitLabSettings::apiUrl);
  }

  private static GitLabWebhook webhook(String... secrets) {
    return new GitLabWebhook(
        GitLabSettings.of(GitLabSettings.PUBLIC, "glpat-1", List.of(secrets)),
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static String secret(byte[] key) {
    return "whsec_" + Base64.getEncoder().encodeToString(key);
  }

  private static Function<String, Optional<String>> signed(byte[] key, Instant at) {
    return lookup(signedHeaders(key, at));
  }

  private static Map<String, String> signedHeaders(byte[] key, Instant at) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(("msg-1." + at.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
      String signature = Base64.getEncoder().encodeToString(mac.doFinal(BODY));
      return Map.of(
          "webhook-id",
          "msg-1",
          "webhook-timestamp",
          Long.toString(at.getEpochSecond()),
          "webhook-signature",
          "v1," + signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Function<String, Optional<String>> headers(String... nameAndValue) {
    return lookup(nameAndValue.length == 0 ? Map.of() : Map.of(nameAndValue[0], nameAndValue[1]));
  }

  private static Function<String, Optional<String>> lookup(Map<String, String> headers) {
    Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    anyCase.putAll(headers);
    return name -> Optional.ofNullable(anyCase.get(name));
  }
}
