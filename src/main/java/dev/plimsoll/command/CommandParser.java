package dev.plimsoll.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    Node block = MARKDOWN.parse(String.join("\n", lines)).getFirstChild();
    while (block != null && found.size() <= MOST_COMMANDS) {
      // A line of dashes below, as mail programs put before a signature, makes a heading of a
      // paragraph.
      if (block instanceof Paragraph || block instanceof Heading) {
        commandsIn((Block) block, lines, found);
      }
      block = block.getNext();
    }
    boolean more = found.size() > MOST_COMMANDS;
    return new Commands(more ? found.subList(0, MOST_COMMANDS) : found, more);
  }

  private static void commandsIn(Block block, String[] lines, List<CommandLine> found) {
    Set<Integer> textual = linesThatStartAsText(block);
    for (SourceSpan line : block.getSourceSpans()) {
      if (found.size() <= MOST_COMMANDS && textual.contains(line.getLineIndex())) {
        commandIn(lines[line.getLineIndex()], found.size() + 1).ifPresent(found::add);
      }
    }
  }

  /** A code span or an HTML comment that began on a line above may go on: then the line is no text of its own. */
  private static Set<Integer> linesThatStartAsText(Block block) {
    Map<Integer, Integer> starts = new HashMap<>();
    block.getSourceSpans().forEach(line -> starts.put(line.getLineIndex(), line.getColumnIndex()));
    Set<Integer> textual = new HashSet<>();
    for (Node inline = block.getFirstChild(); inline != null; inline = inline.getNext()) {
      for (SourceSpan span : inline.getSourceSpans()) {
        boolean atStart = starts.getOrDefault(span.getLineIndex(), -1) == span.getColumnIndex();
        if (atStart && inline instanceof Text) {
          textual.add(span.getLineIndex());
        }
      }
    }
    return textual;
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
