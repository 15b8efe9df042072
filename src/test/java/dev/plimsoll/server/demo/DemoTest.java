package dev.plimsoll.server.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole demo, by HTTP: page, forge in memory, webhooks, inbox, queue, review, comments, checks. */
class DemoTest {

  private static Demo demo;
  private static Visitor visitor;

  @BeforeAll
  static void start(@TempDir Path data) throws IOException {
    demo = Demo.start(0, data);
    visitor = new Visitor(demo.url());
  }

  @AfterAll
  static void end() {
    demo.close();
  }

  @BeforeEach
  void startOver() {
    Scenarios.all().forEach(s -> visitor.post("/changes/" + s.slug() + "/restart", Map.of()));
  }

  @Test
  void theStoryFailsAndHasASafeWay() {
    Visitor.Look story = visitor.settled("required-column");
    assertThat(story.checks())
        .containsEntry("plimsoll", "failed")
        .containsEntry("plimsoll/checklist", "failed");
    assertThat(story.titles())
        .containsEntry("plimsoll", "1 blocking finding on orders (200 million rows)")
        .containsEntry("plimsoll/checklist", "1 of 7 items open: alternative");
    assertThat(story.parts().get("files"))
        .contains("This statement fails in production.")
        .contains("The 5 migrations");
    assertThat(story.conversation()).contains("Written by AI: here, advice holds the merge too.");
  }

  @Test
  void theOtherFourAreWhatTheySayTheyAre() {
    assertThat(visitor.settled("index").titles())
        .containsEntry("plimsoll", "1 blocking finding on orders (200 million rows)")
        .containsEntry("plimsoll/checklist", "3 of 7 items open: alternative, snapshot, window");
    assertThat(visitor.settled("foreign-key").titles())
        .containsEntry("plimsoll", "1 blocking finding on orders and payments")
        .containsEntry("plimsoll/checklist", "3 of 7 items open: alternative, snapshot, window");
    Visitor.Look typeChange = visitor.settled("type-change");
    assertThat(typeChange.titles())
        .containsEntry("plimsoll", "1 blocking finding on orders (200 million rows)")
        .containsEntry("plimsoll/checklist", "3 of 7 items open: alternative, snapshot, window");
    assertThat(typeChange.parts().get("files")).contains("rewrite of 84 GB");
    Visitor.Look calm = visitor.settled("new-table");
    assertThat(calm.checks())
        .containsEntry("plimsoll", "passed")
        .containsEntry("plimsoll/checklist", "passed");
    assertThat(calm.parts().get("files")).doesNotContain("class=\"thread");
  }

  @Test
  void theCorrectedMigrationAndTheAnswersThatItAsksForMakeEverythingGreen() {
    for (Scenario scenario : Scenarios.all()) {
      if (scenario.corrected().isEmpty()) {
        continue;
      }
      visitor.settled(scenario.slug());
      visitor.post("/changes/" + scenario.slug() + "/push", Map.of());
      Visitor.Look pushed = visitor.when(
          scenario.slug(), l -> l.settled() && l.checks().get("plimsoll").equals("passed"));
      assertThat(pushed.checks()).as(scenario.slug()).containsEntry("plimsoll/checklist", "failed");
      scenario.remarks().stream()
          .filter(r -> r.text().startsWith("/plimsoll answer ")
              && asksFor(pushed, r.text().split(" ")[2]))
          .forEach(r -> visitor.says(r.login(), scenario.slug(), r.text()));
      Visitor.Look green = visitor.when(
          scenario.slug(),
          l -> l.settled() && l.checks().get("plimsoll/checklist").equals("passed"));
      assertThat(green.parts().get("checks")).as(scenario.slug()).contains("this can be merged");
    }
  }

  private static boolean asksFor(Visitor.Look look, String item) {
    return look.titles().get("plimsoll/checklist").contains(item);
  }

