package dev.plimsoll.forge;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a thread's first comment remembers for the next run, in an HTML comment before its marker. With it Plimsoll's own resolving can be
 * told from a person's, which it respects.
 *
 * @param state what Plimsoll last said
 * @param exact the thread stands on exactly the finding's lines, so that a suggestion replaces the right ones
 */
public record ThreadMemo(State state, boolean exact) {

  public enum State {
    /** The finding stands. */
    OPEN,
    /** A person or the file's author has answered for it. */
    SETTLED,
    /** The finding is gone. */
    GONE
  }

  private static final Pattern FORM = Pattern.compile(
      "<!-- plimsoll-thread:(open|settled|gone):(lines|near) -->\\s*<!-- plimsoll:[^<>]{1,200} -->\\s*\\z");

  public static Optional<ThreadMemo> in(String body) {
    Matcher matcher = FORM.matcher(body);
    return matcher.find()
        ? Optional.of(new ThreadMemo(
            State.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)),
            matcher.group(2).equals("lines")))
        : Optional.empty();
  }

  /** The body with this memo and the marker of a finding's thread at its end. */
  public String on(String body, String key) {
    return new Marker(Marker.Kind.THREAD, key).on(body.stripTrailing() + "\n\n" + this);
  }

  /** The text that people see, without memo and marker. */
  public static String text(String body) {
    Matcher matcher = FORM.matcher(body);
    return (matcher.find() ? body.substring(0, matcher.start()) : body).strip();
  }

  @Override
  public String toString() {
    return "<!-- plimsoll-thread:" + state.name().toLowerCase(Locale.ROOT) + ":"
        + (exact ? "lines" : "near") + " -->";
  }
}
