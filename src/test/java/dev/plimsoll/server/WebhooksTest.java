package dev.plimsoll.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.forge.ForgeKind;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhooksTest {

  private static final String BODY = "{\"zen\": \"Keep it ü\"}";

  @TempDir
  private Path directory;

  private RunningServer server;

  /** A secret in a header, and the length of what it is for: authentic only when the raw bytes came through as they were sent. */
  private static final class SecretDoor implements Webhooks.Door {
    @Override
    public ForgeKind forge() {
      return ForgeKind.GITHUB;
    }

    @Override
    public Optional<Named> open(Function<String, Optional<String>> header, byte[] body) {
      String expected = "secret " + Arrays.hashCode(body);
      return header
          .apply("X-Signature")
          .filter(expected::equals)
          .flatMap(s -> header.apply("X-Delivery"))
          .map(d -> new Named("push", d));
    }
  }

  @BeforeEach
  void start() {
    server = new RunningServer(directory, Optional.empty(), new SecretDoor());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void anAuthenticDeliveryIsKeptByteForByteWhenItIsAcknowledged() throws Exception {
    HttpResponse<String> response = server.send(delivery("d1", BODY));

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.body()).isEqualTo("accepted");
    assertThat(server.inbox.received(10)).singleElement().satisfies(entry -> {
      assertThat(entry.delivery().delivery()).isEqualTo("d1");
      assertThat(entry.delivery().event()).isEqualTo("push");
      assertThat(entry.delivery().body()).isEqualTo(bytes(BODY));
    });
  }

  @Test
  void aWrongSignatureIsRefusedAndNothingIsKept() throws Exception {
    HttpResponse<String> response =
        server.send(delivery("d1", BODY).setHeader("X-Signature", "secret 1"));

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.body()).doesNotContain(Integer.toString(Arrays.hashCode(bytes(BODY))));
    assertThat(server.inbox.received(10)).isEmpty();
  }

  @Test
  void withoutASignatureNothingIsTaken() throws Exception {
    HttpRequest.Builder bare =
        server.request("/webhooks/github").POST(BodyPublishers.ofString(BODY));

    assertThat(server.send(bare).statusCode()).isEqualTo(401);
    assertThat(server.inbox.received(10)).isEmpty();
  }

  @Test
  void theSameDeliveryAgainIsAcknowledgedAndKeptOnce() throws Exception {
    server.send(delivery("d1", BODY));
    HttpResponse<String> again = server.send(delivery("d1", BODY));

    assertThat(again.statusCode()).isEqualTo(202);
    assertThat(again.body()).isEqualTo("known already");
    assertThat(server.inbox.received(10)).hasSize(1);
  }

  @Test
  void whatIsLargerThanAnyForgeSendsIsRefused() throws Exception {
    byte[] large = new byte[25 * 1024 * 1024 + 1];
    HttpRequest.Builder request = server
        .request("/webhooks/github")
        .header("X-Signature", "secret " + Arrays.hashCode(large))
        .header("X-Delivery", "large")
        .POST(BodyPublishers.ofByteArray(large));

    assertThat(server.send(request).statusCode()).isEqualTo(413);
    assertThat(server.inbox.received(10)).isEmpty();
  }

  @Test
  void whatCannotBeCommittedIsNotAcknowledged() throws Exception {
    server.inbox.close();

    HttpResponse<String> response = server.send(delivery("d1", BODY));

    assertThat(response.statusCode()).isEqualTo(503);
  }

  private HttpRequest.Builder delivery(String name, String body) {
    return server
        .request("/webhooks/github")
        .header("X-Signature", "secret " + Arrays.hashCode(bytes(body)))
        .header("X-Delivery", name)
        .POST(BodyPublishers.ofString(body));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
