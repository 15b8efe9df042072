package dev.plimsoll.forge.memory;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.plimsoll.forge.ChangeRequest.ChangedPath;
import dev.plimsoll.forge.ChangeRequest.ChangedPath.Kind;
import dev.plimsoll.forge.DiffLines;
import dev.plimsoll.forge.PatchParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What changed between two commits' files. */
final class Comparison {

  private static final int CONTEXT_LINES = 3;

  private final SortedMap<String, String> before;
  private final SortedMap<String, String> after;
  private final SortedMap<String, ChangedPath> changes = new TreeMap<>();

  Comparison(SortedMap<String, String> before, SortedMap<String, String> after) {
    this.before = before;
    this.after = after;
    Map<String, String> removed = new TreeMap<>();
    before.forEach((path, text) -> {
      if (!after.containsKey(path)) {
        removed.put(path, text);
      }
    });
    after.forEach((path, text) -> {
      if (!before.containsKey(path)) {
        changes.put(
            path,
            renamed(path, text, removed)
                .orElse(new ChangedPath(path, Kind.ADDED, Optional.empty())));
      } else if (!before.get(path).equals(text)) {
        changes.put(path, new ChangedPath(path, Kind.MODIFIED, Optional.empty()));
      }
    });
    removed
        .keySet()
        .forEach(path -> changes.put(path, new ChangedPath(path, Kind.REMOVED, Optional.empty())));
  }

  private static Optional<ChangedPath> renamed(
      String path, String text, Map<String, String> removed) {
    Optional<String> from = removed.entrySet().stream()
        .filter(e -> e.getValue().equals(text) && !text.isEmpty())
        .map(Map.Entry::getKey)
        .findFirst();
    from.ifPresent(removed::remove);
    return from.map(f -> new ChangedPath(path, Kind.RENAMED, Optional.of(f)));
  }

  List<ChangedPath> changes() {
    return List.copyOf(changes.values());
  }

  boolean changes(String path) {
    return changes.containsKey(path);
  }

  DiffLines lines(String path) {
    return PatchParser.parse(patch(path));
  }

  /** As a forge shows it: hunks with three lines around each change; empty when nothing in the file changed. */
  String patch(String path) {
    if (!changes.containsKey(path)) {
      return "";
    }
    String source = changes.get(path).previousPath().orElse(path);
    List<String> old = lines(Optional.ofNullable(before.get(source)));
    List<String> now = lines(Optional.ofNullable(after.get(path)));
    List<String> unified = UnifiedDiffUtils.generateUnifiedDiff(
        "a/" + source, "b/" + path, old, DiffUtils.diff(old, now), CONTEXT_LINES);
    return String.join("\n", unified.subList(Math.min(2, unified.size()), unified.size()));
  }

  private static List<String> lines(Optional<String> text) {
    if (text.isEmpty() || text.get().isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>(List.of(text.get().split("\n", -1)));
    if (lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    return lines;
  }
}
