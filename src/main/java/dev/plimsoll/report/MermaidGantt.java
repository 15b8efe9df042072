package dev.plimsoll.report;

import dev.plimsoll.report.LockTimeline.Bar;
import dev.plimsoll.sql.RelationName;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Draws a lock timeline as a Mermaid gantt chart. Of names only letters, digits and a few harmless signs are let through. */
final class MermaidGantt {

  /** Mermaid draws dates: the deployment begins at midnight of this day, so that the axis shows the time since. */
  private static final LocalDateTime MIDNIGHT = LocalDateTime.of(2000, 1, 1, 0, 0);

  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);
  private static final int LONGEST_NAME = 48;

  private MermaidGantt() {}

  static String of(LockTimeline timeline) {
    StringBuilder out = new StringBuilder("gantt\n")
        .append("    dateFormat YYYY-MM-DD HH:mm:ss.SSS\n")
        .append("    axisFormat ")
        .append(isLong(timeline) ? "%H:%M" : "%M:%S")
        .append('\n');
    Map<RelationName, List<Bar>> byTable = timeline.bars().stream()
        .collect(Collectors.groupingBy(Bar::table, LinkedHashMap::new, Collectors.toList()));
    byTable.forEach((table, bars) -> {
      out.append("    section ").append(safe(table.toString())).append('\n');
      bars.forEach(bar -> out.append("    ").append(task(bar)).append('\n'));
    });
    return Markdown.block("mermaid", out.toString());
  }

  private static String task(Bar bar) {
    String held = bar.held().map(h -> h.toString()).orElse("unknown");
    String critical = bar.mode().blocksReads() ? "crit, " : "active, ";
    long millis = Math.max(1, bar.length().toMillis());
    return Words.waits(bar.mode()) + ", " + held + " :" + critical
        + FORM.format(MIDNIGHT.plus(bar.start())) + ", " + millis + "ms";
  }

  private static boolean isLong(LockTimeline timeline) {
    return timeline.bars().stream()
        .map(b -> b.start().plus(b.length()))
        .anyMatch(end -> end.compareTo(Duration.ofHours(1)) >= 0);
  }

  private static String safe(String name) {
    String safe = Visible.shortened(name, LONGEST_NAME)
        .codePoints()
        .map(c -> Character.isLetterOrDigit(c) || "_.- …".indexOf(c) >= 0 ? c : '?')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString()
        .strip();
    return safe.isEmpty() ? "?" : safe;
  }
}
