package dev.plimsoll.forge;

import dev.plimsoll.report.ThreadText;
import dev.plimsoll.review.Review;
import dev.plimsoll.review.Review.Judged;
import dev.plimsoll.sql.SourceText;
import java.util.List;
import java.util.Optional;

/** Puts a review into words for a forge. Everything that comes from the change request is escaped; nothing here carries a marker. */
public interface ReviewRenderer {

  /**
   * What a thread says of its finding, and who answered for it.
   *
   * @param source the file that the finding stands in, as it is at the head
   */
  ThreadText thread(Judged finding, Optional<SourceText> source);

  /**
   * @param withoutThread findings that have no thread of their own, so that they must be told here in full
   */
  String summary(Review review, List<Judged> withoutThread);

  /**
   * A short note for those who follow the change request: the verdict is worse than before.
   *
   * @param weightBefore see {@link dev.plimsoll.review.Verdict#weight}
   */
  String worse(int weightBefore, Review review);

  /** The check {@code plimsoll}, final. */
  CheckReport findings(Review review);

  /** The check {@code plimsoll/checklist}, final. */
  CheckReport checklist(Review review);
}
