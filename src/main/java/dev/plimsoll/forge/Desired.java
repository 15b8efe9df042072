package dev.plimsoll.forge;

import dev.plimsoll.forge.CheckReport.State;
import dev.plimsoll.report.ThreadText;
import dev.plimsoll.review.Review;
import dev.plimsoll.review.Review.Judged;
import dev.plimsoll.review.Review.Standing;
import dev.plimsoll.sql.SourceText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * What should stand on a change request or merge group.
 *
 * @param checks both of them, final
 * @param conversation absent on a merge group, which has none
 */
public record Desired(List<CheckReport> checks, Optional<Conversation> conversation) {

  /** The name of the check for the findings. */
  public static final String FINDINGS_CHECK = "plimsoll";

  /** The name of the check for the seven items. */
  public static final String CHECKLIST_CHECK = "plimsoll/checklist";

  private static final String NO_MIGRATIONS = "No migrations changed";

  public Desired {
    checks = List.copyOf(checks);
  }

  /**
   * @param threads by finding; at most one of each fingerprint
   */
  public record Conversation(List<FindingThread> threads, SummaryComment summary) {
    public Conversation {
      threads = List.copyOf(threads);
    }
  }

  /**
   * A finding's thread.
   *
   * @param settled somebody has answered for the finding: an existing thread is resolved, none is opened
   */
  public record FindingThread(String key, boolean blocking, boolean settled, ThreadText text) {}

  /** The one comment that is edited in place. */
  public sealed interface SummaryComment {

    /**
     * @param weight of the verdict
     * @param worse what is said when the weight is more than that of the standing summary, given the latter
     */
    record Telling(int weight, SummaryText text, IntFunction<String> worse)
        implements SummaryComment {}

    /** There is nothing to say; a summary that stands is brought up to date. */
    record OnlyIfThereIsOne(String text) implements SummaryComment {}
  }

  /** A summary's text without marker, given the keys of the findings that have no thread. */
  @FunctionalInterface
  public interface SummaryText {
    String of(Set<String> withoutThread);
  }

  /**
   * @param sources the files at the head, by path
   */
  public static Desired of(
      Review review, ReviewRenderer renderer, Map<String, SourceText> sources) {
    if (review.hasNothingToReview()) {
      // What a reader should know all the same, such as a file that no database's paths cover,
      // stands in the checks.
      return review.notices().isEmpty()
          ? nothingToReview()
          : new Desired(
              List.of(renderer.findings(review), renderer.checklist(review)),
              nothingToReview().conversation());
    }
    Map<String, FindingThread> threads = new LinkedHashMap<>();
    for (Judged judged : review.findings()) {
      String key = judged.finding().fingerprint().value();
      threads.putIfAbsent(
          key,
          new FindingThread(
              key,
              judged.finding().isBlocking(),
              !(judged.standing() instanceof Standing.Open),
              renderer.thread(
                  judged,
                  Optional.ofNullable(sources.get(judged.finding().place().file())))));
    }
    SummaryComment summary = new SummaryComment.Telling(
        review.verdict().weight(),
        withoutThread -> renderer.summary(
            review,
            review.findings().stream()
                .filter(f -> withoutThread.contains(f.finding().fingerprint().value()))
                .toList()),
        before -> renderer.worse(before, review));
    return new Desired(
        List.of(renderer.findings(review), renderer.checklist(review)),
        Optional.of(new Conversation(new ArrayList<>(threads.values()), summary)));
  }

  /** No file of the change request may be a migration: both checks pass, and nothing is said. */
  public static Desired nothingToReview() {
    String summary =
        "No changed file looks like a database migration, so there is nothing to review.";
    return new Desired(
        List.of(
            new CheckReport(
                FINDINGS_CHECK, State.SUCCESS, NO_MIGRATIONS, summary, List.of(), List.of()),
            new CheckReport(
                CHECKLIST_CHECK, State.SUCCESS, NO_MIGRATIONS, summary, List.of(), List.of())),
        Optional.of(
            new Conversation(
                List.of(),
                new SummaryComment.OnlyIfThereIsOne(
                    "## Plimsoll: no migrations\n\nThis change request does not change a database migration any more."))));
  }

  public Desired withoutConversation() {
    return new Desired(checks, Optional.empty());
  }
}
