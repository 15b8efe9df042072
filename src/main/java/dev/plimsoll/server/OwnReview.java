package dev.plimsoll.server;

import dev.plimsoll.forge.ForgeEvent;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import dev.plimsoll.server.storage.Inbox;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A review that a delivery asks for without naming the change request: kept in the inbox like a delivery, so that it is not lost. */
final class OwnReview {

  static final String EVENT = "plimsoll.review";

  private OwnReview() {}

  static Inbox.Delivery of(ChangeRequestId target, Inbox.Entry because) {
    String body = target.number() + " " + target.repository();
    return new Inbox.Delivery(
        target.forge(),
        because.delivery().delivery() + " " + target.key(),
        EVENT,
        body.getBytes(StandardCharsets.UTF_8));
  }

  static ForgeEvent read(Inbox.Delivery delivery) {
    String[] parts = new String(delivery.body(), StandardCharsets.UTF_8).split(" ", 2);
    ChangeRequestId target =
        new ChangeRequestId(delivery.forge(), parts[1], Long.parseLong(parts[0]));
    return new ForgeEvent.ReviewWanted(target, Optional.empty(), ForgeEvent.ReviewWanted.RE_RUN);
  }
}
