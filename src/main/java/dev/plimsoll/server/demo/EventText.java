package dev.plimsoll.server.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.plimsoll.forge.Action.CommentRef;
import dev.plimsoll.forge.ForgeEvent;
import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import dev.plimsoll.forge.User;
import java.io.IOException;
import java.util.Optional;

/** The events of the forge in memory as the bodies of its webhooks, and back. */
final class EventText {

  private static final ObjectMapper JSON = JsonMapper.builder()
      .addModule(new Jdk8Module())
      .enable(
          DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
          DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
      .build();

  private record Pushed(String repository, long number, Optional<String> head, String why) {}

  private record Commented(
      String repository, long number, User author, CommentRef comment, String body) {}

  private record Pressed(String repository, long number, User user, String button) {}

  private record Closed(String repository, long number) {}

  /**
   * @param event the name that goes into the header
   */
  record Webhook(String event, byte[] body) {}

  private EventText() {}

  /** Absent for what this forge's webhooks do not tell. */
  static Optional<Webhook> write(ForgeEvent event) {
    return switch (event) {
      case ForgeEvent.ReviewWanted(ChangeRequestId id, var head, String why) ->
        Optional.of(webhook("push", new Pushed(id.repository(), id.number(), head, why)));
      case ForgeEvent.Commented(var id, User author, CommentRef comment, String body) ->
        Optional.of(
            webhook("comment", new Commented(id.repository(), id.number(), author, comment, body)));
      case ForgeEvent.ButtonPressed(var id, User user, String button) ->
        Optional.of(webhook("button", new Pressed(id.repository(), id.number(), user, button)));
      case ForgeEvent.Closed(var id) ->
        Optional.of(webhook("closed", new Closed(id.repository(), id.number())));
      case ForgeEvent.ReviewWanted ofMergeGroup -> Optional.empty();
      case ForgeEvent.HeadReviewWanted head -> Optional.empty();
      case ForgeEvent.Installed installed -> Optional.empty();
      case ForgeEvent.Ignored ignored -> Optional.empty();
    };
  }

  private static Webhook webhook(String event, Object body) {
    try {
      return new Webhook(event, JSON.writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event cannot be written: " + event, e);
    }
  }

  /** Throws {@link IllegalArgumentException} for what {@link #write} does not write. */
  static ForgeEvent read(String event, String delivery, byte[] body) {
    try {
      return switch (event) {
        case "push" -> {
          Pushed it = JSON.readValue(body, Pushed.class);
          yield new ForgeEvent.ReviewWanted(id(it.repository(), it.number()), it.head(), it.why());
        }
        case "comment" -> {
          Commented it = JSON.readValue(body, Commented.class);
          yield new ForgeEvent.Commented(
              id(it.repository(), it.number()), it.author(), it.comment(), it.body());
        }
        case "button" -> {
          Pressed it = JSON.readValue(body, Pressed.class);
          yield new ForgeEvent.ButtonPressed(
              id(it.repository(), it.number()), it.user(), it.button());
        }
        case "closed" -> {
          Closed it = JSON.readValue(body, Closed.class);
          yield new ForgeEvent.Closed(id(it.repository(), it.number()));
        }
        default -> throw new IllegalArgumentException("no such event: " + event);
      };
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the webhook " + delivery + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static ChangeRequestId id(String repository, long number) {
    return new ChangeRequestId(ForgeKind.MEMORY, repository, number);
  }
}
