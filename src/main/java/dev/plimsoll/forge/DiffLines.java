package dev.plimsoll.forge;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The lines of a file, as it is at the head, that a review comment may stand on.
 *
 * @param hunks in order
 */
public record DiffLines(List<Hunk> hunks) {

  /** The forge gave no patch for the file: too large, or binary. */
  public static final DiffLines NONE = new DiffLines(List.of());

  public DiffLines {
    hunks = List.copyOf(hunks);
  }

  /**
   * A stretch of the new file that the diff shows.
   *
   * @param firstLine in the new file, from 1
   * @param lastLine in the new file, included
   * @param oldLines for each unchanged line of it, by new line: its line in the old file
   */
  public record Hunk(int firstLine, int lastLine, Map<Integer, Integer> oldLines) {
    public Hunk {
      oldLines = Map.copyOf(oldLines);
    }

    public boolean contains(int line) {
      return line >= firstLine && line <= lastLine;
    }
  }

  /** The hunk that shows both lines, since a comment must lie in one. */
  public Optional<Hunk> hunkWith(int from, int to) {
    return hunks.stream().filter(h -> h.contains(from) && h.contains(to)).findFirst();
  }
}
