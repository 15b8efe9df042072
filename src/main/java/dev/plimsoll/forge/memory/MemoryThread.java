package dev.plimsoll.forge.memory;

import dev.plimsoll.forge.Action.NewThread;
import dev.plimsoll.forge.DiffLines;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.User;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A thread on lines of a file, or on the file. Guarded by the forge's lock. */
final class MemoryThread {

  private static final Pattern SUGGESTION = Pattern.compile("(?m)^(`{3,})suggestion[ \\t]*$");

  final String id;
  final List<MemoryComment> comments = new ArrayList<>();
  private final String path;
  private final Optional<Conversation.Lines> lines;
  private final String excerpt;
  boolean resolved;

  private MemoryThread(String id, String path, Optional<Conversation.Lines> lines, String excerpt) {
    this.id = id;
    this.path = path;
    this.lines = lines;
    this.excerpt = excerpt;
  }

  /**
   * @param diff of the file, from which the anchor must be taken
   * @throws ForgeException when a real forge would refuse the thread
   */
  static MemoryThread open(
      String id, NewThread wanted, DiffLines diff, SortedMap<String, String> files) {
    String path = wanted.anchor().path();
    int from = wanted.anchor().fromLine();
    int to = wanted.anchor().toLine();
    Optional<Conversation.Lines> lines =
        wanted.anchor().hunk().map(h -> new Conversation.Lines(from, to));
    if (lines.isPresent() && (from > to || diff.hunkWith(from, to).isEmpty())) {
      throw refused(
          "lines " + from + " to " + to + " of " + path + " are not in one hunk of the diff");
    }
    if (lines.isPresent() && !wanted.anchor().hunk().equals(diff.hunkWith(from, to))) {
      throw refused("the hunk that the anchor names is not the diff's");
    }
    checkSuggestions(wanted.body(), lines.isPresent());
    return new MemoryThread(id, path, lines, excerpt(files, path, lines));
  }

  /** A suggestion replaces the lines that its comment stands on, so that one on a file does nothing, and an open one swallows the rest. */
  private static void checkSuggestions(String body, boolean onLines) {
    Matcher opening = SUGGESTION.matcher(body);
    while (opening.find()) {
      if (!onLines) {
        throw refused("a suggestion in a comment that stands on no line");
      }
      Pattern closing = Pattern.compile("(?m)^`{" + opening.group(1).length() + ",}[ \\t]*$");
      if (!closing.matcher(body).region(opening.end(), body.length()).find()) {
        throw refused("a suggestion that is not closed");
      }
    }
  }

  private static ForgeException refused(String why) {
    return new ForgeException(ForgeException.Kind.REFUSED, why);
  }

  boolean isBy(User user) {
    return comments.getFirst().author.id().equals(user.id());
  }

  boolean repliedByOthers(User user) {
    return comments.stream().anyMatch(c -> !c.author.id().equals(user.id()));
  }

  /** The text that it stood on is not in the file any more. */
  boolean outdated(SortedMap<String, String> files) {
    String now = files.getOrDefault(path, "");
    return lines.isPresent() && !("\n" + now + "\n").contains("\n" + excerpt + "\n");
  }

  Conversation.Thread view(SortedMap<String, String> files) {
    return new Conversation.Thread(
        id,
        path,
        lines,
        excerpt,
        resolved,
        outdated(files),
        comments.stream().map(MemoryComment::view).toList());
  }

  private static String excerpt(
      SortedMap<String, String> files, String path, Optional<Conversation.Lines> lines) {
    String[] all = files.getOrDefault(path, "").split("\n", -1);
    return lines
        .map(l ->
            String.join("\n", Arrays.copyOfRange(all, l.from() - 1, Math.min(l.to(), all.length))))
        .orElse("");
  }
}
