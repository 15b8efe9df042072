package dev.plimsoll.forge.github;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GitHubWebhookTest {

  /** The example in GitHub's documentation on validating deliveries. */
  private static final String SECRET = "It's a Secret to Everybody";

  private static final byte[] BODY = "Hello, World!".getBytes(StandardCharsets.UTF_8);
  private static final String SIGNATURE =
      "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

  @Test
  void acceptsWhatGitHubSigned() {
    assertThat(authentic(SIGNATURE, SECRET)).isTrue();
    assertThat(authentic(SIGNATURE, "the new one", SECRET)).isTrue();
  }

  @Test
  void refusesEverythingElse() {
    assertThat(authentic(SIGNATURE, "another secret")).isFalse();
    assertThat(authentic(SIGNATURE)).as("no secret is set").isFalse();
    assertThat(authentic(SIGNATURE.replace("757", "857"), SECRET)).isFalse();
    assertThat(authentic(SIGNATURE.substring(0, 40), SECRET)).isFalse();
    assertThat(authentic("sha256=", SECRET)).isFalse();
    assertThat(authentic("sha256=no hex", SECRET)).isFalse();
    assertThat(authentic(SIGNATURE.replace("sha256=", "sha1="), SECRET)).isFalse();
    assertThat(authentic(SIGNATURE.substring("sha256=".length()), SECRET)).isFalse();
    assertThat(webhook(SECRET).isAuthentic(Optional.empty(), BODY)).isFalse();
    assertThat(webhook(SECRET)
            .isAuthentic(Optional.of(SIGNATURE), "Hello, World".getBytes(StandardCharsets.UTF_8)))
        .isFalse();
  }

  private static boolean authentic(String signature, String... secrets) {
    return webhook(secrets).isAuthentic(Optional.of(signature), BODY);
  }

  private static GitHubWebhook webhook(String... secrets) {
    return new GitHubWebhook(
        new GitHubApp(GitHubApp.PUBLIC_API, "1", Keys.PAIR.getPrivate(), List.of(secrets)));
  }
}
