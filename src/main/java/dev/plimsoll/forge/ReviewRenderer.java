package dev.plimsoll.forge;

import dev.plimsoll.review.Review;
import dev.plimsoll.review.Review.Judged;
import java.util.List;

/** Puts a review into words for a forge. Everything that comes from the change request is escaped; nothing here carries a marker. */
public interface ReviewRenderer {

  /** What a thread says of its finding, and who answered for it. */
  ThreadText thread(Judged finding);

  /**
   * @param fromLine the first line that the thread belongs on
   * @param toLine the last one
   * @param body for a thread on just these lines: may hold a suggestion, which replaces them
   * @param bodyElsewhere for a thread that could not be put on them
   */
  record ThreadText(String path, int fromLine, int toLine, String body, String bodyElsewhere) {}

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
