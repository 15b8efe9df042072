package dev.plimsoll.report;

import dev.plimsoll.rules.Prose;
import java.util.ArrayList;
import java.util.List;

/** Lines of text for a terminal, broken at spaces. What comes from files cannot move the cursor or change a colour. */
final class Lines {

  private static final int LONGEST_TEXT = 4_000;

  private final int width;
  private final Ink ink;
  private final StringBuilder out = new StringBuilder();

  Lines(int width, Ink ink) {
    this.width = width;
    this.ink = ink;
  }

  /** A line as it is: the caller has made its text visible. */
  void line(String text) {
    out.append(text).append('\n');
  }

  /** At most one blank line, and none at the top. */
  void blank() {
    int length = out.length();
    if (length > 1 && out.charAt(length - 2) != '\n') {
      out.append('\n');
    }
  }

  /**
   * A paragraph whose further lines are indented under its first word.
   *
   * @param label may hold colours
   */
  void prose(String indent, String label, Prose prose) {
    int hanging = indent.length() + bare(label).length();
    String further = " "
        .repeat(
            bare(label).startsWith("Safe way") || hanging > width / 2 ? indent.length() : hanging);
    StringBuilder line = new StringBuilder(indent).append(label);
    int column = hanging;
    boolean empty = true;
    for (Word word : words(prose)) {
      int length = word.plain().codePointCount(0, word.plain().length());
      if (!empty && column + 1 + length > width) {
        out.append(line).append('\n');
        line = new StringBuilder(further);
        column = further.length();
        empty = true;
      }
      line.append(empty ? "" : " ").append(word.shown());
      column += length + (empty ? 0 : 1);
      empty = false;
    }
    out.append(line.toString().stripTrailing()).append('\n');
  }

  /** Code as it stands, never broken. */
  void code(String indent, String code, int most) {
    List<String> lines = Visible.block(code).lines().toList();
    lines.stream()
        .limit(most)
        .forEach(l -> out.append(indent)
            .append(ink.cyan(Visible.shortened(l, LONGEST_TEXT)))
            .append('\n'));
    if (lines.size() > most) {
      out.append(indent).append("and ").append(lines.size() - most).append(" more lines\n");
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }

  private record Word(String plain, String shown) {}

  /** Words, with the parts that touch each other kept together: {@code `orders`,}. */
  private List<Word> words(Prose prose) {
    List<Word> words = new ArrayList<>();
    StringBuilder plain = new StringBuilder();
    StringBuilder shown = new StringBuilder();
    for (Prose.Part part : prose.parts()) {
      String text = Visible.shortened(Visible.line(part.text()), LONGEST_TEXT);
      boolean code = part instanceof Prose.Code;
      String[] pieces = code ? new String[] {text} : text.split(" ", -1);
      for (int i = 0; i < pieces.length; i++) {
        if (i > 0) {
          flush(words, plain, shown);
        }
        String quoted = code && !ink.colours() ? "`" + pieces[i] + "`" : pieces[i];
        plain.append(quoted);
        shown.append(
            switch (part) {
              case Prose.Code c -> ink.cyan(quoted);
              case Prose.Strong s -> ink.bold(quoted);
              case Prose.Plain p -> quoted;
            });
      }
    }
    flush(words, plain, shown);
    return words;
  }

  private static void flush(List<Word> words, StringBuilder plain, StringBuilder shown) {
    if (!plain.isEmpty()) {
      words.add(new Word(plain.toString(), shown.toString()));
    }
    plain.setLength(0);
    shown.setLength(0);
  }

  private static String bare(String label) {
    return label.replaceAll("\u001B\\[[0-9]+m", "");
  }
}
