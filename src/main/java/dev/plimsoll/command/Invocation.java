package dev.plimsoll.command;

import dev.plimsoll.forge.User;
import dev.plimsoll.review.Review;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A command as somebody gave it.
 *
 * @param review of the head as it stands, made when a command asks for it
 * @param decisions those that hold, the oldest first
 */
public record Invocation(
    CommandLine line,
    User author,
    Supplier<Review> review,
    List<Decision> decisions,
    Commands commands,
    RuleBook rules) {

  public Invocation {
    decisions = List.copyOf(decisions);
  }

  /** The review, if there is something in it. */
  Optional<Review> somethingToReview() {
    return Optional.of(review.get()).filter(r -> !r.hasNothingToReview());
  }
}