  @Test
  void theFirstVersionCanBePushedAgainAndIsWorse() {
    visitor.settled("index");
    visitor.post("/changes/index/push", Map.of());
    visitor.when("index", l -> l.settled() && l.checks().get("plimsoll").equals("passed"));
    visitor.post("/changes/index/push", Map.of());
    Visitor.Look worse =
        visitor.when("index", l -> l.settled() && l.checks().get("plimsoll").equals("failed"));
    assertThat(worse.conversation()).contains("The last push made it worse");
  }

  @Test
  void aCommandGetsItsReply() {
    visitor.settled("index");
    visitor.says("kim", "index", "/plimsoll explain index-blocks-writes");
    assertThat(visitor.settled("index").conversation())
        .contains("CREATE INDEX locks out writers so that it can read the table once.")
        .contains("Plimsoll has done it");
  }

  @Test
  void aButtonOfACheckIsAnsweredInTheConversation() {
    visitor.settled("index");
    visitor.post("/changes/index/buttons", Map.of("as", "kim", "button", "ask-dba"));
    visitor.when(
        "index", l -> l.conversation().contains("a review of these migrations is asked for"));
    assertThat(visitor
            .post("/changes/index/buttons", Map.of("as", "kim", "button", "launch"))
            .statusCode())
        .isEqualTo(404);
  }

  @Test
  void onlyAnAdministratorMayOverride() {
    visitor.settled("index");
    visitor.says("kim", "index", "/plimsoll override index-blocks-writes trust me");
    Visitor.Look refused = visitor.settled("index");
    assertThat(refused.conversation())
        .contains("You may not use")
        .contains("Plimsoll has not done it");
    assertThat(refused.checks()).containsEntry("plimsoll", "failed");

    visitor.says(
        "omar", "index", "/plimsoll override index-blocks-writes The shop is closed on Sunday");
    assertThat(visitor.settled("index").checks()).containsEntry("plimsoll", "passed");
  }

  @Test
  void startingOverForgetsWhatWasDecided() {
    visitor.settled("index");
    visitor.says(
        "omar", "index", "/plimsoll override index-blocks-writes The shop is closed on Sunday");
    assertThat(visitor.settled("index").checks()).containsEntry("plimsoll", "passed");
    HttpResponse<String> answer = visitor.post("/changes/index/restart", Map.of());
    assertThat(answer.statusCode()).isEqualTo(303);
    Visitor.Look fresh = visitor.settled("index");
    assertThat(fresh.checks()).containsEntry("plimsoll", "failed");
    assertThat(fresh.conversation()).doesNotContain("The shop is closed");
  }

  @Test
  void aVisitorsMarkupIsShownAsText() {
    visitor.settled("new-table");
    visitor.says(
        "kim",
        "new-table",
        "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)> [here](javascript:alert(1))");
    assertThat(visitor.look("new-table").conversation())
        .contains("&lt;script&gt;")
        .doesNotContain("<script")
        .doesNotContain("<img src=x")
        .doesNotContain("javascript:");
  }

  @Test
  void anotherSiteCannotWrite() {
    Map<String, String> form = Map.of("as", "omar", "body", "/plimsoll help");
    assertThat(visitor.postWithout("/changes/index/comments", form).statusCode())
        .isEqualTo(403);
    Map<String, String> withToken =
        Map.of("as", "omar", "body", "/plimsoll help", "token", visitor.token());
    assertThat(visitor
            .postWithout("/changes/index/comments", withToken, "Origin", "https://evil.example")
            .statusCode())
        .isEqualTo(403);
    assertThat(visitor
            .postWithout("/changes/index/comments", withToken, "Sec-Fetch-Site", "cross-site")
            .statusCode())
        .isEqualTo(403);
    assertThat(visitor.look("index").conversation()).doesNotContain("/plimsoll help</p>");
  }

