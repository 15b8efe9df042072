package dev.plimsoll.rules;

import dev.plimsoll.catalog.Bytes;
import dev.plimsoll.catalog.RowCount;
import dev.plimsoll.impact.DurationRange;
import dev.plimsoll.impact.LockMode;
import dev.plimsoll.sql.RelationName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A sentence or two, free of any markup: each report writes and escapes it in its own way. Names and SQL that come from a change
 * request stand in {@link Code} or {@link Plain} parts, so they can never become markup.
 */
public record Prose(List<Part> parts) {

  public Prose {
    parts = List.copyOf(parts);
  }

  public sealed interface Part {
    String text();
  }

  public record Plain(String text) implements Part {}

  public record Code(String text) implements Part {}

  public record Strong(String text) implements Part {}

  /**
   * Fills the holes of a sentence in order.
   *
   * @param template with {@code {}} for each argument
   * @param arguments a {@link Prose} or {@link Part} is put in as it is; a relation name becomes code; anything else plain text
   */
  public static Prose of(String template, Object... arguments) {
    List<Part> parts = new ArrayList<>();
    int from = 0;
    for (Object argument : arguments) {
      int hole = template.indexOf("{}", from);
      if (hole < 0) {
        throw new IllegalArgumentException("more arguments than holes: " + template);
      }
      addPlain(parts, template.substring(from, hole));
      switch (argument) {
        case Prose prose -> parts.addAll(prose.parts);
        case Part part -> parts.add(part);
        case RelationName name -> parts.add(new Code(name.toString()));
        case RowCount rows -> addPlain(parts, rows + " rows");
        case Bytes bytes -> addPlain(parts, bytes.toString());
        case LockMode mode -> addPlain(parts, mode.sql());
        case DurationRange range -> addPlain(parts, range.toString());
        default -> addPlain(parts, String.valueOf(argument));
      }
      from = hole + 2;
    }
    if (template.indexOf("{}", from) >= 0) {
      throw new IllegalArgumentException("more holes than arguments: " + template);
    }
    addPlain(parts, template.substring(from));
    return new Prose(parts);
  }

  public static Part code(String text) {
    return new Code(text);
  }

  public static Part strong(String text) {
    return new Strong(text);
  }

  /** {@code a}, {@code a and b}, {@code a, b and c}, each as code. */
  public static Prose codes(List<?> items) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (i > 0) {
        parts.add(new Plain(i == items.size() - 1 ? " and " : ", "));
      }
      parts.add(new Code(String.valueOf(items.get(i))));
    }
    return new Prose(parts);
  }

  public Prose then(Prose next) {
    List<Part> all = new ArrayList<>(parts);
    all.add(new Plain(" "));
    all.addAll(next.parts);
    return new Prose(all);
  }

  /** Without any distinction of code: for plain text. */
  public String plain() {
    return parts.stream().map(Part::text).collect(Collectors.joining());
  }

  @Override
  public String toString() {
    return plain();
  }

  private static void addPlain(List<Part> parts, String text) {
    if (!text.isEmpty()) {
      parts.add(new Plain(text));
    }
  }
}
