package dev.plimsoll.report;

import dev.plimsoll.review.Review.Judged;
import dev.plimsoll.review.Review.Standing;
import dev.plimsoll.rules.Finding;
import dev.plimsoll.rules.Fix.Replacement;
import dev.plimsoll.rules.Prose;
import dev.plimsoll.sql.SourceText;
import java.util.Optional;

/** One finding as the comment on its lines: what happens, why, the safe way, and how to go on. */
final class FindingText {

  private static final int MOST_PARAGRAPHS = 8;
  private static final int LONGEST_EFFECT = 12_000;

  private final Links links;
  private final FixText fixes;

  FindingText(Links links, Dialect dialect) {
    this.links = links;
    this.fixes = new FixText(dialect);
  }

  ThreadText thread(Judged judged, Optional<SourceText> source) {
    Finding finding = judged.finding();
    Optional<Suggestion> suggestion = source.flatMap(s -> suggestion(finding, s));
    return new ThreadText(
        finding.place().file(),
        suggestion.map(Suggestion::fromLine).orElse(finding.place().line()),
        suggestion.map(Suggestion::toLine).orElse(finding.place().endLine()),
        body(judged, suggestion),
        body(judged, Optional.empty()));
  }

  /** Only where the replaced lines hold the finding's own, so that the comment still stands where it belongs. */
  private static Optional<Suggestion> suggestion(Finding finding, SourceText source) {
    return finding
        .fix()
        .flatMap(fix -> fix instanceof Replacement replacement
            ? Suggestion.of(replacement, source)
            : Optional.empty())
        .filter(s -> s.fromLine() <= finding.place().line()
            && s.toLine() >= finding.place().endLine());
  }

  private String body(Judged judged, Optional<Suggestion> suggestion) {
    Finding finding = judged.finding();
    Room room = new Room(Room.COMMENT);
    standing(judged).ifPresent(room::paragraph);
    room.paragraph(Markdown.bold(finding.headline()));
    int length = 0;
    int shown = 0;
    for (Prose effect : finding.effect()) {
      String text = Markdown.prose(effect);
      length += text.length();
      if (shown == MOST_PARAGRAPHS || length > LONGEST_EFFECT) {
        room.paragraph("And " + (finding.effect().size() - shown)
            + " more points, which `plimsoll review` shows.");
        break;
      }
      room.paragraph(text);
      shown++;
    }
    finding.because().ifPresent(because -> room.paragraph(Markdown.prose(because)));
    finding.fix().ifPresent(fix -> room.paragraph("**Safe way:** " + fixes.of(fix, suggestion)));
    room.paragraph(footer(judged));
    return room.toString();
  }

  private static Optional<String> standing(Judged judged) {
    return switch (judged.standing()) {
      case Standing.Overridden overridden ->
        Optional.of("> Overridden by " + Markdown.code(overridden.override().person()) + ": "
            + Markdown.text(overridden.override().reason()));
      case Standing.Ignored ignored ->
        Optional.of("> Ignored by a comment in the file: " + Markdown.text(ignored.reason()));
      case Standing.Open open ->
        open.wish()
            .map(wish -> "> The author asks to ignore this: " + Markdown.text(wish.reason())
                + "\n> It holds the merge, so that takes an override.");
    };
  }

  private String footer(Judged judged) {
    Finding finding = judged.finding();
    String rule = "[" + finding.rule() + "](" + links.rule(finding.rule()) + ")";
    String say = switch (judged.standing()) {
      case Standing.Open open
      when finding.isBlocking() ->
        " · holds the merge · change it, or comment `/plimsoll override " + finding.rule()
            + " REASON`";
      case Standing.Open open -> " · advice";
      case Standing.Overridden overridden ->
        " · override " + overridden.override().id();
      case Standing.Ignored ignored -> " · advice, ignored";
    };
    return "<sub>" + rule + say + "</sub>";
  }
}
