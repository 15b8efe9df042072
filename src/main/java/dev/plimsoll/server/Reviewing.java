package dev.plimsoll.server;

import dev.plimsoll.review.Review;
import dev.plimsoll.review.ReviewInput;

/** Makes a review of its input; pure. */
@FunctionalInterface
public interface Reviewing {
  Review review(ReviewInput input);
}
