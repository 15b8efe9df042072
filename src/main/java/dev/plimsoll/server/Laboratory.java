package dev.plimsoll.server;

import dev.plimsoll.review.Decisions;
import dev.plimsoll.review.Review;
import java.util.Optional;

/** Reviews one head under different decisions, with its files loaded once, and only when a command wants to know. */
final class Laboratory {

  private final ReviewWorkflow reviews;
  private final MaterialLoader.Start start;
  private Optional<Material> material = Optional.empty();

  Laboratory(ReviewWorkflow reviews, MaterialLoader.Start start) {
    this.reviews = reviews;
    this.start = start;
  }

  boolean isOpen() {
    return start.request().open();
  }

  Review review(Decisions held) {
    if (material.isEmpty()) {
      material = Optional.of(reviews.material(start));
    }
    return reviews.review(material.get(), held);
  }
}
