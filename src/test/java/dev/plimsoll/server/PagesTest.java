package dev.plimsoll.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.server.storage.ReviewLog;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagesTest {

  private static final String TARGET = "github:acme/shop#1";
  private static final String EVIL = "<script>alert('t')</script>";

  @TempDir
  private Path directory;

  @Test
  void withoutATokenInTheConfigurationThereAreNoPages() throws Exception {
    try (RunningServer server = new RunningServer(directory, Optional.empty())) {
      remember(server, "A title");

      HttpResponse<String> response = server.send(authorized(server.request("/"), "anything"));

      assertThat(response.statusCode()).isEqualTo(403);
      assertThat(response.body()).doesNotContain("A title");
    }
  }

  @Test
  void theTokenIsAskedForAsAPassword() throws Exception {
    try (RunningServer server = new RunningServer(directory, Optional.of("s3cret"))) {
      remember(server, "A title");

      for (String path : new String[] {"/", Pages.pathOf(TARGET)}) {
        HttpResponse<String> without = server.send(server.request(path));
        assertThat(without.statusCode()).isEqualTo(401);
        assertThat(without.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(server.send(authorized(server.request(path), "s3cre")).statusCode())
            .isEqualTo(401);
        assertThat(server
                .send(server.request(path).header("Authorization", "Basic %%%"))
                .statusCode())
            .isEqualTo(401);

        HttpResponse<String> with = server.send(authorized(server.request(path), "s3cret"));
        assertThat(with.statusCode()).isEqualTo(200);
        assertThat(with.body()).contains("A title");
      }
    }
  }

  @Test
  void whatStrangersWroteIsTextAndRunsNothing() throws Exception {
    try (RunningServer server = new RunningServer(directory, Optional.of("s3cret"))) {
      remember(server, EVIL);

      for (String path : new String[] {"/", Pages.pathOf(TARGET)}) {
        HttpResponse<String> page = server.send(authorized(server.request(path), "s3cret"));
        assertThat(page.body())
            .doesNotContain("<script>")
            .doesNotContain("<img")
            .doesNotContain("\"javascript:");
        assertThat(page.body()).contains("&lt;script&gt;");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
            .contains("default-src 'none'");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
      }
    }
  }

  @Test
  void theFewTagsOfPlimsollsOwnAreKept() {
    assertThat(
            MarkdownHtml.of(
                "<details><summary>1 table</summary>\n\n| a |\n|---|\n| b |\n\n</details>\n\n<!-- x -->"))
        .contains("<details><summary>1 table</summary>", "<td>b</td>", "</details>")
        .doesNotContain("<!--");
    assertThat(MarkdownHtml.of("<details onclick=x>\n<iframe src=y>"))
        .doesNotContain("<details")
        .doesNotContain("<iframe");
  }

  @Test
  void aReviewThatIsNotThereIsNotFound() throws Exception {
    try (RunningServer server = new RunningServer(directory, Optional.of("s3cret"))) {
      assertThat(
              server.send(authorized(server.request("/review?of=x"), "s3cret")).statusCode())
          .isEqualTo(404);
      assertThat(server.send(authorized(server.request("/review"), "s3cret")).statusCode())
          .isEqualTo(404);
    }
  }

  private static void remember(RunningServer server, String title) {
    server.reviews.put(new ReviewLog.Entry(
        TARGET,
        ForgeKind.GITHUB,
        "acme/shop",
        "a".repeat(40),
        title,
        "https://github.com/acme/shop/pull/1",
        "anna" + EVIL,
        "held",
        "1 finding " + EVIL,
        "**Held.** " + EVIL + " <img src=x onerror=alert(1)> [here](javascript:alert(2))",
        Instant.now()));
  }

  private static HttpRequest.Builder authorized(HttpRequest.Builder request, String password) {
    byte[] pair = ("admin:" + password).getBytes(StandardCharsets.UTF_8);
    return request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }
}
