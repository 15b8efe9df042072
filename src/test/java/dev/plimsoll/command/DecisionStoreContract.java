package dev.plimsoll.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.checklist.ChecklistItem;
import dev.plimsoll.command.Decision.Source;
import dev.plimsoll.command.Effect.AnswerItem;
import dev.plimsoll.command.Effect.OverrideFinding;
import dev.plimsoll.command.Effect.RevokeDecision;
import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import dev.plimsoll.forge.User;
import dev.plimsoll.rules.Fingerprint;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link DecisionStore} keeps to. */
public abstract class DecisionStoreContract {

  private static final ChangeRequestId FIRST =
      new ChangeRequestId(ForgeKind.GITHUB, "acme/shop", 7);
  private static final ChangeRequestId SECOND =
      new ChangeRequestId(ForgeKind.GITHUB, "acme/shop", 8);
  private static final ChangeRequestId ELSEWHERE =
      new ChangeRequestId(ForgeKind.GITLAB, "acme/shop", 7);
  private static final User ADA = new User("12", "ada", false);
  private static final Instant MONDAY = Instant.parse("2026-01-05T10:00:00Z");
  private static final OverrideFinding OVERRIDE = new OverrideFinding(
      "table-dropped",
      new Fingerprint("0123456789abcdef"),
      List.of("orders:HUGE", "customers:UNKNOWN"),
      "it's 100 % \"fine\" 😀");
  private static final AnswerItem ANSWER =
      new AnswerItem(ChecklistItem.WINDOW, "Sunday", new Fingerprint("fedcba9876543210"));

  protected abstract DecisionStore store();

  @Test
  void givesBackWhatItWasGiven() {
    DecisionStore store = store();
    Decision override = store.record(FIRST, ADA, MONDAY, new Source("900", 1, 1), OVERRIDE);
    Decision answer = store.record(FIRST, ADA, MONDAY, new Source("900", 2, 1), ANSWER);

    assertThat(override)
        .isEqualTo(new Decision(1, FIRST, ADA, MONDAY, new Source("900", 1, 1), OVERRIDE));
    assertThat(answer.id()).isEqualTo(2);
    assertThat(store.trail(FIRST)).containsExactly(override, answer);
  }

  @Test
  void numbersEachChangeRequestByItself() {
    DecisionStore store = store();
    store.record(FIRST, ADA, MONDAY, new Source("900", 1, 1), OVERRIDE);

    assertThat(
            store.record(SECOND, ADA, MONDAY, new Source("901", 1, 1), OVERRIDE).id())
        .isEqualTo(1);
    assertThat(store
            .record(ELSEWHERE, ADA, MONDAY, new Source("900", 1, 1), OVERRIDE)
            .id())
        .isEqualTo(1);
  }

  @Test
  void recordsTheSameCommandOnce() {
    DecisionStore store = store();
    Decision first = store.record(FIRST, ADA, MONDAY, new Source("900", 1, 1), OVERRIDE);
    Decision again =
        store.record(FIRST, ADA, MONDAY.plusSeconds(60), new Source("900", 1, 1), ANSWER);

    assertThat(again).isEqualTo(first);
    assertThat(store.trail(FIRST)).containsExactly(first);
  }

  @Test
  void keepsWhatWasRevokedInTheTrail() {
    DecisionStore store = store();
    store.record(FIRST, ADA, MONDAY, new Source("900", 1, 1), OVERRIDE);
    store.record(SECOND, ADA, MONDAY, new Source("901", 1, 1), OVERRIDE);
    store.record(FIRST, ADA, MONDAY, new Source("902", 1, 1), new RevokeDecision(1));

    assertThat(store.trail(FIRST)).hasSize(2);
    assertThat(Decision.active(store.trail(FIRST))).isEmpty();
    assertThat(Decision.holding(store.trail(SECOND)).overrides()).hasSize(1);
  }

  @Test
  void knowsTheRecentTrailsOfARepository() {
    DecisionStore store = store();
    Decision old = store.record(FIRST, ADA, MONDAY, new Source("900", 1, 1), OVERRIDE);
    Decision stale = store.record(SECOND, ADA, MONDAY, new Source("901", 1, 1), OVERRIDE);
    store.record(ELSEWHERE, ADA, MONDAY.plusSeconds(60), new Source("902", 1, 1), OVERRIDE);
    Decision recent =
        store.record(FIRST, ADA, MONDAY.plusSeconds(60), new Source("903", 1, 1), ANSWER);

    assertThat(store.trailOf(ForgeKind.GITHUB, "acme/shop", MONDAY.plusSeconds(30)))
        .containsExactly(old, recent);
    assertThat(store.trailOf(ForgeKind.GITHUB, "acme/shop", MONDAY))
        .containsExactly(old, stale, recent);
    assertThat(store.trailOf(ForgeKind.GITHUB, "acme/other", MONDAY)).isEmpty();
  }
}
