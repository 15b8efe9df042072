package dev.plimsoll.report;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.Checklist.Entry;
import dev.plimsoll.checklist.ChecklistItem;
import dev.plimsoll.checklist.ItemState;
import dev.plimsoll.rules.Prose;
import java.util.List;
import java.util.Locale;

/** The seven questions as a table, the open ones with what to do. */
final class ChecklistText {

  private final Links links;

  ChecklistText(Links links) {
    this.links = links;
  }

  String table(Checklist checklist) {
    if (allNotApplicable(checklist)) {
      return "The checklist has nothing to ask: "
          + lowerFirst(Markdown.prose(reason(checklist.entries().getFirst())));
    }
    StringBuilder out = new StringBuilder("| | Checklist | |\n|---|---|---|");
    for (Entry entry : checklist.entries()) {
      out.append("\n| ")
          .append(sign(entry))
          .append(" | [")
          .append(entry.item().id())
          .append("](")
          .append(links.item(entry.item()))
          .append(") | ")
          .append(words(entry))
          .append(" |");
    }
    return out.toString();
  }

  /** How to answer, while something is open. */
  static String howTo(Checklist checklist) {
    return checklist.open().isEmpty()
        ? ""
        : "Answer an open item with a comment: `/plimsoll answer " + example(checklist.open())
            + " TEXT`. The answer counts until the statements or sizes change.";
  }

  /** Not the one that the findings answer. */
  private static String example(List<ChecklistItem> open) {
    return open.stream()
        .filter(i -> i != ChecklistItem.ALTERNATIVE)
        .findFirst()
        .orElse(open.getFirst())
        .id();
  }

  private static String sign(Entry entry) {
    return switch (entry.state()) {
      case ItemState.Answered answered -> "✅";
      case ItemState.Open open -> entry.required() ? "❓" : "❔";
      case ItemState.NotApplicable not -> "➖";
    };
  }

  private static String words(Entry entry) {
    return switch (entry.state()) {
      case ItemState.Answered answered ->
        answered.person().map(p -> Markdown.code(p).replace("|", "\\|") + ": ").orElse("")
            + Markdown.cell(answered.evidence());
      case ItemState.Open open ->
        Markdown.cell(open.question()) + (entry.required() ? "" : " (optional)");
      case ItemState.NotApplicable not -> Markdown.cell(not.reason());
    };
  }

  private static boolean allNotApplicable(Checklist checklist) {
    List<Entry> entries = checklist.entries();
    return !entries.isEmpty()
        && entries.stream().allMatch(e -> e.state() instanceof ItemState.NotApplicable);
  }

  private static Prose reason(Entry entry) {
    return entry.state() instanceof ItemState.NotApplicable not ? not.reason() : Prose.of("");
  }

  private static String lowerFirst(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }
}