  /** A name that somebody lets point to this machine, so that their page may read what the demo answers. */
  @Test
  void anotherNameForThisMachineIsNotAnswered() throws IOException {
    assertThat(rawGet("evil.example:" + demo.url().getPort())).startsWith("HTTP/1.1 421");
    assertThat(rawGet("127.0.0.1:" + demo.url().getPort())).startsWith("HTTP/1.1 200");
    assertThat(rawGet("localhost:" + demo.url().getPort())).startsWith("HTTP/1.1 200");
  }

  private static String rawGet(String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), demo.url().getPort())) {
      socket
          .getOutputStream()
          .write(("GET /changes/index HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void listensOnThisMachineOnly() throws IOException {
    Optional<InetAddress> outside = NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(a -> a instanceof Inet4Address && !a.isLoopbackAddress())
        .findFirst();
    assumeTrue(outside.isPresent(), "this machine has no other address");
    try (Socket socket = new Socket()) {
      assertThatIOException()
          .isThrownBy(() ->
              socket.connect(new InetSocketAddress(outside.get(), demo.url().getPort()), 2_000));
    }
  }

  @Test
  void whatIsTooLongIsRefused() {
    assertThat(visitor
            .post("/changes/index/comments", Map.of("as", "ana", "body", "x".repeat(4_001)))
            .statusCode())
        .isEqualTo(400);
    assertThat(visitor
            .post("/changes/index/comments", Map.of("as", "ana", "body", "x".repeat(70_000)))
            .statusCode())
        .isEqualTo(413);
    assertThat(visitor
            .post("/changes/index/comments", Map.of("as", "ana", "body", "  "))
            .statusCode())
        .isEqualTo(400);
    assertThat(visitor
            .post("/changes/index/comments", Map.of("as", "nobody", "body", "hello"))
            .statusCode())
        .isEqualTo(400);
  }

  @Test
  void aPortThatIsTakenIsSaidSo(@TempDir Path data) {
    int port = demo.url().getPort();
    assertThatIOException()
        .isThrownBy(() -> Demo.start(port, data))
        .withMessageContaining("port " + port + " is taken");
  }

  @Test
  void aDirectoryThatCannotBeWrittenToIsSaidSo(@TempDir Path data) throws IOException {
    Path file = Files.createFile(data.resolve("file"));
    assertThatIOException()
        .isThrownBy(() -> Demo.start(0, file))
        .withMessage("nothing can be written to " + file);
  }

  @Test
  void allowsNoScriptsButItsOwn() {
    HttpResponse<String> page = visitor.get("/changes/index");
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(policy -> assertThat(policy)
            .contains("default-src 'none'")
            .contains("script-src 'self'")
            .contains("frame-ancestors 'none'")
            .doesNotContain("unsafe"));
    assertThat(page.body())
        .doesNotContain("style=\"")
        .doesNotContain("onclick")
        .doesNotContain("<script>");
  }

  @Test
  void sendsNothingWhenNothingHasChanged() {
    visitor.settled("new-table");
    String body = visitor.get("/changes/new-table").body();
    String version = body.replaceAll("(?s).*data-version=\"([0-9a-f]+)\".*", "$1");
    assertThat(visitor.get("/changes/new-table/live?seen=" + version).statusCode())
        .isEqualTo(204);
    assertThat(visitor.get("/changes/new-table/live?seen=0").statusCode()).isEqualTo(200);
  }

  @Test
  void whatIsNotThereIsSaidSo() {
    assertThat(visitor.get("/changes/nothing").statusCode()).isEqualTo(404);
    assertThat(visitor.post("/changes/nothing/push", Map.of()).statusCode()).isEqualTo(404);
    assertThat(visitor.post("/changes/new-table/push", Map.of()).statusCode()).isEqualTo(404);
    assertThat(visitor
            .post("/changes/index/comments", Map.of("as", "ana", "body", "hello", "thread", "77"))
            .statusCode())
        .isEqualTo(404);
  }
}
