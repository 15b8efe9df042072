package dev.plimsoll.report;

import dev.plimsoll.review.Review;
import dev.plimsoll.review.Review.Coverage;
import dev.plimsoll.review.Review.Judged;
import dev.plimsoll.review.Review.Problem;
import dev.plimsoll.review.Review.Standing;
import dev.plimsoll.rules.Exposure;
import dev.plimsoll.rules.Finding;
import dev.plimsoll.rules.Prose;
import java.util.List;
import java.util.stream.Stream;

/** The parts of a review as sections of Markdown, each bounded by itself so that all of them together fit into one comment. */
final class SummaryText {

  private static final int FINDINGS = 16_000;
  private static final int TABLES = 6_000;
  private static final int COVERAGE = 5_000;
  private static final int NOTICES = 6_000;
  private static final int PROBLEMS = 6_000;

  private SummaryText() {}

  static String problems(Review review) {
    if (review.problems().isEmpty()) {
      return "";
    }
    return "**To mend first**\n\n"
        + Room.lines(
            review.problems(),
            PROBLEMS,
            (Problem p) -> "- " + Markdown.prose(p.message()),
            n -> "- and " + n + " more");
  }

  /** Those that hold the merge first, each with its place. */
  static String findings(Review review, Links links) {
    List<Judged> sorted = Stream.of(
            review.findings().stream().filter(Judged::holdsTheMerge),
            review.findings().stream()
                .filter(j -> !j.holdsTheMerge() && j.standing() instanceof Standing.Open),
            review.findings().stream().filter(j -> !(j.standing() instanceof Standing.Open)))
        .flatMap(s -> s)
        .toList();
    return Room.lines(
        sorted, FINDINGS, j -> finding(j, links), n -> "- and " + n + " more findings");
  }

  static String tables(Review review) {
    if (review.tables().isEmpty()) {
      return "";
    }
    String head = "<details><summary>" + Words.count(review.tables().size(), "table", "tables")
        + " of production touched</summary>\n\n| Table | Rows | On disk | Reads/s | Writes/s |\n|---|--:|--:|--:|--:|\n";
    return head
        + Room.lines(
            review.tables(), TABLES, SummaryText::table, n -> "| and " + n + " more | | | | |")
        + "\n\n</details>";
  }

  static String timeline(Review review) {
    LockTimeline timeline = LockTimeline.of(review);
    if (!timeline.isWorthShowing()) {
      return "";
    }
    String more = timeline.omitted() == 0
        ? ""
        : "\n\nAnd " + Words.count(timeline.omitted(), "more lock", "more locks") + ".";
    return "<details><summary>Who waits, and for how long</summary>\n\n"
        + MermaidGantt.of(timeline)
        + "\n\nTime since the deployment began, at the slow end of each estimate; "
        + "a lock is held until its transaction ends. What is unknown is drawn as long as the longest."
        + more
        + "\n\n</details>";
  }

  static String notices(Review review) {
    return Room.lines(
        review.notices(),
        NOTICES,
        (Prose n) -> "- " + Markdown.prose(n),
        n -> "- and " + n + " more notices");
  }

  /** {@code 3 of 4 statements in 2 migrations analysed}, and which were not. */
  static String coverage(Review review) {
    Coverage coverage = review.coverage();
    String all = Words.count(coverage.statements(), "statement", "statements") + " in "
        + Words.count(review.migrations().size(), "migration", "migrations");
    if (coverage.opaque().isEmpty()) {
      return coverage.statements() == 0
          ? ""
          : (coverage.statements() == 1 ? "" : "All ") + all + " analysed.";
    }
    return "**Not analysed: "
        + String.format(java.util.Locale.ROOT, "%,d of %s", coverage.opaque().size(), all)
        + "**\n\n"
        + Room.lines(
            coverage.opaque(),
            COVERAGE,
            o -> "- " + Markdown.code(Words.place(o.place())) + " " + Markdown.text(o.reason()),
            n -> "- and " + n + " more");
  }

  private static String finding(Judged judged, Links links) {
    Finding finding = judged.finding();
    String standing = switch (judged.standing()) {
      case Standing.Overridden overridden ->
        " — overridden by " + Markdown.code(overridden.override().person()) + ": "
            + Markdown.text(overridden.override().reason());
      case Standing.Ignored ignored -> " — ignored in the file: " + Markdown.text(ignored.reason());
      case Standing.Open open ->
        open.wish()
            .map(w -> " — the author asks to ignore it: " + Markdown.text(w.reason()))
            .orElse("");
    };
    String sign =
        judged.holdsTheMerge() ? "⛔" : judged.standing() instanceof Standing.Open ? "💡" : "➖";
    return "- " + sign + " " + Markdown.code(Words.place(finding.place())) + " "
        + Markdown.prose(finding.headline()) + unnamedTables(finding) + " [" + finding.rule() + "]("
        + links.rule(finding.rule()) + ")"
        + standing;
  }

  /** The tables, where the headline does not name one. */
  private static String unnamedTables(Finding finding) {
    boolean named = finding.headline().parts().stream().anyMatch(Prose.Code.class::isInstance);
    int shown = Math.min(3, finding.tables().size());
    return named || shown == 0
        ? ""
        : " (" + Markdown.prose(Prose.codes(finding.tables().subList(0, shown))) + ")";
  }

  private static String table(Exposure exposure) {
    return "| " + Markdown.cell(Prose.of("{}", exposure.table()))
        + (exposure.hot() ? " (busy)" : "") + " | "
        + Words.rows(exposure) + " | " + Words.size(exposure) + " | "
        + Words.rate(exposure.traffic().readsPerSecond()) + " | "
        + Words.rate(exposure.traffic().writesPerSecond()) + " |";
  }
}
