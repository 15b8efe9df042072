package dev.plimsoll.forge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.forge.CheckReport.State;
import dev.plimsoll.forge.PostedLedger.CheckEntry;
import dev.plimsoll.forge.PostedLedger.CommentEntry;
import dev.plimsoll.forge.PostedLedger.ThreadEntry;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link PostedLedger} keeps to. */
public abstract class PostedLedgerContract {

  private static final ChangeRequestId HERE = new ChangeRequestId(ForgeKind.GITHUB, "acme/shop", 7);
  private static final ChangeRequestId THERE =
      new ChangeRequestId(ForgeKind.GITHUB, "acme/shop", 8);
  private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
  private static final Marker SUMMARY = new Marker(Marker.Kind.SUMMARY, "-");
  private static final ThreadEntry THREAD =
      new ThreadEntry("1", "abcd", "a body\nwith 'lines' 😀", false, NOW);
  private static final CommentEntry COMMENT = new CommentEntry("2", SUMMARY, "the summary", NOW);
  private static final CheckEntry CHECK =
      new CheckEntry("3", "plimsoll", "headsha", State.FAILURE, "2 findings", "digest", NOW);

  protected abstract PostedLedger ledger();

  @Test
  void givesBackWhatWasPut() {
    PostedLedger ledger = ledger();
    ledger.put(HERE, THREAD);
    ledger.put(HERE, COMMENT);
    ledger.put(HERE, CHECK);

    assertThat(ledger.entries(HERE)).containsExactlyInAnyOrder(THREAD, COMMENT, CHECK);
    assertThat(ledger.entries(THERE)).isEmpty();
    assertThat(ledger.checkDigests(HERE)).isEqualTo(Map.of("3", "digest"));
  }

  @Test
  void replacesAnEntryOfTheSameKindAndId() {
    PostedLedger ledger = ledger();
    ThreadEntry edited = new ThreadEntry("1", "abcd", "another body", true, NOW);
    CommentEntry sameId = new CommentEntry("1", SUMMARY, "the summary", NOW);
    ledger.put(HERE, THREAD);
    ledger.put(HERE, edited);
    ledger.put(HERE, sameId);

    assertThat(ledger.entries(HERE)).containsExactlyInAnyOrder(edited, sameId);
  }

  @Test
  void forgets() {
    PostedLedger ledger = ledger();
    ledger.put(HERE, THREAD);
    ledger.put(THERE, THREAD);
    ledger.forget(HERE, "1");

    assertThat(ledger.entries(HERE)).isEmpty();
    assertThat(ledger.entries(THERE)).containsExactly(THREAD);
  }

  @Test
  void completesWhatTheForgeDoesNotListYet() {
    PostedLedger ledger = ledger();
    List.of(THREAD, COMMENT, CHECK).forEach(entry -> ledger.put(HERE, entry));
    Posted complete = ledger.complete(Posted.NOTHING, HERE, "headsha", NOW.plusSeconds(30));

    assertThat(complete.threads()).extracting(Posted.Thread::id).containsExactly("1");
    assertThat(complete.comment(SUMMARY)).isPresent();
    assertThat(complete.checks()).extracting(Posted.Check::id).containsExactly("3");
    assertThat(ledger.complete(complete, HERE, "headsha", NOW))
        .as("what is listed")
        .isEqualTo(complete);
  }

  @Test
  void believesTheForgeAfterAWhile() {
    PostedLedger ledger = ledger();
    List.of(THREAD, COMMENT, CHECK).forEach(entry -> ledger.put(HERE, entry));

    assertThat(ledger.complete(
            Posted.NOTHING, HERE, "headsha", NOW.plus(PostedLedger.LAG).plusSeconds(1)))
        .isEqualTo(Posted.NOTHING);
    assertThat(ledger.complete(Posted.NOTHING, HERE, "another head", NOW).checks())
        .isEmpty();
  }
}
