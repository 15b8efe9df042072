package dev.plimsoll.forge.github;

import dev.plimsoll.forge.Marker;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The last guard before GitHub's limits. Whoever writes a text folds it to fit; should one be too long all the same, it ends at the last
 * paragraph that fits, outside of code and folds, and says so.
 */
final class Fitting {

  /** GitHub documents characters; bytes are never more generous. */
  static final int SUMMARY = 65_535;

  static final int COMMENT = 65_536;

  private static final String NOTE =
      "\n\n> [!WARNING]\n> This text is too long for GitHub: what followed here, %d of %d characters, is left out.\n";

  private Fitting() {}

  /** Markdown within so many bytes of UTF-8. */
  static String within(int bytes, String markdown) {
    if (size(markdown) <= bytes) {
      return markdown;
    }
    int reserve = size(NOTE) + 20;
    int end = lastBreak(markdown, bytes - reserve);
    return markdown.substring(0, end).stripTrailing()
        + NOTE.formatted(markdown.length() - end, markdown.length());
  }

  /** A comment keeps its marker, without which it would not be known as Plimsoll's own. */
  static String comment(String body) {
    if (size(body) <= COMMENT) {
      return body;
    }
    Optional<Marker> marker = Marker.in(body);
    int reserve = marker.map(m -> size(m.toString()) + 3).orElse(0);
    String text =
        marker.map(m -> body.substring(0, body.lastIndexOf(m.toString()))).orElse(body);
    String fitting = within(COMMENT - reserve, text);
    return marker.map(m -> m.on(fitting)).orElse(fitting);
  }

  static String line(int characters, String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    if (line.codePointCount(0, line.length()) <= characters) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, characters - 1)) + "…";
  }

  /** The end of the last line that leaves neither a code block nor a fold open. */
  private static int lastBreak(String markdown, int bytes) {
    int folds = 0;
    String fence = "";
    int end = 0;
    int position = 0;
    int used = 0;
    while (position < markdown.length()) {
      int newline = markdown.indexOf('\n', position);
      int next = newline < 0 ? markdown.length() : newline + 1;
      String line = markdown.substring(position, next);
      used += size(line);
      if (used > bytes) {
        return end;
      }
      String stripped = line.strip();
      if (fence.isEmpty()) {
        fence = openedBy(stripped);
        folds += count(stripped, "<details") - count(stripped, "</details>");
      } else if (stripped.startsWith(fence)
          && stripped.chars().allMatch(c -> c == stripped.charAt(0))) {
        fence = "";
      }
      position = next;
      if (fence.isEmpty() && folds <= 0 && stripped.isEmpty()) {
        end = position;
      }
    }
    return end;
  }

  private static String openedBy(String line) {
    for (char mark : new char[] {'`', '~'}) {
      int length = 0;
      while (length < line.length() && line.charAt(length) == mark) {
        length++;
      }
      if (length >= 3) {
        return line.substring(0, length);
      }
    }
    return "";
  }

  private static int count(String text, String part) {
    int count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }

  private static int size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
