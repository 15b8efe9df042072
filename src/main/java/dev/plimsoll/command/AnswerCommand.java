package dev.plimsoll.command;

import dev.plimsoll.checklist.ChecklistItem;
import dev.plimsoll.report.Markdown;
import dev.plimsoll.review.Review;
import dev.plimsoll.review.config.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Answers an item of the checklist. */
final class AnswerCommand implements Command {

  private static final String ITEMS = Arrays.stream(ChecklistItem.values())
      .map(i -> Markdown.code(i.id()))
      .collect(Collectors.joining(", "));

  @Override
  public String name() {
    return "answer";
  }

  @Override
  public String usage() {
    return "answer ITEM TEXT";
  }

  @Override
  public String example() {
    return "answer window Sunday 02:00 UTC, agreed with the shop's on-call";
  }

  @Override
  public String says() {
    return "answers an item of the checklist: " + ITEMS;
  }

  @Override
  public Permission permission() {
    return Permission.WRITE;
  }

  @Override
  public CommandResult run(Invocation invocation) {
    String word = invocation.line().firstArgument();
    String text = invocation.line().restOfArguments();
    Optional<ChecklistItem> item = ChecklistItem.of(word);
    if (item.isEmpty()) {
      String hint = Nearest.of(
              word, Arrays.stream(ChecklistItem.values()).map(ChecklistItem::id).toList())
          .map(i -> " Did you mean " + Markdown.code(i) + "?")
          .orElse("");
      return CommandResult.refuses((word.isEmpty()
              ? "Which item?"
              : Markdown.code(word) + " is no item of the checklist." + hint)
          + " The items are " + ITEMS + ".");
    }
    if (text.isBlank()) {
      return CommandResult.refuses("An answer needs a text: " + item.get().question()
          + " Write it behind the item, on the same line.");
    }
    Optional<Review> review = invocation.somethingToReview();
    if (review.isEmpty()) {
      return CommandResult.refuses(
          "This change request changes no migration: there is nothing to answer.");
    }
    return CommandResult.does(
        "Recorded for " + Markdown.code(item.get().id())
            + ". It holds until a statement changes or a table outgrows its size band.",
        List.of(new Effect.AnswerItem(item.get(), text, review.get().fingerprint())));
  }
}
