package dev.plimsoll.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.forge.CheckReport;
import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.forge.Marker;
import dev.plimsoll.forge.PostedLedger.CheckEntry;
import dev.plimsoll.forge.PostedLedger.CommentEntry;
import dev.plimsoll.forge.PostedLedger.ThreadEntry;
import dev.plimsoll.forge.ReviewTarget;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import dev.plimsoll.forge.ReviewTarget.MergeGroup;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.io.TempDir;

class StoredLedgerTest {

  private static final ReviewTarget SHOP = new ChangeRequestId(ForgeKind.GITHUB, "acme/shop", 1);
  private static final ReviewTarget GROUP =
      new MergeGroup(ForgeKind.GITHUB, "acme/shop", "a".repeat(40), "b".repeat(40), "main");
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
  private static final ThreadEntry THREAD =
      new ThreadEntry("7", "f00", "**Slow.** ü \"'\\", false, NOON);
  private static final CommentEntry SUMMARY = new CommentEntry(
      "7", new Marker(Marker.Kind.SUMMARY, "-"), "All is well.", NOON.plusMillis(1));
  private static final CheckEntry CHECK = new CheckEntry(
      "9",
      "plimsoll",
      "a".repeat(40),
      CheckReport.State.FAILURE,
      "1 finding",
      "digest",
      NOON.plusMillis(2));

  @TempDir
  private Path directory;

  @OnEveryDatabase
  void everyKindOfEntryIsReadAsItWasWritten(Database database) {
    try (Storage storage = database.open(directory)) {
      StoredLedger ledger = new StoredLedger(storage);
      ledger.put(SHOP, THREAD);
      ledger.put(SHOP, SUMMARY);
      ledger.put(SHOP, CHECK);

      assertThat(new StoredLedger(storage).entries(SHOP))
          .as("a thread and a comment may have the same number")
          .containsExactly(THREAD, SUMMARY, CHECK);
      assertThat(ledger.entries(GROUP)).isEmpty();
    }
  }

  @OnEveryDatabase
  void anEntryTakesThePlaceOfTheOneBefore(Database database) {
    try (Storage storage = database.open(directory)) {
      StoredLedger ledger = new StoredLedger(storage);
      ThreadEntry resolved = new ThreadEntry("7", "f00", "Gone.", true, NOON.plusSeconds(5));
      ledger.put(SHOP, THREAD);
      ledger.put(SHOP, resolved);

      assertThat(ledger.entries(SHOP)).containsExactly(resolved);
    }
  }

  @OnEveryDatabase
  void whatTheForgeDoesNotHaveIsForgotten(Database database) {
    try (Storage storage = database.open(directory)) {
      StoredLedger ledger = new StoredLedger(storage);
      ledger.put(SHOP, CHECK);
      ledger.put(GROUP, CHECK);
      ledger.forget(SHOP, "9");

      assertThat(ledger.entries(SHOP)).isEmpty();
      assertThat(ledger.entries(GROUP)).containsExactly(CHECK);
    }
  }
}
