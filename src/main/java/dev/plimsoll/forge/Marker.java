package dev.plimsoll.forge;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What tells Plimsoll's own comments apart: an HTML comment at the end of the body, which nobody sees. It counts only in a comment whose
 * author is Plimsoll itself.
 *
 * @param kind what the comment is
 * @param key which one of its kind: a finding's fingerprint, a command comment's id; {@code -} where there is only one
 */
public record Marker(Kind kind, String key) {

  public enum Kind {
    SUMMARY,
    THREAD,
    /** Said in a thread when its finding is gone. */
    RESOLVED,
    REPLY,
    WORSE
  }

  private static final Pattern FORM =
      Pattern.compile("<!-- plimsoll:([a-z]+):([A-Za-z0-9._-]{1,128}) -->\\s*\\z");

  public static Optional<Marker> in(String body) {
    Matcher matcher = FORM.matcher(body);
    if (!matcher.find()) {
      return Optional.empty();
    }
    for (Kind kind : Kind.values()) {
      if (kind.name().toLowerCase(java.util.Locale.ROOT).equals(matcher.group(1))) {
        return Optional.of(new Marker(kind, matcher.group(2)));
      }
    }
    return Optional.empty();
  }

  /** The body with this marker at its end. */
  public String on(String body) {
    return body.stripTrailing() + "\n\n" + this + "\n";
  }

  @Override
  public String toString() {
    return "<!-- plimsoll:" + kind.name().toLowerCase(java.util.Locale.ROOT) + ":" + key + " -->";
  }
}
