package dev.plimsoll.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerSettingsTest {

  private static final Map<String, String> GITLAB = Map.of(
      "PLIMSOLL_GITLAB_TOKEN", "glpat-secret", "PLIMSOLL_GITLAB_WEBHOOK_SECRET", "hook-secret");

  @TempDir
  private Path directory;

  @Test
  void aTokenAndASecretAreEnough() {
    ServerSettings settings = ServerSettings.from(GITLAB);

    assertThat(settings.port()).isEqualTo(8080);
    assertThat(settings.databaseUrl()).isEqualTo("jdbc:sqlite:data/plimsoll.db");
    assertThat(settings.github()).isEmpty();
    assertThat(settings.gitlab())
        .contains(new ServerSettings.GitLab("https://gitlab.com", "glpat-secret", "hook-secret"));
    assertThat(settings.allowPrivateCatalogs()).isFalse();
  }

  @Test
  void aSecretMayStandInAFile() throws IOException {
    Path file = Files.writeString(directory.resolve("token"), "from-file\n");
    Map<String, String> environment = with(Map.of("PLIMSOLL_GITLAB_TOKEN_FILE", file.toString()));
    environment.remove("PLIMSOLL_GITLAB_TOKEN");

    assertThat(ServerSettings.from(environment).gitlab().orElseThrow().token())
        .isEqualTo("from-file");
  }

  @Test
  void whatIsWrongIsSaidAllAtOnce() {
    Map<String, String> environment = with(Map.of(
        "PLIMSOLL_PORT", "eighty",
        "PLIMSOLL_DATABASE_URL", "jdbc:oracle:x",
        "PLIMSOLL_GITLAB_TOKEN_FILE", "/nowhere/token",
        "PLIMSOLL_GITHUB_APP_ID", "1"));

    assertThatThrownBy(() -> ServerSettings.from(environment))
        .isInstanceOf(ServerSettings.Invalid.class)
        .hasMessageContaining("PLIMSOLL_PORT is \"eighty\"")
        .hasMessageContaining("PLIMSOLL_DATABASE_URL must begin with")
        .hasMessageContaining("both PLIMSOLL_GITLAB_TOKEN and PLIMSOLL_GITLAB_TOKEN_FILE are set")
        .hasMessageContaining("PLIMSOLL_GITHUB_PRIVATE_KEY")
        .hasMessageContaining("PLIMSOLL_GITHUB_WEBHOOK_SECRET");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Map<String, String> environment = new HashMap<>(Map.of(
        "PLIMSOLL_GITLAB_TOKEN_FILE", "/nowhere/token", "PLIMSOLL_GITLAB_WEBHOOK_SECRET", "x"));

    assertThatThrownBy(() -> ServerSettings.from(environment))
        .hasMessageContaining("/nowhere/token cannot be read");
  }

  @Test
  void withoutAForgeItSaysWhatToSet() {
    assertThatThrownBy(() -> ServerSettings.from(Map.of("PLIMSOLL_GITLAB_TOKEN", "  ")))
        .hasMessageContaining("no forge is configured");
  }

  @Test
  void secretsAreNotPrinted() {
    Map<String, String> environment = with(Map.of(
        "PLIMSOLL_GITHUB_APP_ID", "1",
        "PLIMSOLL_GITHUB_PRIVATE_KEY", "key-secret",
        "PLIMSOLL_GITHUB_WEBHOOK_SECRET", "other-secret"));
    ServerSettings settings = ServerSettings.from(environment);

    assertThat(settings.github().toString() + settings.gitlab()).doesNotContain("secret");
  }

  private static Map<String, String> with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(GITLAB);
    all.putAll(more);
    return all;
  }
}
