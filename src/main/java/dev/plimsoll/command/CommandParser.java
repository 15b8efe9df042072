package dev.plimsoll.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.commonmark.node.Block;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * Finds commands in a comment: lines of its own text that start with {@code /plimsoll}. The comment is read as Markdown, so that a line in
 * a quote, in code, in a list or in HTML is none.
 */
public final class CommandParser {

  public static final String PREFIX = "/plimsoll";

  /** More than these in one comment are not obeyed. */
  public static final int MOST_COMMANDS = 10;

  /** GitHub's comments are no longer; a GitLab note may be, and is then not read. */
  private static final int MOST_CHARACTERS = 65_536;

  private static final int DEEPEST_NESTING = 50;

  private static final Parser MARKDOWN = Parser.builder()
      .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
      .maxOpenBlockParsers(DEEPEST_NESTING)
      .build();

  private CommandParser() {}

  /**
   * @param commands at most {@link #MOST_COMMANDS}
   * @param more there are others behind them
   */
  public record Commands(List<CommandLine> commands, boolean more) {
    static final Commands NONE = new Commands(List.of(), false);

    public Commands {
      commands = List.copyOf(commands);
    }
  }

  public static Commands parse(String comment) {
    // Most comments hold no command: they are not worth parsing.
    if (comment.length() > MOST_CHARACTERS || !comment.toLowerCase(Locale.ROOT).contains(PREFIX)) {
      return Commands.NONE;
    }
    String[] lines = comment.replace("\r\n", "\n").replace('\r', '\n').split("\n", -1);
    List<CommandLine> found = new ArrayList<>();
    for (Node block = MARKDOWN.parse(String.join("\n", lines)).getFirstChild();
        block != null;
        block = block.getNext()) {
      // A line of dashes below, as mail programs put before a signature, makes a heading of a
      // paragraph.
      if (block instanceof Paragraph || block instanceof Heading) {
        for (SourceSpan line : block.getSourceSpans()) {
          if (isText((Block) block, line)) {
            commandIn(lines[line.getLineIndex()], found.size() + 1).ifPresent(found::add);
          }
        }
      }
    }
    boolean more = found.size() > MOST_COMMANDS;
    return new Commands(more ? found.subList(0, MOST_COMMANDS) : found, more);
  }

  /** A code span or an HTML comment may have begun on a line above. */
  private static boolean isText(Block block, SourceSpan line) {
    for (Node inline = block.getFirstChild(); inline != null; inline = inline.getNext()) {
      for (SourceSpan span : inline.getSourceSpans()) {
        if (span.getLineIndex() == line.getLineIndex()
            && span.getColumnIndex() == line.getColumnIndex()) {
          return inline instanceof Text;
        }
      }
    }
    return false;
  }

  private static Optional<CommandLine> commandIn(String line, int ordinal) {
    String text = line.strip();
    if (!text.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
      return Optional.empty();
    }
    String rest = text.substring(PREFIX.length());
    if (!rest.isEmpty() && !Character.isWhitespace(rest.charAt(0))) {
      return Optional.empty();
    }
    String[] words = rest.strip().split("\\s+", 2);
    String name = words[0].isEmpty() ? "help" : words[0].toLowerCase(Locale.ROOT);
    return Optional.of(new CommandLine(ordinal, name, words.length == 2 ? words[1].strip() : ""));
  }
}
