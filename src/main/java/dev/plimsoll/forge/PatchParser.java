package dev.plimsoll.forge;

import dev.plimsoll.forge.DiffLines.Hunk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one file's unified diff, as forges give it: with or without file headers, perhaps cut off. What it cannot make sense of it leaves
 * out, since a comment that is anchored to a line too few only moves to the file, while one too many is refused.
 */
public final class PatchParser {

  private static final Pattern HEADER = Pattern.compile(
      "@@ -(\\d{1,9})(?:,(\\d{1,9}))? \\+(\\d{1,9})(?:,(\\d{1,9}))? @@.*", Pattern.DOTALL);

  /** Forges cut patches long before. */
  private static final int MOST_CHARACTERS = 10_000_000;

  private final String patch;
  private final List<Hunk> hunks = new ArrayList<>();
  private int at;

  private PatchParser(String patch) {
    this.patch = patch;
  }

  /** Never throws for what the patch says. */
  public static DiffLines parse(String patch) {
    if (patch.length() > MOST_CHARACTERS) {
      return DiffLines.NONE;
    }
    PatchParser parser = new PatchParser(patch);
    while (parser.hasLine()) {
      Matcher header = HEADER.matcher(parser.takeLine());
      if (header.matches()) {
        parser.hunk(header);
      }
    }
    return new DiffLines(parser.hunks);
  }

  private void hunk(Matcher header) {
    int oldLine = Integer.parseInt(header.group(1));
    int oldLeft = count(header.group(2));
    int first = Integer.parseInt(header.group(3));
    int newLeft = count(header.group(4));
    int newLine = first;
    Map<Integer, Integer> unchanged = new HashMap<>();
    while ((oldLeft > 0 || newLeft > 0) && hasLine()) {
      // The trailing space of an empty unchanged line is lost on the way through some programs.
      char kind = peek() == '\n' ? ' ' : peek();
      boolean fits = switch (kind) {
        case ' ' -> oldLeft > 0 && newLeft > 0;
        case '+' -> newLeft > 0;
        case '-' -> oldLeft > 0;
        case '\\' -> true;
        default -> false;
      };
      if (!fits) {
        break;
      }
      takeLine();
      if (kind == ' ') {
        unchanged.put(newLine, oldLine);
      }
      if (kind == ' ' || kind == '+') {
        newLine++;
        newLeft--;
      }
      if (kind == ' ' || kind == '-') {
        oldLine++;
        oldLeft--;
      }
    }
    boolean behindTheLast = hunks.isEmpty() || hunks.getLast().lastLine() < first;
    if (newLine > first && first > 0 && behindTheLast) {
      hunks.add(new Hunk(first, newLine - 1, unchanged));
    }
  }

  private static int count(String digits) {
    return digits == null ? 1 : Integer.parseInt(digits);
  }

  private boolean hasLine() {
    return at < patch.length();
  }

  private char peek() {
    return patch.charAt(at);
  }

  private String takeLine() {
    int end = patch.indexOf('\n', at);
    String line = patch.substring(at, end < 0 ? patch.length() : end);
    at = end < 0 ? patch.length() : end + 1;
    return line;
  }
}
