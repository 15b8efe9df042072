package dev.plimsoll.server.demo;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Draws the Mermaid charts that Plimsoll writes, without Mermaid; of other charts it knows nothing. */
final class GanttHtml {

  private static final Pattern TASK = Pattern.compile(
      "(?<label>[^:]+) :(?<kind>crit|active), (?<start>[0-9: .-]+), (?<length>[0-9]{1,12})ms");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);
  private static final LocalDateTime BEGIN = LocalDateTime.of(2000, 1, 1, 0, 0);
  private static final int MOST_LINES = 200;
  private static final double THINNEST = 0.6;

  private record Bar(String table, String label, boolean reads, Duration start, Duration length) {
    Duration end() {
      return start.plus(length);
    }
  }

  private GanttHtml() {}

  /** Absent when it is not a chart of the kind that is known. */
  static Optional<String> of(String mermaid) {
    List<String> lines =
        mermaid.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    if (lines.size() > MOST_LINES || lines.isEmpty() || !lines.getFirst().equals("gantt")) {
      return Optional.empty();
    }
    List<Bar> bars = new ArrayList<>();
    String table = "";
    for (String line : lines.subList(1, lines.size())) {
      if (line.startsWith("section ")) {
        table = line.substring("section ".length());
      } else if (!line.startsWith("dateFormat ") && !line.startsWith("axisFormat ")) {
        Optional<Bar> bar = bar(table, line);
        if (bar.isEmpty()) {
          return Optional.empty();
        }
        bars.add(bar.get());
      }
    }
    return bars.isEmpty() ? Optional.empty() : Optional.of(draw(bars));
  }

  private static Optional<Bar> bar(String table, String line) {
    Matcher task = TASK.matcher(line);
    if (!task.matches()) {
      return Optional.empty();
    }
    try {
      Duration start = Duration.between(BEGIN, LocalDateTime.parse(task.group("start"), TIME));
      Duration length = Duration.ofMillis(Long.parseLong(task.group("length")));
      return Optional.of(
          new Bar(table, task.group("label"), task.group("kind").equals("crit"), start, length));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static String draw(List<Bar> bars) {
    Duration end =
        bars.stream().map(Bar::end).max(Duration::compareTo).orElse(Duration.ofMillis(1));
    StringBuilder html = new StringBuilder("<div class=\"gantt\">");
    String table = "";
    for (Bar bar : bars) {
      if (!bar.table().equals(table)) {
        table = bar.table();
        html.append("<p class=\"gantt-table\"><code>")
            .append(Html.text(table))
            .append("</code></p>");
      }
      double width = Math.max(THINNEST, share(bar.length(), end));
      double from = Math.min(share(bar.start(), end), 100 - width);
      html.append("<p class=\"gantt-label\">").append(Html.text(bar.label())).append("</p>");
      html.append(String.format(
          Locale.ROOT,
          "<svg class=\"gantt-bar %s\" width=\"100%%\" height=\"12\" aria-hidden=\"true\"><rect class=\"gantt-ground\" width=\"100%%\" height=\"12\" rx=\"3\"/>"
              + "<rect class=\"gantt-held\" x=\"%.2f%%\" width=\"%.2f%%\" height=\"12\" rx=\"3\"/></svg>",
          bar.reads() ? "reads-wait" : "writes-wait",
          from,
          width));
    }
    return html.append("<p class=\"gantt-axis\"><span>0</span><span>")
        .append(spell(end.dividedBy(2)))
        .append("</span><span>")
        .append(spell(end))
        .append("</span></p></div>\n")
        .toString();
  }

  private static double share(Duration part, Duration whole) {
    return 100.0 * part.toMillis() / Math.max(1, whole.toMillis());
  }

  private static String spell(Duration time) {
    if (time.toMinutes() >= 5) {
      return Math.round(time.toSeconds() / 60.0) + " min";
    }
    return time.toSeconds() >= 5 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }
}
