package dev.plimsoll.server.demo;

import dev.plimsoll.forge.ChangeRequest.ChangedPath;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import dev.plimsoll.forge.memory.Conversation;
import dev.plimsoll.forge.memory.MemoryForge;
import dev.plimsoll.server.demo.PageView.Discussion;
import dev.plimsoll.server.demo.PageView.FileDiff;
import dev.plimsoll.server.demo.PageView.Gap;
import dev.plimsoll.server.demo.PageView.Line;
import dev.plimsoll.server.demo.PageView.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The changed files with the threads below their lines. */
final class DiffViews {

  private static final Pattern HUNK =
      Pattern.compile("@@ -[0-9]+(?:,[0-9]+)? \\+([0-9]+)(?:,[0-9]+)? @@.*");

  private final MemoryForge forge;

  DiffViews(MemoryForge forge) {
    this.forge = forge;
  }

  List<FileDiff> of(ChangeRequestId id, List<Conversation.Thread> threads) {
    return forge.changes(id).stream()
        .map(ChangedPath::path)
        .map(path -> file(
            path,
            forge.patch(id, path),
            threads.stream().filter(t -> t.path().equals(path) && !t.outdated()).toList()))
        .toList();
  }

  private static FileDiff file(String path, String patch, List<Conversation.Thread> threads) {
    List<Row> rows = new ArrayList<>();
    threads.stream()
        .filter(t -> t.lines().isEmpty())
        .forEach(t -> rows.add(new Discussion(thread(t))));
    int added = 0;
    int removed = 0;
    int next = 0;
    for (String line : patch.lines().toList()) {
      Matcher hunk = HUNK.matcher(line);
      if (hunk.matches()) {
        next = Integer.parseInt(hunk.group(1));
        if (next > 1) {
          rows.add(new Gap(line));
        }
        continue;
      }
      String code = SqlInk.line(line.isEmpty() ? "" : line.substring(1));
      if (line.startsWith("-")) {
        removed++;
        rows.add(new Line("removed", "-", "", false, code));
        continue;
      }
      boolean isNew = line.startsWith("+");
      added += isNew ? 1 : 0;
      int number = next++;
      boolean marked = threads.stream()
          .filter(t -> !t.resolved())
          .anyMatch(
              t -> t.lines().filter(l -> number >= l.from() && number <= l.to()).isPresent());
      rows.add(new Line(
          isNew ? "added" : "same", isNew ? "+" : "", String.valueOf(number), marked, code));
      threads.stream()
          .filter(t -> t.lines().filter(l -> l.to() == number).isPresent())
          .forEach(t -> rows.add(new Discussion(thread(t))));
    }
    return new FileDiff(path, added, removed, rows);
  }

  static PageView.Thread thread(Conversation.Thread thread) {
    String lines = thread
        .lines()
        .map(l -> l.from() == l.to() ? "line " + l.from() : "lines " + l.from() + " to " + l.to())
        .orElse("the file");
    return new PageView.Thread(
        "thread-" + thread.id(),
        thread.path(),
        lines,
        CommentHtml.gist(thread.comments().getFirst().body()),
        thread.resolved(),
        thread.outdated(),
        SqlInk.lines(thread.excerpt()),
        CommentViews.of(thread));
  }
}
