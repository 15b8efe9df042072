package dev.plimsoll.forge;

import dev.plimsoll.forge.CheckReport.Annotation;
import dev.plimsoll.forge.CheckReport.State;
import dev.plimsoll.report.CheckText;
import dev.plimsoll.report.Dialect;
import dev.plimsoll.report.Links;
import dev.plimsoll.report.MarkdownReport;
import dev.plimsoll.report.ThreadText;
import dev.plimsoll.review.Review;
import dev.plimsoll.review.Review.Judged;
import dev.plimsoll.review.Verdict;
import dev.plimsoll.sql.SourceText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The words of {@code report}, as comments and checks. */
public final class ReportRenderer implements ReviewRenderer {

  /** Below what both forges take, with room for memo and marker. */
  private static final int MOST_BYTES = 63_000;

  private final MarkdownReport report;

  public ReportRenderer(Links links, ForgeKind forge) {
    this.report = new MarkdownReport(
        links,
        switch (forge) {
          case GITHUB, MEMORY -> Dialect.GITHUB;
          case GITLAB -> Dialect.GITLAB;
        });
  }

  @Override
  public ThreadText thread(Judged finding, Optional<SourceText> source) {
    return report.thread(finding, source);
  }

  @Override
  public String summary(Review review, List<Judged> withoutThread) {
    StringBuilder text = new StringBuilder(report.summary(review));
    int left = MOST_BYTES - bytes(text.toString());
    int told = 0;
    for (Judged judged : withoutThread) {
      String title =
          judged.finding().rule() + ", line " + judged.finding().place().line();
      String section =
          "\n\n<details><summary>Not on its line: <code>" + html(title) + "</code></summary>\n\n"
              + report.thread(judged, Optional.empty()).bodyElsewhere() + "\n\n</details>";
      left -= bytes(section);
      if (left < 0) {
        break;
      }
      text.append(section);
      told++;
    }
    if (told < withoutThread.size()) {
      text.append("\n\nOf ")
          .append(withoutThread.size() - told)
          .append(" more findings there is no comment on their line.");
    }
    return text.toString();
  }

  @Override
  public String worse(int weightBefore, Review review) {
    Verdict before = new Verdict(weightBefore % 10_000 / 100, List.of(), weightBefore / 10_000);
    return report.worse(before, review);
  }

  @Override
  public CheckReport findings(Review review) {
    return check(Desired.FINDINGS_CHECK, report.findingsCheck(review));
  }

  @Override
  public CheckReport checklist(Review review) {
    return check(Desired.CHECKLIST_CHECK, report.checklistCheck(review));
  }

  private static CheckReport check(String name, CheckText text) {
    return new CheckReport(
        name,
        text.passes() ? State.SUCCESS : State.FAILURE,
        text.title(),
        text.summary(),
        text.marks().stream()
            .map(m -> new Annotation(
                m.path(), m.fromLine(), m.toLine(), m.blocking(), m.title(), m.message()))
            .toList(),
        text.passes() ? Buttons.ON_SUCCESS : Buttons.ON_FAILURE);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String html(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
