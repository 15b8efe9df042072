package dev.plimsoll.forge;

import dev.plimsoll.review.Review;
import dev.plimsoll.review.Review.Judged;
import java.util.List;

/** Puts a review into words for a forge. Everything that comes from the change request is escaped; nothing here carries a marker. */
public interface ReviewRenderer {

  /**
   * What a thread says of its finding, and who answered for it.
   *
   * @param exact the thread stands on exactly the finding's lines: only then may there be a suggestion block, which replaces them
   */
  String thread(Judged finding, boolean exact);

  /**
   * @param withoutThread findings that have no thread of their own, so that they must be told here in full
   */
  String summary(Review review, List<Judged> withoutThread);

  /** A short note for those who follow the change request: the verdict is worse than before. */
  String worse(Review review);

  /** The check {@code plimsoll}, final. */
  CheckReport findings(Review review);

  /** The check {@code plimsoll/checklist}, final. */
  CheckReport checklist(Review review);
}
