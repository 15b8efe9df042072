package dev.plimsoll.forge;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The weight of the verdict that the summary tells of, in an HTML comment before its marker: to see when it gets worse. */
final class VerdictMemo {

  private static final Pattern FORM = Pattern.compile(
      "<!-- plimsoll-verdict:(\\d{1,9}) -->\\s*<!-- plimsoll:summary:[^<>]{1,128} -->\\s*\\z");

  private VerdictMemo() {}

  static OptionalInt in(String body) {
    Matcher matcher = FORM.matcher(body);
    return matcher.find()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  /** The summary's text with this memo and its marker at the end. */
  static String on(String text, int weight) {
    return Reconciler.SUMMARY.on(
        text.stripTrailing() + "\n\n<!-- plimsoll-verdict:" + weight + " -->");
  }
}
