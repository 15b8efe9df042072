package dev.plimsoll.command;

import dev.plimsoll.checklist.ChecklistItem;
import dev.plimsoll.rules.Fingerprint;
import java.util.List;

/** What a command brings about besides its reply. */
public sealed interface Effect {

  /** Review again, although nothing was decided. */
  record Rerun() implements Effect {}

  /** Something that a person decides; it is recorded and never changed. */
  sealed interface Decide extends Effect {}

  /**
   * @param bands see {@link dev.plimsoll.review.Override#bands}
   */
  record OverrideFinding(String rule, Fingerprint finding, List<String> bands, String reason)
      implements Decide {
    public OverrideFinding {
      bands = List.copyOf(bands);
    }
  }

  /**
   * @param givenFor see {@link dev.plimsoll.checklist.Answer#givenFor}
   */
  record AnswerItem(ChecklistItem item, String text, Fingerprint givenFor) implements Decide {}

  /**
   * @param decision the number of the one that holds no longer
   */
  record RevokeDecision(long decision) implements Decide {}
}
