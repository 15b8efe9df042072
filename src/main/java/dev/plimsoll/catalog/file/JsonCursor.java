package dev.plimsoll.catalog.file;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.plimsoll.catalog.CatalogProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Walks through a JSON document once, token by token. A value of the wrong kind becomes a problem with its place and is stepped over, so
 * that one reading finds all problems.
 *
 * <p>Every reading method starts on the first token of a value and ends on its last. A null counts as left out.
 */
final class JsonCursor {

  /** More help nobody, and a hostile file could have millions. */
  static final int MAX_PROBLEMS = 50;

  private static final Pattern ARRAY_INDEX = Pattern.compile("/\\d+(?=/|$)");

  /** Whole numbers that every JSON reader keeps exactly: 9 quadrillion, or 9 PB. */
  private static final long MAX_WHOLE = (1L << 53) - 1;

  /** Reads the value of one key; false when it does not know the key. */
  interface KeyReader {
    boolean read(String key) throws IOException;
  }

  /** Reads one element of an array. */
  interface ElementReader {
    void read() throws IOException;
  }

  /** The place of a value that was begun, to report what it lacks. */
  record Mark(int line, int column) {}

  private final JsonParser parser;
  private final List<CatalogProblem> problems = new ArrayList<>();
  private final Map<String, Unknown> unknown = new LinkedHashMap<>();
  private final String[] seen = new String[1 << 14];
  private final char[][] seenText = new char[1 << 14][];

  private static final class Unknown {
    private final int line;
    private int count;

    Unknown(int line) {
      this.line = line;
    }
  }

  JsonCursor(JsonParser parser) {
    this.parser = parser;
  }

  JsonToken next() throws IOException {
    return parser.nextToken();
  }

  boolean isNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  List<CatalogProblem> problems() {
    return problems;
  }

  boolean isFull() {
    return problems.size() >= MAX_PROBLEMS;
  }

  /** One warning per kind of unknown key, however often it stands in the file. */
  List<String> unknownKeys() {
    List<String> warnings = new ArrayList<>();
    unknown.forEach((pointer, seen) -> warnings.add(
        "line " + seen.line + ": the key " + pointer + " is not known and was passed over"
            + (seen.count > 1 ? ", " + seen.count + " times in the file" : "")));
    return warnings;
  }

  Mark mark() {
    JsonLocation location = parser.currentTokenLocation();
    return new Mark(location.getLineNr(), location.getColumnNr());
  }

  /** A problem with the value that the cursor is on. */
  void problem(String message) {
    Mark mark = mark();
    problemAt(mark, message);
  }

  /** A problem with an object that was begun at the mark and has just been read. */
  void problemAt(Mark mark, String message) {
    if (!isFull()) {
      problems.add(new CatalogProblem(
          message,
          parser.getParsingContext().pathAsPointer().toString(),
          mark.line(),
          mark.column()));
    }
  }

