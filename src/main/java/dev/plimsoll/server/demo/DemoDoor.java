package dev.plimsoll.server.demo;

import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.server.Webhooks;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Function;

/** The webhooks of the forge in memory: a secret, the event and the delivery's id in three headers. */
final class DemoDoor implements Webhooks.Door {

  static final String SECRET = "X-Memory-Token";
  static final String EVENT = "X-Memory-Event";
  static final String DELIVERY = "X-Memory-Delivery";

  private final String secret;

  DemoDoor(String secret) {
    this.secret = secret;
  }

  @Override
  public ForgeKind forge() {
    return ForgeKind.MEMORY;
  }

  @Override
  public Optional<Named> open(Function<String, Optional<String>> header, byte[] body) {
    return header
        .apply(SECRET)
        .filter(given -> MessageDigest.isEqual(bytes(given), bytes(secret)))
        .flatMap(ok -> header.apply(EVENT))
        .flatMap(event -> header.apply(DELIVERY).map(delivery -> new Named(event, delivery)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
