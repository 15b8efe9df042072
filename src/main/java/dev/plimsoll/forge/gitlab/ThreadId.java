package dev.plimsoll.forge.gitlab;

import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeException.Kind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A thread's id with all that it takes to change it: its discussion, which is resolved, and its first comment, which is edited.
 *
 * @param plain it stands on no line, so that its text begins with the place
 */
record ThreadId(String discussion, long note, boolean plain) {

  private static final Pattern FORM = Pattern.compile("([0-9A-Za-z_-]{1,64}):(\\d{1,18})(:plain)?");

  static ThreadId read(String id) {
    Matcher matcher = FORM.matcher(id);
    if (!matcher.matches()) {
      throw new ForgeException(
          Kind.REFUSED, "Not the id of a thread on GitLab: " + Errors.brief(id));
    }
    return new ThreadId(
        matcher.group(1), Long.parseLong(matcher.group(2)), matcher.group(3) != null);
  }

  @Override
  public String toString() {
    return discussion + ":" + note + (plain ? ":plain" : "");
  }
}
