package dev.plimsoll.server.demo;

import dev.plimsoll.forge.ForgeEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;

/** Sends the events of the forge in memory to the server, as a forge does: by HTTP, and only what was accepted counts as sent. */
final class Sender implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final URI address;
  private final String secret;
  private final HttpClient client = HttpClient.newBuilder()
      .proxy(HttpClient.Builder.NO_PROXY)
      .connectTimeout(PATIENCE)
      .build();

  Sender(URI address, String secret) {
    this.address = address;
    this.secret = secret;
  }

  /** Throws {@link Refused} when the server does not take it. */
  void send(ForgeEvent event) {
    EventText.write(event).ifPresent(this::post);
  }

  private void post(EventText.Webhook webhook) {
    HttpRequest request = HttpRequest.newBuilder(address)
        .timeout(PATIENCE)
        .header(DemoDoor.SECRET, secret)
        .header(DemoDoor.EVENT, webhook.event())
        .header(DemoDoor.DELIVERY, UUID.randomUUID().toString())
        .POST(HttpRequest.BodyPublishers.ofByteArray(webhook.body()))
        .build();
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status != 202) {
        throw new Refused(502, "Plimsoll did not take the webhook (" + status + ").");
      }
    } catch (IOException e) {
      throw new Refused(502, "Plimsoll cannot be reached: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused(503, "The demo ends.");
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
