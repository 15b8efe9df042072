package dev.plimsoll.review.config;

import java.util.Iterator;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * A YAML text as nodes with their places. Bounded before any tree is built: size, depth, number of nodes and of aliases; and no object is
 * ever made of it.
 */
final class YamlText {

  /** 256 KiB, in UTF-16 units. */
  static final int LARGEST = 256 * 1024;

  private static final int DEEPEST = 16;
  private static final int MOST_EVENTS = 40_000;
  private static final int MOST_ALIASES = 100;

  private static final LoadSettings SETTINGS = LoadSettings.builder()
      .setLabel(".plimsoll.yml")
      .setCodePointLimit(LARGEST)
      .setUseMarks(true)
      .setAllowDuplicateKeys(true)
      .setAllowNonScalarKeys(true)
      .setSchema(new CoreSchema())
      .build();

  private YamlText() {}

  /** The document; absent when the text is empty, or cannot be read, which is then among the problems. */
  static Optional<Node> read(String yaml, Problems problems) {
    if (yaml.length() > LARGEST) {
      problems.at(Optional.empty(), "the file is larger than 256 KiB");
      return Optional.empty();
    }
    try {
      return isBounded(yaml, problems)
          ? new Compose(SETTINGS).composeString(yaml)
          : Optional.empty();
    } catch (MarkedYamlEngineException e) {
      problems.at(e.getProblemMark(), "not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      problems.at(Optional.empty(), "not YAML: " + firstLine(e.getMessage()));
    }
    return Optional.empty();
  }

  /** Goes through the events, for which no recursion is needed, so that no text can exhaust the stack of what comes after. */
  private static boolean isBounded(String yaml, Problems problems) {
    int depth = 0;
    int events = 0;
    int aliases = 0;
    int documents = 0;
    Iterator<Event> all = new Parse(SETTINGS).parseString(yaml).iterator();
    while (all.hasNext()) {
      Event event = all.next();
      switch (event.getEventId()) {
        case MappingStart, SequenceStart -> depth++;
        case MappingEnd, SequenceEnd -> depth--;
        case Alias -> aliases++;
        case DocumentStart -> documents++;
        default -> {}
      }
      events++;
      String tooMuch = depth > DEEPEST
          ? "nested deeper than " + DEEPEST + " levels"
          : events > MOST_EVENTS
              ? "more than " + MOST_EVENTS + " parts"
              : aliases > MOST_ALIASES
                  ? "more than " + MOST_ALIASES + " aliases"
                  : documents > 1 ? "a second document begins; there can be only one" : "";
      if (!tooMuch.isEmpty()) {
        problems.at(event.getStartMark(), tooMuch);
        return false;
      }
    }
    return true;
  }

  private static String firstLine(String message) {
    return message == null
        ? "it cannot be read"
        : message.lines().findFirst().orElse("it cannot be read");
  }
}
