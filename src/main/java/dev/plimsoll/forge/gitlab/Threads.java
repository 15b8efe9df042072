package dev.plimsoll.forge.gitlab;

import dev.plimsoll.forge.Action.Anchor;
import dev.plimsoll.forge.Action.NewThread;
import dev.plimsoll.forge.ChangeRequest;
import dev.plimsoll.forge.ChangeRequest.ChangedPath;
import dev.plimsoll.forge.Forge.Applied;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeException.Kind;
import dev.plimsoll.forge.Marker;
import dev.plimsoll.forge.gitlab.Discussions.Discussion;
import dev.plimsoll.forge.gitlab.Discussions.Note;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Opens threads one by one, as GitLab has it: on the line, else on the file, else beside the diff with the place in words. */
final class Threads {

  private final GitLabCalls calls;
  private final Discussions discussions;
  private final Uncertain uncertain;

  Threads(GitLabCalls calls, Discussions discussions, Uncertain uncertain) {
    this.calls = calls;
    this.discussions = discussions;
    this.uncertain = uncertain;
  }

  Applied open(ChangeRequest changeRequest, List<NewThread> threads) {
    Place place = Place.of(changeRequest);
    List<String> keys = threads.stream().map(NewThread::key).toList();
    Map<String, String> made = new LinkedHashMap<>();
    Set<String> unplaced = new HashSet<>();
    if (uncertain.holdsAny(place, keys)) {
      made.putAll(standing(place, changeRequest, keys));
    }
    // Should one of them fail, the caller does not learn of those before it
    uncertain.add(place, keys);
    for (NewThread thread : threads) {
      if (!made.containsKey(thread.key())) {
        Optional<String> id = open(place, changeRequest, thread);
        id.ifPresent(i -> made.put(thread.key(), i));
        if (id.isEmpty()) {
          unplaced.add(thread.key());
        }
      }
    }
    uncertain.clear(place, keys);
    return new Applied(made, unplaced);
  }

  /** Empty: GitLab does not want the comment anywhere. */
  private Optional<String> open(Place place, ChangeRequest changeRequest, NewThread thread) {
    String text = NoteText.outgoing(thread.body());
    Optional<ChangedPath> change = changeRequest.changes().stream()
        .filter(c -> c.path().equals(thread.anchor().path()))
        .findFirst();
    if (change.isPresent()) {
      Map<String, Object> onFile = position(changeRequest, change.get());
      if (thread.anchor().hunk().isPresent()) {
        Map<String, Object> onLine = onLine(onFile, thread.anchor());
        Optional<String> id = post(place, changeRequest, thread, body(text, onLine));
        if (id.isPresent()) {
          return id;
        }
      }
      Optional<String> id = post(place, changeRequest, thread, body(text, onFile));
      if (id.isPresent()) {
        return id;
      }
    }
    return post(
        place, changeRequest, thread, Map.of("body", NoteText.placed(thread.anchor(), text)));
  }

  private static Map<String, Object> body(String text, Map<String, Object> position) {
    return Map.of("body", text, "position", position);
  }

  private static Map<String, Object> position(ChangeRequest changeRequest, ChangedPath change) {
    Map<String, Object> position = new LinkedHashMap<>();
    position.put("position_type", "file");
    position.put("base_sha", changeRequest.mergeBaseSha().orElseThrow());
    position.put("start_sha", changeRequest.forgeState().get(Loading.START_SHA));
    position.put("head_sha", changeRequest.headSha());
    position.put("new_path", change.path());
    position.put("old_path", change.previousPath().orElse(change.path()));
    return position;
  }

  /**
   * On the last line of the range: a suggestion counts its lines from there. An unchanged line is named by both of its numbers, an added one
   * by the new alone; GitLab refuses all else.
   */
  private static Map<String, Object> onLine(Map<String, Object> onFile, Anchor anchor) {
    Map<String, Object> position = new LinkedHashMap<>(onFile);
    position.put("position_type", "text");
    position.put("new_line", anchor.toLine());
    anchor
        .hunk()
        .flatMap(h -> Optional.ofNullable(h.oldLines().get(anchor.toLine())))
        .ifPresent(old -> position.put("old_line", old));
    return position;
  }

  /** Empty: refused. */
  private Optional<String> post(
      Place place, ChangeRequest changeRequest, NewThread thread, Map<String, Object> body) {
    return switch (calls.post(place.path() + "/discussions", body)) {
      case Reply.Refused refused
      when refused.status() == 400 || refused.status() == 422 -> Optional.empty();
      case Reply.Lost lost -> {
        String id = standing(place, changeRequest, List.of(thread.key())).get(thread.key());
        yield Optional.of(Optional.ofNullable(id).orElseThrow(lost::why));
      }
      case Reply reply -> {
        Discussion made = reply.orThrow().as(Discussion.class);
        Note first = made.notes().getFirst();
        yield Optional.of(
            new ThreadId(made.id(), first.id(), !body.containsKey("position")).toString());
      }
    };
  }

  private Map<String, String> standing(
      Place place, ChangeRequest changeRequest, List<String> keys) {
    Map<Marker, String> all = discussions.own(place, changeRequest.headSha()).byMarker();
    Map<String, String> found = new LinkedHashMap<>();
    for (String key : keys) {
      Optional.ofNullable(all.get(new Marker(Marker.Kind.THREAD, key)))
          .ifPresent(id -> found.put(key, id));
    }
    return found;
  }

  void edit(Place place, String threadId, String body) {
    ThreadId id = ThreadId.read(threadId);
    String text = NoteText.outgoing(body);
    if (id.plain()) {
      Note standing = calls.get(place.path() + "/notes/" + id.note()).orThrow().as(Note.class);
      text = NoteText.placedAs(String.valueOf(standing.body()), text);
    }
    calls
        .put(
            place.path() + "/discussions/" + id.discussion() + "/notes/" + id.note(),
            Map.of("body", text))
        .orThrow();
  }

  /** First the state and then the words: from the words it is told, later on, that nothing is left to do. */
  void settle(Place place, String threadId, boolean resolved, String body) {
    String discussion = ThreadId.read(threadId).discussion();
    try {
      calls
          .put(place.path() + "/discussions/" + discussion, Map.of("resolved", resolved))
          .orThrow();
    } catch (ForgeException e) {
      // Where Plimsoll may not resolve, its words have to do
      if (e.kind() != Kind.FORBIDDEN) {
        throw e;
      }
    }
    edit(place, threadId, body);
  }
}
