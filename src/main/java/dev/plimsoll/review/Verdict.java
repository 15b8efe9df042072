package dev.plimsoll.review;

import dev.plimsoll.checklist.ChecklistItem;
import java.util.List;

/**
 * Whether the change request may be merged.
 *
 * @param blockingFindings that nobody has answered for
 * @param openItems required items of the checklist without an answer
 * @param problems that hold the merge until they are mended
 */
public record Verdict(int blockingFindings, List<ChecklistItem> openItems, int problems) {

  public Verdict {
    openItems = List.copyOf(openItems);
  }

  static Verdict of(Review review) {
    int blocking =
        (int) review.findings().stream().filter(Review.Judged::holdsTheMerge).count();
    List<ChecklistItem> open = review.checklist().entries().stream()
        .filter(e -> e.holdsTheMerge())
        .map(e -> e.item())
        .toList();
    return new Verdict(blocking, open, review.problems().size());
  }

  /** The check {@code plimsoll}. */
  public boolean findingsPass() {
    return blockingFindings == 0 && problems == 0;
  }

  /** The check {@code plimsoll/checklist}. */
  public boolean checklistPasses() {
    return openItems.isEmpty() && problems == 0;
  }

  public boolean isReady() {
    return findingsPass() && checklistPasses();
  }

  /** Larger is worse: to tell whether a push made it worse. */
  public int weight() {
    return problems * 10_000 + blockingFindings * 100 + openItems.size();
  }
}
