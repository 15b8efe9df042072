package dev.plimsoll.checklist;

import dev.plimsoll.catalog.Traffic;
import dev.plimsoll.impact.DurationRange;
import dev.plimsoll.impact.Estimate;
import dev.plimsoll.rules.Exposure;
import dev.plimsoll.rules.Prose;
import dev.plimsoll.rules.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** How the checklist puts lists, sizes and places into words. */
final class Sentences {

  /** More in one cell of a table nobody reads. */
  private static final int MOST = 6;

  private Sentences() {}

  static Prose join(List<Prose> parts, String between) {
    List<Prose.Part> all = new ArrayList<>();
    for (Prose part : parts) {
      if (!all.isEmpty()) {
        all.add(new Prose.Plain(between));
      }
      all.addAll(part.parts());
    }
    return new Prose(all);
  }

  /** The first few, and how many there are besides. */
  static <T> Prose list(List<T> items, Function<T, Prose> words) {
    List<Prose> shown = new ArrayList<>(items.stream().limit(MOST).map(words).toList());
    if (items.size() > MOST) {
      shown.add(Prose.of("and {} more", items.size() - MOST));
    }
    return join(shown, "; ");
  }

  static <T> Prose names(List<T> items, Function<T, Object> name) {
    List<Prose> shown = new ArrayList<>(items.stream()
        .limit(MOST)
        .map(i -> Prose.of("{}", Prose.code(String.valueOf(name.apply(i)))))
        .toList());
    if (items.size() > MOST) {
      shown.add(Prose.of("{} more", items.size() - MOST));
    }
    if (shown.size() == 1) {
      return shown.getFirst();
    }
    return Prose.of("{} and {}", join(shown.subList(0, shown.size() - 1), ", "), shown.getLast());
  }

  /** {@code `orders`: 200 million rows, 84 GB, 1,200 writes/s}. */
  static Prose size(Exposure exposure) {
    List<Prose> facts = new ArrayList<>();
    exposure.size().rows().ifPresent(r -> facts.add(Prose.of("{}", r)));
    exposure.size().data().ifPresent(b -> facts.add(Prose.of("{}", b)));
    facts.addAll(traffic(exposure.traffic()));
    return Prose.of("{}: {}", exposure.table(), facts.isEmpty() ? "unknown" : join(facts, ", "));
  }

  private static List<Prose> traffic(Traffic traffic) {
    List<Prose> facts = new ArrayList<>();
    traffic.readsPerSecond().ifPresent(r -> facts.add(Prose.of("{} reads/s", rate(r))));
    traffic.writesPerSecond().ifPresent(w -> facts.add(Prose.of("{} writes/s", rate(w))));
    return facts;
  }

  /** {@code 1,200}, {@code 3}, {@code under 1}, {@code 0}. */
  static String rate(double perSecond) {
    return perSecond > 0 && perSecond < 1
        ? "under 1"
        : String.format(Locale.ROOT, "%,.0f", perSecond);
  }

  /** How many rows, where that is known: {@code the 200 million existing rows}, {@code the existing rows}. */
  static Prose existingRows(Exposure exposure) {
    return exposure
        .size()
        .rows()
        .map(r -> Prose.of("the {} existing rows of {}", r.toString(), exposure.table()))
        .orElse(Prose.of("the existing rows of {}", exposure.table()));
  }

  static Prose duration(Estimate estimate) {
    return switch (estimate) {
      case Estimate.Known known -> Prose.of("{}", known.range());
      case Estimate.Unknown unknown -> Prose.of("for how long is unknown ({})", unknown.reason());
    };
  }

  static Prose held(DurationRange range) {
    return range.isInstant() ? Prose.of("{}", range) : Prose.of("for {}", range);
  }

  static Prose place(Step step) {
    return Prose.of(
        "{}", Prose.code(step.sql().span().file() + ":" + step.sql().span().line()));
  }

  static String count(int number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }

  /** Why nobody needs to worry about a deployment that touches nothing of weight. */
  static Prose calm(Subject subject) {
    List<Exposure> touched = subject.touched();
    return touched.isEmpty()
        ? Prose.of("No table that exists in production is touched.")
        : Prose.of("Only small, quiet tables are touched: {}.", names(touched, Exposure::table));
  }
}
