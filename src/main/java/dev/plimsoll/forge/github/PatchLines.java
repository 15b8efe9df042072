package dev.plimsoll.forge.github;

import dev.plimsoll.forge.DiffLines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines that a patch shows of the new file. */
final class PatchLines {

  private static final Pattern HUNK = Pattern.compile(
      "^@@ -(\\d{1,9})(?:,\\d{1,9})? \\+(\\d{1,9})(?:,(\\d{1,9}))? @@.*", Pattern.DOTALL);

  private PatchLines() {}

  static DiffLines of(String patch) {
    List<DiffLines.Hunk> hunks = new ArrayList<>();
    int first = 0;
    int newLine = 0;
    int oldLine = 0;
    Map<Integer, Integer> unchanged = new HashMap<>();
    for (String line : patch.split("\n", -1)) {
      Matcher header = HUNK.matcher(line);
      if (header.matches()) {
        close(hunks, first, newLine, unchanged);
        oldLine = Integer.parseInt(header.group(1));
        first = Integer.parseInt(header.group(2));
        newLine = first;
        unchanged = new HashMap<>();
      } else if (line.startsWith("+")) {
        newLine++;
      } else if (line.startsWith("-")) {
        oldLine++;
      } else if (line.startsWith(" ")) {
        unchanged.put(newLine++, oldLine++);
      }
    }
    close(hunks, first, newLine, unchanged);
    return new DiffLines(hunks);
  }

  private static void close(
      List<DiffLines.Hunk> hunks, int first, int next, Map<Integer, Integer> unchanged) {
    if (next > first) {
      hunks.add(new DiffLines.Hunk(first, next - 1, unchanged));
    }
  }
}
