package dev.plimsoll.forge.memory;

import dev.plimsoll.forge.Action.Reaction;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.User;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A comment and what became of it. Guarded by the forge's lock. */
final class MemoryComment {

  /** GitHub's limit. */
  private static final int MOST_CHARACTERS = 65_536;

  final String id;
  final User author;
  private final Instant at;
  private final Map<Reaction, List<User>> reactions = new EnumMap<>(Reaction.class);
  private String body;
  private int edits;

  MemoryComment(String id, User author, String body, Instant at) {
    this.id = id;
    this.author = author;
    this.body = bounded(body);
    this.at = at;
  }

  String body() {
    return body;
  }

  void edit(User editor, String text) {
    if (!editor.id().equals(author.id())) {
      throw new ForgeException(
          ForgeException.Kind.FORBIDDEN, "comment " + id + " is " + author.login() + "'s");
    }
    body = bounded(text);
    edits++;
  }

  void react(User user, Reaction reaction) {
    List<User> users = reactions.computeIfAbsent(reaction, r -> new ArrayList<>());
    if (!users.contains(user)) {
      users.add(user);
    }
  }

  Conversation.Comment view() {
    Map<Reaction, List<User>> copy = new EnumMap<>(Reaction.class);
    reactions.forEach((reaction, users) -> copy.put(reaction, List.copyOf(users)));
    return new Conversation.Comment(id, author, body, edits, copy, at);
  }

  private static String bounded(String text) {
    if (text.isBlank() || text.length() > MOST_CHARACTERS) {
      throw new ForgeException(
          ForgeException.Kind.REFUSED,
          "a comment has 1 to 65,536 characters, not " + text.length());
    }
    return text;
  }
}
