package dev.plimsoll.report;

import dev.plimsoll.rules.Prose;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes text as Markdown that shows just this text: no markup, no HTML, no link, no mention of a person, no reference to an issue, no command
 * to a forge, on GitHub and on GitLab, whoever the text comes from.
 */
public final class Markdown {

  /** Between two characters that a forge would take together: has no width. */
  private static final char APART = '\u200B';

  private static final String ESCAPED = "\\`*[]<>&|~$";
  private static final String REFERENCES = "@#!%&~$^";

  private static final int LONGEST_CODE = 160;
  private static final int LONGEST_TEXT = 1_200;
  private static final int LONGEST_PROSE = 4_000;
  private static final int LONGEST_CELL = 1_500;

  private Markdown() {}

  /** A piece of text in a line. */
  public static String text(String text) {
    return escaped(Visible.shortened(Visible.line(text), LONGEST_TEXT), true);
  }

  /** A name or a piece of SQL. */
  public static String code(String text) {
    String line = Visible.shortened(Visible.line(text), LONGEST_CODE);
    if (line.isBlank()) {
      return "(nothing)";
    }
    String ticks = "`".repeat(longestRun(line) + 1);
    boolean pad =
        line.startsWith("`") || line.endsWith("`") || (line.startsWith(" ") && line.endsWith(" "));
    String padding = pad ? " " : "";
    return ticks + padding + line + padding + ticks;
  }

  /** A sentence or two. */
  public static String prose(Prose prose) {
    return prose(prose, false);
  }

  /** For a cell of a table, where a bar would end the cell even inside of code. */
  static String cell(Prose prose) {
    return prose(prose, true);
  }

  private static String prose(Prose prose, boolean inCell) {
    StringBuilder out = new StringBuilder();
    for (Prose.Part part : merged(prose)) {
      if (out.length() > (inCell ? LONGEST_CELL : LONGEST_PROSE)) {
        return out + " …";
      }
      String next = switch (part) {
        case Prose.Plain plain ->
          escaped(Visible.shortened(Visible.line(plain.text()), LONGEST_TEXT), out.isEmpty());
        case Prose.Code code -> inCell ? code(code.text()).replace("|", "\\|") : code(code.text());
        case Prose.Strong strong -> strong(strong.text());
      };
      out.append(runsTogether(out, next) ? String.valueOf(APART) : "").append(next);
    }
    return out.toString().strip();
  }

  /** A block of code. Its fence is longer than any run of backticks in it. */
  public static String block(String language, String text) {
    String body = Visible.block(text).stripTrailing();
    String fence = "`".repeat(Math.max(3, longestRun(body) + 1));
    return fence + language + "\n" + body + "\n" + fence;
  }

  static String bold(Prose prose) {
    String text = prose(prose);
    return text.isEmpty() ? "" : "**" + text + "**";
  }

  /** Two code spans, or two bold words, side by side would be read as one. */
  private static boolean runsTogether(CharSequence before, String next) {
    if (before.isEmpty() || next.isEmpty()) {
      return false;
    }
    char last = before.charAt(before.length() - 1);
    return last == next.charAt(0) && (last == '`' || last == '*');
  }

  private static String strong(String text) {
    String line = Visible.shortened(Visible.line(text), LONGEST_TEXT).strip();
    return line.isEmpty() ? "" : "**" + escaped(line, true) + "**";
  }

  /** Neighbouring plain parts as one, so that a mention cannot be put together from two. */
  private static List<Prose.Part> merged(Prose prose) {
    List<Prose.Part> merged = new ArrayList<>();
    for (Prose.Part given : prose.parts()) {
      boolean nothingBold =
          given instanceof Prose.Strong && Visible.line(given.text()).isBlank();
      Prose.Part part = nothingBold ? new Prose.Plain(given.text()) : given;
      if (part instanceof Prose.Plain plain
          && !merged.isEmpty()
          && merged.getLast() instanceof Prose.Plain before) {
        merged.set(merged.size() - 1, new Prose.Plain(before.text() + plain.text()));
      } else {
        merged.add(part);
      }
    }
    return merged;
  }

  private static String escaped(String given, boolean atStart) {
    String text = atStart ? given.stripLeading() : given;
    StringBuilder out = new StringBuilder(text.length() + 16);
    int numberEnd = atStart ? leadingDigits(text) : 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
      char before = i > 0 ? text.charAt(i - 1) : ' ';
      boolean opensBlock = atStart && i == 0 && "-+=#/:".indexOf(c) >= 0;
      boolean numbersList = numberEnd > 0 && i == numberEnd && (c == '.' || c == ')');
      boolean emphasis =
          c == '_' && !(Character.isLetterOrDigit(before) && Character.isLetterOrDigit(next));
      if (ESCAPED.indexOf(c) >= 0 || opensBlock || numbersList || emphasis) {
        out.append('\\');
      }
      out.append(c);
      if (splits(text, i, c, next)) {
        out.append(APART);
      }
    }
    return out.toString();
  }

  /** A forge must not read on over this character: a mention, a reference, an emoji, an address. */
  private static boolean splits(String text, int at, char c, char next) {
    boolean reference = REFERENCES.indexOf(c) >= 0 && (isWord(next) || next == '"' || next == '[');
    boolean address = c == ':'
        && (next == '/' || next == '+' || next == '-' || Character.isLetter(next) || next == '_');
    boolean www = c == '.' && at >= 3 && text.regionMatches(true, at - 3, "www", 0, 3);
    return reference || c == '@' || address || www;
  }

  private static int leadingDigits(String text) {
    int i = 0;
    while (i < text.length() && i < 10 && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i;
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private static int longestRun(String text) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }
}
