package dev.plimsoll.forge.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class GitHubAppTest {

  @Test
  void takesTheKeyInEveryFormThatPeopleHaveIt() {
    for (String pem : List.of(
        Keys.pkcs1(),
        Keys.pkcs8(),
        Keys.pkcs1().replace("\n", "\\n"),
        Keys.pkcs8().replaceAll("\\s+(?=[^-]*-----END)", ""))) {
      assertThat(PemKey.read(pem)).isEqualTo(Keys.PAIR.getPrivate());
    }
  }

  @Test
  void saysThatAKeyIsBadWithoutRepeatingIt() {
    String damaged = Keys.pkcs1().replaceFirst("MII", "AAA");

    assertThatThrownBy(() -> PemKey.read(damaged))
        .hasMessageContaining("damaged")
        .hasNoCause();
    assertThatThrownBy(() -> PemKey.read("/etc/keys/app.pem"))
        .hasMessageContaining("PEM")
        .hasMessageNotContaining("/etc");
  }

  @Test
  void findsGraphQlOnGitHubAndOnOnesOwnServer() {
    assertThat(app("https://api.github.com").graphqlUrl())
        .isEqualTo(URI.create("https://api.github.com/graphql"));
    assertThat(app("https://git.example.com/api/v3/").graphqlUrl())
        .isEqualTo(URI.create("https://git.example.com/api/graphql"));
  }

  @Test
  void refusesSettingsThatWouldNotDo() {
    assertThatThrownBy(() -> app("git.example.com")).hasMessageContaining("git.example.com");
    assertThatThrownBy(
            () -> new GitHubApp(GitHubApp.PUBLIC_API, "1", Keys.PAIR.getPrivate(), List.of(" ")))
        .hasMessageContaining("empty webhook secret");
    assertThat(app("https://api.github.com").toString()).doesNotContain("secret");
  }

  @Test
  void signsForNineMinutesFromAMinuteAgo() throws Exception {
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    String[] jwt = new AppJwt(app("https://api.github.com"), Clock.fixed(now, ZoneOffset.UTC))
        .sign()
        .split("\\.");

    JsonNode claims = Json.REST.readTree(Base64.getUrlDecoder().decode(jwt[1]));
    assertThat(claims.path("iss").asText()).isEqualTo("4711");
    assertThat(claims.path("iat").asLong()).isEqualTo(now.getEpochSecond() - 60);
    assertThat(claims.path("exp").asLong()).isEqualTo(now.getEpochSecond() + 540);
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(Keys.PAIR.getPublic());
    signature.update((jwt[0] + "." + jwt[1]).getBytes(StandardCharsets.US_ASCII));
    assertThat(signature.verify(Base64.getUrlDecoder().decode(jwt[2]))).isTrue();
  }

  private static GitHubApp app(String url) {
    return new GitHubApp(URI.create(url), "4711", Keys.PAIR.getPrivate(), List.of("a-secret"));
  }
}
