package dev.plimsoll.migration.format;

import static dev.plimsoll.migration.format.ChangedFiles.changeRequest;
import static dev.plimsoll.migration.format.ChangedFiles.problems;
import static dev.plimsoll.migration.format.ChangedFiles.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.migration.Down;
import dev.plimsoll.migration.Migration;
import dev.plimsoll.migration.MigrationSet;
import dev.plimsoll.migration.MigrationSet.Unread;
import dev.plimsoll.migration.SourceFile.Change;
import dev.plimsoll.migration.TransactionMode;
import org.junit.jupiter.api.Test;

class GolangMigrateFormatTest {

  private static final String ADD = "ALTER TABLE orders ADD COLUMN status text;\n";
  private static final String DROP = "ALTER TABLE orders DROP COLUMN status;\n";

  @Test
  void theWholeFileIsOneQueryAndItsDownTheWayBack() {
    Migration migration = changeRequest()
        .adds("migrations/000003_status.up.sql", ADD)
        .adds("migrations/000003_status.down.sql", DROP)
        .onlyMigration();

    assertThat(migration.format()).isEqualTo("golang-migrate");
    assertThat(migration.name()).isEqualTo("000003_status.up.sql");
    assertThat(migration.transactionMode()).isEqualTo(TransactionMode.SINGLE_QUERY);
    assertThat(migration.down()).isInstanceOfSatisfying(Down.Statements.class, down -> {
      assertThat(down.transactionMode()).isEqualTo(TransactionMode.SINGLE_QUERY);
      assertThat(texts(down.statements())).containsExactly("ALTER TABLE orders DROP COLUMN status");
    });
  }

  @Test
  void upAndDownAreMatchedByNumberAndNotByTitle() {
    assertThat(changeRequest()
            .adds("m/3_status.up.sql", ADD)
            .adds("m/0003_remove_status.down.sql", DROP)
            .onlyMigration()
            .down())
        .isInstanceOf(Down.Statements.class);
  }

  @Test
  void aMigrationWithoutItsDownMissesIt() {
    assertThat(changeRequest().adds("m/3_status.up.sql", ADD).onlyMigration().down())
        .isEqualTo(new Down.Missing("3_status.down.sql"));
  }

  @Test
  void aChangeOfTheDownAloneIsReportedAtItsUnchangedUp() {
    Migration migration = changeRequest()
        .findsBesides("m/3_status.up.sql", ADD)
        .modifies("m/3_status.down.sql", "-- irreversible\nSELECT 1;")
        .onlyMigration();

    assertThat(migration.change()).isEqualTo(Change.UNCHANGED);
    assertThat(migration.down()).isEqualTo(new Down.Empty("m/3_status.down.sql"));
  }

  @Test
  void aRemovedDownLeavesItsUpWithoutAWayBack() {
    assertThat(changeRequest()
            .findsBesides("m/3_status.up.sql", ADD)
            .removes("m/3_status.down.sql", DROP)
            .onlyMigration()
            .down())
        .isEqualTo(new Down.Missing("3_status.down.sql"));
  }

  @Test
  void aDownWithoutItsUpIsUnread() {
    assertThat(changeRequest().adds("m/3_status.down.sql", DROP).read().unread())
        .containsExactly(new Unread(
            "m/3_status.down.sql", "A down migration whose up migration was not found."));
  }

  @Test
  void theOrderIsThatOfTheNumbers() {
    assertThat(changeRequest()
            .adds("m/10_b.up.sql", ADD)
            .adds("m/20240131120000_c.up.sql", ADD)
            .adds("m/9_a.up.sql", ADD)
            .names())
        .containsExactly("9_a.up.sql", "10_b.up.sql", "20240131120000_c.up.sql");
  }

  @Test
  void aNumberTooBigIsPassedOverByGolangMigrateAndSaid() {
    MigrationSet set = changeRequest()
        .adds("m/18446744073709551616_x.up.sql", ADD)
        .adds("m/18446744073709551615_y.up.sql", ADD)
        .read();

    assertThat(set.migrations())
        .extracting(Migration::name)
        .containsExactly("18446744073709551615_y.up.sql");
    assertThat(set.unread())
        .singleElement()
        .extracting(Unread::reason)
        .asString()
        .contains("2^64");
  }

  @Test
  void twoFilesOfOneNumberStopGolangMigrate() {
    assertThat(problems(changeRequest()
            .adds("m/3_a.up.sql", ADD)
            .findsBesides("m/03_b.up.sql", ADD)
            .read()
            .migrations()
            .getFirst()))
        .containsExactly("golang-migrate stops: `03_b.up.sql` has the same number.");
  }

  @Test
  void aRemovedMigrationDoesNotRun() {
    MigrationSet set = changeRequest()
        .removes("m/3_status.up.sql", ADD)
        .removes("m/3_status.down.sql", DROP)
        .read();

    assertThat(set.migrations()).isEmpty();
    assertThat(set.notRun()).hasSize(2);
  }

  @Test
  void companionsAreTheOtherHalf() {
    assertThat(new GolangMigrateFormat().companionsOf("m/3_status.up.sql"))
        .containsExactly("m/3_status.down.sql");
    assertThat(new GolangMigrateFormat().companionsOf("m/3_status.down.sql"))
        .containsExactly("m/3_status.up.sql");
  }
}
