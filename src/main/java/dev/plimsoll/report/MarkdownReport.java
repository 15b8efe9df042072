package dev.plimsoll.report;

import dev.plimsoll.report.CheckText.Mark;
import dev.plimsoll.review.Review;
import dev.plimsoll.review.Review.Judged;
import dev.plimsoll.review.Review.Standing;
import dev.plimsoll.review.Verdict;
import dev.plimsoll.rules.Finding;
import dev.plimsoll.sql.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A review as what stands on a change request: the comment of a finding, the summary, the two checks. Every text fits into one comment of
 * either forge, with room for a marker.
 */
public final class MarkdownReport {

  private static final int LONGEST_TITLE = 160;
  private static final int LONGEST_MARK = 2_000;
  private static final int MOST_MARKS = 500;

  private final Links links;
  private final FindingText findings;
  private final ChecklistText checklist;

  public MarkdownReport(Links links, Dialect dialect) {
    this.links = links;
    this.findings = new FindingText(links, dialect);
    this.checklist = new ChecklistText(links);
  }

  /**
   * A finding's comment.
   *
   * @param source the file that the finding stands in, as it is at the head; without it there is no suggestion to click
   */
  public ThreadText thread(Judged finding, Optional<SourceText> source) {
    return findings.thread(finding, source);
  }

  /**
   * What a finding's comment says once the finding is gone.
   *
   * @param body what it said, without its marker
   */
  public String resolved(String body) {
    String said = Room.size(body) > Room.COMMENT - 1_000
        ? ""
        : "\n\n<details><summary>What it said</summary>\n\n" + body + "\n\n</details>";
    return "**Resolved:** this finding is gone." + said;
  }

  /** The one comment that is edited in place. */
  public String summary(Review review) {
    Room room = new Room(Room.COMMENT);
    room.paragraph("### " + Markdown.text(Titles.verdict(review)));
    room.paragraph(SummaryText.problems(review));
    room.paragraph(SummaryText.findings(review, links));
    if (!review.hasNothingToReview()) {
      room.paragraph(checklist.table(review.checklist()));
      room.paragraph(ChecklistText.howTo(review.checklist()));
    }
    facts(room, review);
    room.paragraph(
        "<sub>[Plimsoll](" + links.base()
            + ") reads migrations; it never runs them. `/plimsoll help` says what you can ask it.</sub>");
    return room.toString();
  }

  /** The check {@code plimsoll}. */
  public CheckText findingsCheck(Review review) {
    Room room = new Room(Room.COMMENT);
    room.paragraph(SummaryText.problems(review));
    String found = SummaryText.findings(review, links);
    room.paragraph(found.isEmpty() && !review.hasNothingToReview() ? "No findings." : found);
    facts(room, review);
    return new CheckText(
        review.verdict().findingsPass(),
        title(Titles.findings(review)),
        room.toString(),
        marks(review));
  }

  /** The check {@code plimsoll/checklist}. */
  public CheckText checklistCheck(Review review) {
    Room room = new Room(Room.COMMENT);
    room.paragraph(SummaryText.problems(review));
    if (!review.hasNothingToReview()) {
      room.paragraph(checklist.table(review.checklist()));
      room.paragraph(ChecklistText.howTo(review.checklist()));
      room.paragraph(SummaryText.coverage(review));
    }
    return new CheckText(
        review.verdict().checklistPasses(),
        title(Titles.checklist(review)),
        room.toString(),
        List.of());
  }

  /** A short comment for when a push has made things worse. */
  public String worse(Verdict before, Review now) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "The last push made it worse: " + lowerFirst(Markdown.text(Titles.verdict(now))) + ".");
    int more = now.verdict().blockingFindings() - before.blockingFindings();
    if (more > 0 && before.blockingFindings() > 0) {
      lines.add("Before it, " + Words.count(before.blockingFindings(), "finding", "findings")
          + " held the merge.");
    }
    return String.join("\n\n", lines);
  }

  private static void facts(Room room, Review review) {
    room.paragraph(SummaryText.timeline(review));
    room.paragraph(SummaryText.tables(review));
    room.paragraph(SummaryText.notices(review));
    room.paragraph(SummaryText.coverage(review));
  }

  /** Notes beside the lines: what holds the merge first, since a forge shows only so many. */
  private static List<Mark> marks(Review review) {
    List<Mark> marks = new ArrayList<>();
    review
        .problems()
        .forEach(p -> p.place()
            .ifPresent(place -> marks.add(new Mark(
                place.file(),
                place.line(),
                place.endLine(),
                true,
                "Plimsoll cannot go by this",
                message(p.message().plain())))));
    review.findings().stream().filter(Judged::holdsTheMerge).forEach(j -> marks.add(mark(j)));
    review.findings().stream()
        .filter(j -> !j.holdsTheMerge() && j.standing() instanceof Standing.Open)
        .forEach(j -> marks.add(mark(j)));
    review
        .coverage()
        .opaque()
        .forEach(o -> marks.add(new Mark(
            o.place().file(),
            o.place().line(),
            o.place().endLine(),
            false,
            "Not analysed",
            message(o.reason()))));
    return marks.subList(0, Math.min(marks.size(), MOST_MARKS));
  }

  private static Mark mark(Judged judged) {
    Finding finding = judged.finding();
    StringBuilder text = new StringBuilder(finding.headline().plain());
    finding.effect().stream().findFirst().ifPresent(e -> text.append('\n').append(e.plain()));
    return new Mark(
        finding.place().file(),
        finding.place().line(),
        finding.place().endLine(),
        judged.holdsTheMerge(),
        finding.rule(),
        message(text.toString()));
  }

  private static String message(String text) {
    return Visible.shortened(Visible.block(text), LONGEST_MARK);
  }

  private static String title(String text) {
    return Visible.shortened(Visible.line(text), LONGEST_TITLE);
  }

  private static String lowerFirst(String text) {
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
