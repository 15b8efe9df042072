package dev.plimsoll.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.checklist.ChecklistItem;
import dev.plimsoll.command.Decision;
import dev.plimsoll.command.Effect;
import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import dev.plimsoll.forge.User;
import dev.plimsoll.rules.Fingerprint;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class StoredDecisionsTest {

  private static final ChangeRequestId FIRST =
      new ChangeRequestId(ForgeKind.GITHUB, "acme/shop", 1);
  private static final ChangeRequestId SECOND =
      new ChangeRequestId(ForgeKind.GITHUB, "acme/shop", 2);
  private static final ChangeRequestId ELSEWHERE =
      new ChangeRequestId(ForgeKind.GITLAB, "acme/shop", 1);
  private static final User ADA = new User("12", "ada", false);
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00.123Z");
  private static final Effect.Decide OVERRIDE = new Effect.OverrideFinding(
      "table-dropped",
      Fingerprint.of("x"),
      List.of("orders=large"),
      "nobody reads it; see \"wiki\" · ü");
  private static final Effect.Decide ANSWER =
      new Effect.AnswerItem(ChecklistItem.WINDOW, "Sunday 02:00 UTC", Fingerprint.of("y"));

  @TempDir
  private Path directory;

  @OnEveryDatabase
  void whatWasDecidedIsReadAsItWasWritten(Database database) {
    try (Storage storage = database.open(directory)) {
      StoredDecisions decisions = new StoredDecisions(storage);
      List<Decision> written = List.of(
          decisions.record(FIRST, ADA, NOON, source("c1", 1), OVERRIDE),
          decisions.record(FIRST, ADA, NOON, source("c1", 2), ANSWER),
          decisions.record(
              FIRST, ADA, NOON.plusSeconds(1), source("c2", 1), new Effect.RevokeDecision(1)));

      assertThat(written).extracting(Decision::id).containsExactly(1L, 2L, 3L);
      assertThat(new StoredDecisions(storage).trail(FIRST)).isEqualTo(written);
    }
  }

  @OnEveryDatabase
  void aCommandThatIsDeliveredAgainDecidesNothingNew(Database database) {
    try (Storage storage = database.open(directory)) {
      StoredDecisions decisions = new StoredDecisions(storage);
      Decision first = decisions.record(FIRST, ADA, NOON, source("c1", 1), OVERRIDE);

      Decision again = decisions.record(FIRST, ADA, NOON.plusSeconds(60), source("c1", 1), ANSWER);

      assertThat(again).isEqualTo(first);
      assertThat(decisions.trail(FIRST)).containsExactly(first);
    }
  }

  @OnEveryDatabase
  void eachChangeRequestCountsItsOwn(Database database) {
    try (Storage storage = database.open(directory)) {
      StoredDecisions decisions = new StoredDecisions(storage);
      decisions.record(FIRST, ADA, NOON, source("c1", 1), OVERRIDE);

      assertThat(decisions.record(SECOND, ADA, NOON, source("c1", 1), OVERRIDE).id())
          .isEqualTo(1);
      assertThat(decisions.trail(ELSEWHERE)).isEmpty();
    }
  }

  @OnEveryDatabase
  void aRepositorysTrailHoldsWhatIsNewEnoughWithAllThatBelongsToIt(Database database) {
    try (Storage storage = database.open(directory)) {
      StoredDecisions decisions = new StoredDecisions(storage);
      Decision old =
          decisions.record(FIRST, ADA, NOON.minusSeconds(1_000), source("c1", 1), OVERRIDE);
      Decision revoked =
          decisions.record(FIRST, ADA, NOON, source("c2", 1), new Effect.RevokeDecision(1));
      decisions.record(SECOND, ADA, NOON.minusSeconds(1_000), source("c1", 1), OVERRIDE);
      decisions.record(ELSEWHERE, ADA, NOON, source("c1", 1), OVERRIDE);

      assertThat(decisions.trailOf(ForgeKind.GITHUB, "acme/shop", NOON.minusSeconds(10)))
          .as("a revocation without what it revokes would be of no use")
          .containsExactly(old, revoked);
    }
  }

  private static Decision.Source source(String comment, int command) {
    return new Decision.Source(comment, command, 1);
  }
}