  /** False, with a problem, when the value is no object. */
  boolean object(String expected, KeyReader reader) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      wrong(expected);
      return false;
    }
    Keys keys = new Keys();
    while (parser.nextToken() != JsonToken.END_OBJECT && !isFull()) {
      String key = parser.currentName();
      if (!keys.add(key)) {
        problem("the key \"" + shortened(key) + "\" stands twice in one object; remove one");
      }
      parser.nextToken();
      if (!reader.read(key)) {
        passOver();
      }
    }
    return true;
  }

  /** The keys of one object: few, mostly, and then quicker to look through than to hash. */
  private static final class Keys {

    private static final int FEW = 16;

    private final String[] few = new String[FEW];
    private int count;
    private Set<String> many = Set.of();

    boolean add(String key) {
      if (count < FEW) {
        for (int i = 0; i < count; i++) {
          if (few[i].equals(key)) {
            return false;
          }
        }
        few[count++] = key;
        return true;
      }
      if (many.isEmpty()) {
        many = new HashSet<>(List.of(few));
      }
      return many.add(key);
    }
  }

  /** False, with a problem, when the value is no array; a null is an empty one. */
  boolean array(String expected, ElementReader reader) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return true;
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      wrong(expected);
      return false;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY && !isFull()) {
      reader.read();
    }
    return true;
  }

  Optional<String> text(String expected) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> Optional.empty();
      case VALUE_STRING -> Optional.of(shared());
      default -> wrong(expected);
    };
  }

  /** A name: not empty. */
  Optional<String> name(String expected) throws IOException {
    Optional<String> text = text(expected);
    if (text.isPresent() && text.get().isEmpty()) {
      problem("must not be empty: " + expected);
      return Optional.empty();
    }
    return text;
  }

  /**
   * The value's text: the equal string seen before, mostly, found without making a new one first. Names that occur once must not pile up,
   * so a newcomer takes the place of an older one.
   */
  private String shared() throws IOException {
    char[] text = parser.getTextCharacters();
    int start = parser.getTextOffset();
    int length = parser.getTextLength();
    int hash = length;
    for (int i = start; i < start + length; i++) {
      hash = 31 * hash + text[i];
    }
    int place = hash * 0x9E3779B9 >>> 18;
    char[] known = seenText[place];
    if (known == null || !Arrays.equals(known, 0, known.length, text, start, start + length)) {
      seenText[place] = Arrays.copyOfRange(text, start, start + length);
      seen[place] = new String(text, start, length);
    }
    return seen[place];
  }

  List<String> names(String expected) throws IOException {
    List<String> names = new ArrayList<>(2);
    array(expected, () -> name(expected).ifPresent(names::add));
    return names;
  }

  Optional<Boolean> flag(String expected) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> Optional.empty();
      case VALUE_TRUE -> Optional.of(true);
      case VALUE_FALSE -> Optional.of(false);
      default -> {
        wrong(expected);
        yield Optional.empty();
      }
    };
  }

  /** From 0 to 2^53 - 1. */
  OptionalLong whole(String expected) throws IOException {
    switch (parser.currentToken()) {
      case VALUE_NULL -> {
        return OptionalLong.empty();
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        double value = real();
        if (value >= 0 && value <= MAX_WHOLE && value == Math.rint(value)) {
          return OptionalLong.of((long) value);
        }
        problem(expected + ", from 0 to " + MAX_WHOLE + ", and is " + shown()
            + "; leave it out when it is unknown");
      }
      default -> wrong(expected);
    }
    return OptionalLong.empty();
  }

  /** From 0 to {@code max}. */
  OptionalDouble number(String expected, double max) throws IOException {
    switch (parser.currentToken()) {
      case VALUE_NULL -> {
        return OptionalDouble.empty();
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        double value = real();
        if (value >= 0 && value <= max) {
          return OptionalDouble.of(value);
        }
        problem(expected + ", and is " + shown() + "; leave it out when it is unknown");
      }
      default -> wrong(expected);
    }
    return OptionalDouble.empty();
  }

  private double real() throws IOException {
    boolean isLong = parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    return isLong ? parser.getLongValue() : parser.getDoubleValue();
  }

  void skip() throws IOException {
    parser.skipChildren();
  }

  private Optional<String> wrong(String expected) throws IOException {
    problem(expected + ", and is " + shown());
    parser.skipChildren();
    return Optional.empty();
  }

  private String shown() throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "the string \"" + shortened(parser.getText()) + "\"";
      default -> shortened(parser.getText());
    };
  }

  static String shortened(String text) {
    String line = text.length() <= 60 ? text : text.substring(0, 60) + "...";
    return line.replaceAll("\\p{Cntrl}", "?");
  }

  private void passOver() throws IOException {
    String pointer = parser.getParsingContext().pathAsPointer().toString();
    String kind = shortened(ARRAY_INDEX.matcher(pointer).replaceAll("/*"));
    Unknown key = unknown.get(kind);
    if (key == null && unknown.size() < MAX_PROBLEMS) {
      key = new Unknown(parser.currentTokenLocation().getLineNr());
      unknown.put(kind, key);
    }
    if (key != null) {
      key.count++;
    }
    parser.skipChildren();
  }
}
