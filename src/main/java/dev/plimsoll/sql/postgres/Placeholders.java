package dev.plimsoll.sql.postgres;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a migration tool fills in before the server sees the text: <code>${schema}</code>, <code>{{ .Schema }}</code>, {@code
 * :owner}. The parser is given a name of the same length in its place, so that offsets stay, and the name is turned back
 * in what it says.
 */
final class Placeholders {

  /** Marks where a stand-in begins. The block is for private use, so that no real name begins like this. */
  private static final char FIRST_MARK = '\uE000';

  private static final char LAST_MARK = '\uF8FF';
  private static final char FILLER = 'z';

  private final List<String> originals = new ArrayList<>();
  private final Map<String, Character> marks = new HashMap<>();
  private final List<Place> places = new ArrayList<>();

  private record Place(int start, int end) {}

  /** A name of the same length for a placeholder that stands at the offset. */
  String standIn(String original, int offset) {
    places.add(new Place(offset, offset + original.length()));
    return markOf(original) + String.valueOf(FILLER).repeat(original.length() - 1);
  }

  private char markOf(String original) {
    Character known = marks.get(original);
    if (known != null) {
      return known;
    }
    if (originals.size() == LAST_MARK - FIRST_MARK) {
      return LAST_MARK;
    }
    char mark = (char) (FIRST_MARK + originals.size());
    originals.add(original);
    marks.put(original, mark);
    return mark;
  }

  boolean isEmpty() {
    return places.isEmpty();
  }

  boolean anyIn(int from, int to) {
    int next = firstFrom(from);
    return next < places.size() && places.get(next).end <= to;
  }

  /** A prepared text that begins at the offset {@code from}, with a string literal in the place of every placeholder. */
  String asLiterals(String prepared, int from) {
    StringBuilder literals = new StringBuilder(prepared);
    for (int i = firstFrom(from);
        i < places.size() && places.get(i).end <= from + prepared.length();
        i++) {
      literals.setCharAt(places.get(i).start - from, '\'');
      literals.setCharAt(places.get(i).end - from - 1, '\'');
    }
    return literals.toString();
  }

  private int firstFrom(int offset) {
    int low = 0;
    int high = places.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (places.get(middle).start < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Whether a name from the parse tree holds a stand-in. */
  boolean isIn(String name) {
    return !places.isEmpty() && name.chars().anyMatch(c -> c >= FIRST_MARK && c <= LAST_MARK);
  }

  /** The name with its placeholders as they stand in the source. */
  String restore(String name) {
    if (!isIn(name)) {
      return name;
    }
    StringBuilder restored = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      int index = name.charAt(i) - FIRST_MARK;
      if (index < 0 || index >= originals.size()) {
        restored.append(name.charAt(i));
      } else {
        restored.append(originals.get(index));
        i += originals.get(index).length() - 1;
      }
    }
    return restored.toString();
  }
}
