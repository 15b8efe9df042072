package dev.plimsoll.report;

import dev.plimsoll.checklist.Checklist.Entry;
import dev.plimsoll.checklist.ItemState;
import dev.plimsoll.review.Review;
import dev.plimsoll.review.Review.Judged;
import dev.plimsoll.review.Review.Standing;
import dev.plimsoll.rules.Finding;
import dev.plimsoll.rules.Fix;
import dev.plimsoll.rules.Fix.Stage;
import dev.plimsoll.rules.Prose;
import java.util.List;

/** A review for a terminal: the findings with their safe ways, the checklist, and the verdict last, where the eye is when it has scrolled. */
public final class TextReport {

  private static final int MOST_FINDINGS = 200;
  private static final int MOST_LINES = 100;

  private final int width;
  private final Ink ink;

  /**
   * @param width in columns; at least 40
   * @param colours whether the terminal shows ANSI colours
   */
  public TextReport(int width, boolean colours) {
    this.width = Math.max(40, width);
    this.ink = new Ink(colours);
  }

  public String of(Review review) {
    Lines out = new Lines(width, ink);
    review.problems().forEach(p -> {
      out.prose("", ink.red("error") + " ", p.message());
      out.blank();
    });
    List<Judged> shown = review.findings().stream().limit(MOST_FINDINGS).toList();
    shown.forEach(j -> finding(out, j));
    if (shown.size() < review.findings().size()) {
      out.line("and " + (review.findings().size() - shown.size()) + " more findings");
      out.blank();
    }
    if (!review.hasNothingToReview()) {
      checklist(out, review);
    }
    review.notices().stream().limit(MOST_LINES).forEach(n -> out.prose("  ", "note: ", n));
    out.blank();
    coverage(out, review);
    String verdict = Titles.verdict(review);
    int colon = verdict.indexOf(": ") + 1;
    String label = verdict.substring(0, colon);
    out.prose(
        "",
        (review.verdict().isReady() ? ink.green(label) : ink.red(label)) + (colon == 0 ? "" : " "),
        Prose.of("{}.", verdict.substring(colon).strip()));
    return out.toString();
  }

  private void finding(Lines out, Judged judged) {
    Finding finding = judged.finding();
    String place = Visible.line(finding.place().toString());
    String kind = switch (judged.standing()) {
      case Standing.Overridden overridden -> ink.dim("overridden");
      case Standing.Ignored ignored -> ink.dim("ignored");
      case Standing.Open open -> finding.isBlocking() ? ink.red("blocks") : ink.yellow("advice");
    };
    out.line(ink.bold(place) + "  " + kind + "  " + finding.rule());
    out.prose("  ", "", finding.headline());
    finding.effect().stream().limit(MOST_LINES).forEach(e -> out.prose("  ", "", e));
    finding.because().ifPresent(b -> out.prose("  ", "", b));
    said(out, judged.standing());
    finding.fix().ifPresent(fix -> fix(out, fix));
    out.blank();
  }

  private static void said(Lines out, Standing standing) {
    switch (standing) {
      case Standing.Overridden overridden ->
        out.prose(
            "  ",
            "Overridden: ",
            Prose.of(
                "{}: {}", overridden.override().person(), overridden.override().reason()));
      case Standing.Ignored ignored ->
        out.prose("  ", "Ignored: ", Prose.of("{}", ignored.reason()));
      case Standing.Open open ->
        open.wish()
            .ifPresent(
                w -> out.prose("  ", "The author asks to ignore it: ", Prose.of("{}", w.reason())));
    }
  }

  private void fix(Lines out, Fix fix) {
    switch (fix) {
      case Fix.Replacement replacement -> {
        out.prose("  ", ink.green("Safe way: "), replacement.why());
        out.code("      ", replacement.sql() + ";", MOST_LINES);
      }
      case Fix.Sequence sequence -> {
        out.prose("  ", ink.green("Safe way: "), sequence.summary());
        int number = 1;
        for (Stage stage : sequence.stages()) {
          String mode = stage.transaction() ? "" : " (outside a transaction)";
          out.prose("    ", number + ". ", stage.title().then(Prose.of("{}", mode)));
          stage.deployBefore().ifPresent(d -> out.prose("       ", "Only when this is so: ", d));
          stage.statements().forEach(s -> out.code("       ", s + ";", MOST_LINES));
          number++;
        }
      }
    }
  }

  private void checklist(Lines out, Review review) {
    out.line(ink.bold("Checklist"));
    for (Entry entry : review.checklist().entries()) {
      String name = String.format("%-12s", entry.item().id());
      switch (entry.state()) {
        case ItemState.Open open ->
          out.prose(
              "  ",
              (entry.required() ? ink.red("open ") : ink.yellow("open ")) + name,
              open.question());
        case ItemState.Answered answered ->
          out.prose(
              "  ",
              ink.green("ok   ") + name,
              answered
                  .person()
                  .map(p -> Prose.of("{}: ", p).then(answered.evidence()))
                  .orElse(answered.evidence()));
        case ItemState.NotApplicable not -> out.prose("  ", ink.dim("n/a  ") + name, not.reason());
      }
    }
    out.blank();
  }

  private static void coverage(Lines out, Review review) {
    List<Review.OpaqueStatement> opaque = review.coverage().opaque();
    opaque.stream()
        .limit(MOST_LINES)
        .forEach(o -> out.prose(
            "  ", "not analysed: ", Prose.of("{} {}", Words.place(o.place()), o.reason())));
    if (review.coverage().statements() > 0) {
      out.line(review.coverage().analysed() + " of "
          + Words.count(review.coverage().statements(), "statement", "statements") + " in "
          + Words.count(review.migrations().size(), "migration", "migrations") + " analysed.");
    }
  }
}
