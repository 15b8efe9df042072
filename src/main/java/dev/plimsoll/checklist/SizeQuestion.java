package dev.plimsoll.checklist;

import dev.plimsoll.checklist.Subject.Facts;
import dev.plimsoll.rules.Exposure;
import dev.plimsoll.rules.Prose;
import java.util.List;

/** What is the table's size in production? From the catalog, or from somebody who looks it up. */
final class SizeQuestion implements Assessor {

  @Override
  public ChecklistItem item() {
    return ChecklistItem.SIZE;
  }

  @Override
  public ItemState assess(Subject subject) {
    if (subject.isCalm()) {
      return new ItemState.NotApplicable(Sentences.calm(subject));
    }
    List<Exposure> touched = subject.touched();
    List<Exposure> unknown = touched.stream().filter(Exposure::isUnknown).toList();
    return switch (subject.facts()) {
      case Facts.None none
      when !touched.isEmpty() ->
        open(
            "{}: how large are {} in production, and how busy?",
            "{}: how large is {} in production, and how busy?",
            sentence(none.reason()),
            touched);
      case Facts.Fresh fresh
      when !unknown.isEmpty() ->
        open(
            "Not in the catalog ({}): how large are {} in production?",
            "Not in the catalog ({}): how large is {} in production?",
            fresh.origin(),
            unknown);
      case Facts.Stale stale
      when !unknown.isEmpty() ->
        open(
            "Not in the catalog, which is old besides ({}): how large are {} in production?",
            "Not in the catalog, which is old besides ({}): how large is {} in production?",
            stale.origin(),
            unknown);
      case Facts.Stale stale
      when !touched.isEmpty() ->
        new ItemState.Open(Prose.of(
            "The catalog is older than it may be ({}). It says: {}. Is that still so?",
            stale.origin(),
            Sentences.list(touched, Sentences::size)));
      case Facts.Fresh fresh
      when !touched.isEmpty() ->
        new ItemState.Answered(
            Prose.of("{} ({}).", Sentences.list(touched, Sentences::size), fresh.origin()),
            java.util.Optional.empty());
      case Facts facts
      when subject.isOpaque() ->
        new ItemState.Open(
            Prose.of(
                "What could not be read may touch any table: which ones, and how large are they in production?"));
      case Facts facts -> new ItemState.NotApplicable(Sentences.calm(subject));
    };
  }

  private static ItemState open(String several, String one, String source, List<Exposure> tables) {
    return new ItemState.Open(Prose.of(
        tables.size() == 1 ? one : several, source, Sentences.names(tables, Exposure::table)));
  }

  private static String sentence(String reason) {
    String text = reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
    return text.isEmpty()
        ? "There is no catalog"
        : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
