package dev.plimsoll.forge.gitlab;

import dev.plimsoll.forge.Action;
import dev.plimsoll.forge.Action.CommentRef;
import dev.plimsoll.forge.ChangeRequest;
import dev.plimsoll.forge.Forge.Applied;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Comments in the conversation, answers in threads, reactions. */
final class Notes {

  private final GitLabCalls calls;
  private final Discussions discussions;
  private final Uncertain uncertain;

  private record Made(long id) {}

  Notes(GitLabCalls calls, Discussions discussions, Uncertain uncertain) {
    this.calls = calls;
    this.discussions = discussions;
    this.uncertain = uncertain;
  }

  Applied post(ChangeRequest changeRequest, Action.PostComment action) {
    Place place = Place.of(changeRequest);
    List<String> thing = List.of(action.marker().toString());
    Optional<String> madeBefore = uncertain.holdsAny(place, thing)
        ? standing(place, changeRequest, action)
        : Optional.empty();
    uncertain.add(place, thing);
    String id = madeBefore.orElseGet(() -> create(place, changeRequest, action));
    uncertain.clear(place, thing);
    return new Applied(Map.of(thing.getFirst(), id), Set.of());
  }

  private Optional<String> standing(
      Place place, ChangeRequest changeRequest, Action.PostComment action) {
    return Optional.ofNullable(
        discussions.own(place, changeRequest.headSha()).byMarker().get(action.marker()));
  }

  private String create(Place place, ChangeRequest changeRequest, Action.PostComment action) {
    Map<String, Object> body = Map.of("body", NoteText.outgoing(action.body()));
    Optional<String> thread = action.inReplyTo().flatMap(CommentRef::threadId);
    if (thread.isPresent()) {
      Reply reply = calls.post(
          place.path() + "/discussions/" + Coordinates.encoded(thread.get()) + "/notes", body);
      // The thread may have been deleted meanwhile: then the answer goes where everybody reads it
      if (!(reply instanceof Reply.Missing) && !(reply instanceof Reply.Refused)) {
        return id(place, changeRequest, action, reply);
      }
    }
    return id(place, changeRequest, action, calls.post(place.path() + "/notes", body));
  }

  private String id(
      Place place, ChangeRequest changeRequest, Action.PostComment action, Reply reply) {
    if (reply instanceof Reply.Lost lost) {
      return standing(place, changeRequest, action).orElseThrow(lost::why);
    }
    return Long.toString(reply.orThrow().as(Made.class).id());
  }

  void edit(Place place, String commentId, String body) {
    calls
        .put(
            place.path() + "/notes/" + Coordinates.number(commentId),
            Map.of("body", NoteText.outgoing(body)))
        .orThrow();
  }

  void react(Place place, CommentRef comment, Action.Reaction reaction) {
    String name = switch (reaction) {
      case EYES -> "eyes";
      case ROCKET -> "rocket";
      case CONFUSED -> "confused";
    };
    Reply reply = calls.post(
        place.path() + "/notes/" + Coordinates.number(comment.id()) + "/award_emoji",
        Map.of("name", name));
    boolean stands = reply instanceof Reply.Missing(String _, String said)
        && said.contains("already been taken");
    if (!stands) {
      reply.orThrow();
    }
  }
}
