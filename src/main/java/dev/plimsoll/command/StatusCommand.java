package dev.plimsoll.command;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.ItemState;
import dev.plimsoll.report.Markdown;
import dev.plimsoll.review.Review;
import dev.plimsoll.review.Review.Judged;
import dev.plimsoll.review.Review.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells what is open and what was decided. */
final class StatusCommand implements Command {

  private static final int MOST_LINES = 50;

  @Override
  public String name() {
    return "status";
  }

  @Override
  public String usage() {
    return "status";
  }

  @Override
  public String example() {
    return "status";
  }

  @Override
  public String says() {
    return "tells what holds the merge, and what was decided";
  }

  @Override
  public Permission permission() {
    return Permission.READ;
  }

  @Override
  public CommandResult run(Invocation invocation) {
    Optional<Review> review = invocation.somethingToReview();
    if (review.isEmpty()) {
      return CommandResult.says(
          "This change request changes no migration: there is nothing to review.");
    }
    List<String> parts = new ArrayList<>();
    parts.add(verdict(review.get()));
    section(
        parts,
        "Problems to mend",
        review.get().problems().stream().map(p -> Markdown.prose(p.message())).toList());
    section(
        parts,
        "Open findings",
        review.get().findings().stream()
            .filter(f -> f.standing() instanceof Standing.Open)
            .map(StatusCommand::finding)
            .toList());
    section(
        parts,
        "Open items of the checklist",
        review.get().checklist().entries().stream()
            .flatMap(e -> item(e).stream())
            .toList());
    section(
        parts,
        "Decisions",
        invocation.decisions().stream().map(StatusCommand::decision).toList());
    return CommandResult.says(String.join("\n\n", parts));
  }

  static String verdict(Review review) {
    var verdict = review.verdict();
    if (verdict.isReady()) {
      return "**Ready**: nothing holds the merge.";
    }
    List<String> holding = new ArrayList<>();
    count(holding, verdict.blockingFindings(), "blocking finding", "blocking findings");
    count(holding, verdict.openItems().size(), "open item", "open items");
    count(holding, verdict.problems(), "problem to mend", "problems to mend");
    return "**Not ready**: " + String.join(", ", holding) + ".";
  }

  private static void count(List<String> holding, int number, String one, String many) {
    if (number > 0) {
      holding.add(number + " " + (number == 1 ? one : many));
    }
  }

  private static void section(List<String> parts, String title, List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder("**").append(title).append("**\n");
    lines.stream().limit(MOST_LINES).forEach(line -> text.append("\n- ").append(line));
    if (lines.size() > MOST_LINES) {
      text.append("\n- and ").append(lines.size() - MOST_LINES).append(" more");
    }
    parts.add(text.toString());
  }

  static String finding(Judged judged) {
    var finding = judged.finding();
    return Markdown.code(finding.rule()) + " ("
        + Markdown.code(finding.fingerprint().value()) + ") at "
        + Markdown.code(finding.place().file() + ":" + finding.place().line())
        + (finding.isBlocking() ? "" : ", advice");
  }

  private static Optional<String> item(Checklist.Entry entry) {
    return switch (entry.state()) {
      case ItemState.Open(var question) ->
        Optional.of(Markdown.code(entry.item().id())
            + (entry.required() ? ": " : " (optional): ")
            + Markdown.prose(question));
      case ItemState.Answered answered -> Optional.empty();
      case ItemState.NotApplicable notApplicable -> Optional.empty();
    };
  }

  private static String decision(Decision decision) {
    String what = switch (decision.content()) {
      case Effect.OverrideFinding o ->
        "overrode " + Markdown.code(o.rule()) + " (" + Markdown.code(o.finding().value()) + "): "
            + Markdown.code(o.reason());
      case Effect.AnswerItem a ->
        "answered " + Markdown.code(a.item().id()) + ": " + Markdown.code(a.text());
      case Effect.RevokeDecision r -> "revoked " + r.decision();
    };
    return "**" + decision.id() + "**: " + Markdown.code(decision.by().login()) + " " + what;
  }
}
