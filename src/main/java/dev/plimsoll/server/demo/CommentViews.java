package dev.plimsoll.server.demo;

import dev.plimsoll.command.CommandParser;
import dev.plimsoll.forge.Action.Reaction;
import dev.plimsoll.forge.memory.Conversation;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Comments, as the page shows them. */
final class CommentViews {

  /** The one who looks sits at this machine. */
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

  private CommentViews() {}

  /**
   * @param excerpt the lines that the comment stands on
   */
  static PageView.Comment of(Conversation.Comment comment, Optional<String> excerpt) {
    boolean own = comment.author().bot();
    return new PageView.Comment(
        "comment-" + comment.id(),
        PageViews.person(comment.author()),
        own ? "" : role(comment),
        clock(comment.at()),
        comment.edits(),
        own
            ? CommentHtml.ofPlimsoll(comment.body(), excerpt)
            : CommentHtml.ofVisitor(comment.body()),
        comment.reactions().keySet().stream().map(CommentViews::reaction).toList());
  }

  static String clock(Instant at) {
    return CLOCK.format(at);
  }

  /** There is nothing in it for Plimsoll to do, or it has done it. */
  static boolean isAnswered(Conversation.Comment comment) {
    return comment.author().bot()
        || CommandParser.parse(comment.body()).commands().isEmpty()
        || comment.reactions().containsKey(Reaction.ROCKET)
        || comment.reactions().containsKey(Reaction.CONFUSED);
  }

  private static String role(Conversation.Comment comment) {
    return Shop.MEMBERS.stream()
        .filter(m -> m.user().equals(comment.author()))
        .map(Shop.Member::role)
        .findFirst()
        .orElse("");
  }

  private static PageView.Reaction reaction(Reaction reaction) {
    return switch (reaction) {
      case EYES -> new PageView.Reaction("👀", "Plimsoll has seen it");
      case ROCKET -> new PageView.Reaction("🚀", "Plimsoll has done it");
      case CONFUSED -> new PageView.Reaction("😕", "Plimsoll has not done it");
    };
  }

  static List<PageView.Comment> of(Conversation.Thread thread) {
    Optional<String> excerpt = Optional.of(thread.excerpt()).filter(e -> !e.isEmpty());
    return thread.comments().stream().map(c -> of(c, excerpt)).toList();
  }
}
