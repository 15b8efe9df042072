package dev.plimsoll.forge.gitlab;

import dev.plimsoll.forge.Action.Anchor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A comment's text on its way to GitLab and back. */
final class NoteText {

  /**
   * GitLab obeys a line that begins with the name of a quick action, with the rights of whoever wrote the comment, and finds the code blocks
   * that it leaves alone by rules of its own. What is quoted from a change request must not approve or merge it: a space before the slash
   * makes it text. Carriage returns are dropped there before lines are looked at.
   */
  private static final Pattern ORDER = Pattern.compile("((?:\\A|\\n)\\r*)/(?=\\p{L})");

  private static final Pattern NO_ORDER = Pattern.compile("((?:\\A|\\n)\\r*) /(?=\\p{L})");

  /** Where a comment belongs that GitLab would not put there; only Plimsoll writes it, so that it can be taken off again. */
  private static final Pattern PLACED =
      Pattern.compile("\\A([^\\n]{1,2000} <!-- plimsoll-place -->)\\n\\n");

  private NoteText() {}

  static String outgoing(String body) {
    return ORDER.matcher(body).replaceAll("$1 /");
  }

  /** As it was before {@link #outgoing} and {@link #placed}. */
  static String incoming(String body) {
    return NO_ORDER.matcher(PLACED.matcher(body).replaceFirst("")).replaceAll("$1/");
  }

  /** With the place in words, for a comment that does not stand on it. */
  static String placed(Anchor anchor, String body) {
    String lines = anchor.fromLine() < anchor.toLine()
        ? "lines " + anchor.fromLine() + " to " + anchor.toLine()
        : "line " + anchor.toLine();
    return code(anchor.path()) + ", " + lines + ": <!-- plimsoll-place -->\n\n" + body;
  }

  /** With the place that stands in another text of the same comment. */
  static String placedAs(String standing, String body) {
    Matcher place = PLACED.matcher(standing);
    return place.find() ? place.group(1) + "\n\n" + body : body;
  }

  /** A path is a stranger's text: whatever is in it stays one span of code. */
  private static String code(String path) {
    String line = path.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    String shown = line.length() > 500 ? "..." + line.substring(line.length() - 500) : line;
    String fence = "`";
    while (shown.contains(fence)) {
      fence += "`";
    }
    return fence.length() == 1 ? fence + shown + fence : fence + " " + shown + " " + fence;
  }
}
