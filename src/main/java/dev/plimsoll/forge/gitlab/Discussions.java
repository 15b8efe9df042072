package dev.plimsoll.forge.gitlab;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeException.Kind;
import dev.plimsoll.forge.Marker;
import dev.plimsoll.forge.Posted;
import dev.plimsoll.forge.gitlab.MergeRequest.Account;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a conversation and finds Plimsoll's own in it: by author and by marker, since either alone could be somebody else's. */
final class Discussions {

  private static final TypeReference<List<Discussion>> LIST = new TypeReference<>() {};

  /** GitLab takes 5,000 comments on a merge request. */
  private static final int MOST_PAGES = 60;

  private final GitLabCalls calls;
  private final People people;

  record Discussion(String id, List<Note> notes) {}

  record Note(
      long id,
      String body,
      Account author,
      boolean system,
      boolean resolvable,
      boolean resolved,
      Position position) {}

  record Position(String headSha) {}

  /**
   * @param comments all of Plimsoll's own that open no thread on a finding
   */
  record Own(List<Posted.Thread> threads, List<Posted.Comment> comments) {

    /** The ids of all, by marker. */
    Map<Marker, String> byMarker() {
      Map<Marker, String> ids = new HashMap<>();
      comments.forEach(c -> ids.put(c.marker(), c.id()));
      threads.forEach(t -> ids.put(new Marker(Marker.Kind.THREAD, t.key()), t.id()));
      return ids;
    }
  }

  Discussions(GitLabCalls calls, People people) {
    this.calls = calls;
    this.people = people;
  }

  Own own(Place place, String headSha) {
    String self = people.self().id();
    GitLabCalls.Pages<Discussion> pages =
        calls.pages(place.path() + "/discussions", LIST, MOST_PAGES);
    if (!pages.whole()) {
      // What is not seen would be made again with every review
      throw new ForgeException(
          Kind.REFUSED, place.id().key() + " has more comments than Plimsoll reads");
    }
    List<Posted.Thread> threads = new ArrayList<>();
    List<Posted.Comment> comments = new ArrayList<>();
    for (Discussion discussion : pages.items()) {
      boolean first = true;
      for (Note note : discussion.notes()) {
        Optional<Marker> marker = own(self, note);
        boolean opens = first && marker.filter(Discussions::ofThread).isPresent();
        if (opens) {
          threads.add(thread(self, discussion, note, marker.get(), headSha));
        } else {
          marker.ifPresent(m -> comments.add(
              new Posted.Comment(Long.toString(note.id()), m, NoteText.incoming(note.body()))));
        }
        first = false;
      }
    }
    return new Own(threads, comments);
  }

  private static boolean ofThread(Marker marker) {
    return marker.kind() == Marker.Kind.THREAD || marker.kind() == Marker.Kind.RESOLVED;
  }

  private static Optional<Marker> own(String self, Note note) {
    return isBy(self, note) ? Marker.in(String.valueOf(note.body())) : Optional.empty();
  }

  private static boolean isBy(String self, Note note) {
    return !note.system()
        && note.author() != null
        && self.equals(Long.toString(note.author().id()));
  }

  private static Posted.Thread thread(
      String self, Discussion discussion, Note first, Marker marker, String headSha) {
    List<Note> resolvable = discussion.notes().stream().filter(Note::resolvable).toList();
    boolean resolved = !resolvable.isEmpty() && resolvable.stream().allMatch(Note::resolved);
    return new Posted.Thread(
        new ThreadId(discussion.id(), first.id(), first.position() == null).toString(),
        marker.key(),
        NoteText.incoming(first.body()),
        resolved || marker.kind() == Marker.Kind.RESOLVED,
        first.position() != null && !headSha.equals(first.position().headSha()),
        discussion.notes().stream().anyMatch(n -> !n.system() && !isBy(self, n)));
  }
}
