package dev.plimsoll.migration.format;

import static dev.plimsoll.migration.format.ChangedFiles.changeRequest;
import static dev.plimsoll.migration.format.ChangedFiles.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.migration.Down;
import dev.plimsoll.migration.Migration;
import dev.plimsoll.migration.MigrationSet;
import dev.plimsoll.migration.MigrationSet.Unread;
import dev.plimsoll.migration.TransactionMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlFormatTest {

  private static final String ADD = "ALTER TABLE orders ADD COLUMN status text;\n";
  private static final String DROP = "ALTER TABLE orders DROP COLUMN status;\n";

  @Test
  void everyStatementRunsByItselfAndThereIsNoWayBackInTheFormat() {
    Migration migration =
        changeRequest().adds("migrations/0003-status.sql", ADD + "SELECT 1").onlyMigration();

    assertThat(migration.format()).isEqualTo("sql");
    assertThat(texts(migration.up())).hasSize(2);
    assertThat(migration.transactionMode()).isEqualTo(TransactionMode.AUTOCOMMIT);
    assertThat(migration.down()).isInstanceOf(Down.NotInFormat.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "migrations/x.sql",
        "service/db/Migrations/2024/x.sql",
        "prisma/migrations/20240131_x/migration.sql",
        "user_migrations/x.pgsql",
        "db/001_x.sql",
        "backend/sql/20240131.sql",
        "upgrade/3.0.0_to_3.0.1.sql"
      })
  void findsFilesInFoldersThatAreNamedForIt(String path) {
    assertThat(changeRequest().adds(path, ADD).names()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "db/schema.sql",
        "sql/report.sql",
        "x.sql",
        "docs/001_x.sql",
        "migrations/readme.md",
        "immigration/x.sql",
        "engine-migration/src/main/x.sql"
      })
  void leavesOtherSqlAlone(String path) {
    assertThat(changeRequest().adds(path, ADD).read().isEmpty()).isTrue();
  }

  @Test
  void anythingCountsWhereTheOwnersSaySo() {
    assertThat(changeRequest()
            .configured("ops/*.txt", "sql")
            .adds("ops/monday.txt", ADD)
            .names())
        .containsExactly("monday.txt");
  }

  @ParameterizedTest
  @CsvSource({
    "migrations/1.up.sql, migrations/1.down.sql",
    "migrations/1/up.sql, migrations/1/down.sql",
    "migrations/1_x.sql, migrations/1_x.down.sql",
    "migrations/1_x.sql, migrations/1_x.rollback.sql",
    "migrations/1_x.sql, migrations/1_x_rollback.sql",
    "migrations/1_x_up.sql, migrations/1_x_down.sql",
    "migrations/1_x.sql, migrations/down/1_x.sql",
    "migrations/up/1_x.sql, migrations/down/1_x.sql",
    "migrations/up/1_x.sql, migrations/undo/1_x.sql",
  })
  void knowsTheUsualPlacesOfAWayBack(String up, String down) {
    Migration migration = changeRequest().adds(up, ADD).adds(down, DROP).onlyMigration();

    assertThat(migration.path()).isEqualTo(up);
    assertThat(migration.down())
        .isInstanceOfSatisfying(Down.Statements.class, d -> assertThat(d.file()).isEqualTo(down));
    SqlFormat format = new SqlFormat();
    assertThat(format.companionsOf(up)).contains(down);
    assertThat(format.companionsOf(down)).contains(up);
  }

  @Test
  void aNameThatPromisesAWayBackMissesIt() {
    assertThat(changeRequest().adds("migrations/1/up.sql", ADD).onlyMigration().down())
        .isEqualTo(new Down.Missing("down.sql"));
    assertThat(changeRequest().adds("migrations/up/1.sql", ADD).onlyMigration().down())
        .isEqualTo(new Down.Missing("down/1.sql"));
  }

  @Test
  void aMigrationThatOnlySoundsLikeAWayBackIsReadAsAMigration() {
    assertThat(changeRequest().adds("migrations/7_add_rollback.sql", ADD).names())
        .containsExactly("7_add_rollback.sql");
  }

  @Test
  void aWayBackWithoutItsMigrationIsUnread() {
    assertThat(changeRequest().adds("migrations/1.down.sql", DROP).read().unread())
        .containsExactly(
            new Unread("migrations/1.down.sql", "A way back whose migration was not found."));
  }

  @Test
  void aChangedOrRemovedWayBackIsReportedAtItsUnchangedMigration() {
    assertThat(changeRequest()
            .findsBesides("migrations/1/up.sql", ADD)
            .modifies("migrations/1/down.sql", "")
            .onlyMigration()
            .down())
        .isEqualTo(new Down.Empty("migrations/1/down.sql"));
    assertThat(changeRequest()
            .findsBesides("migrations/1/up.sql", ADD)
            .removes("migrations/1/down.sql", DROP)
            .onlyMigration()
            .down())
        .isEqualTo(new Down.Missing("down.sql"));
  }

  @Test
  void filesAreOrderedByTheirNumberOrThatOfTheirFolder() {
    MigrationSet set = changeRequest()
        .adds("migrations/10_c/up.sql", ADD)
        .adds("migrations/9_b/up.sql", ADD)
        .adds("migrations/2.sql", ADD)
        .read();

    assertThat(set.migrations())
        .extracting(Migration::path)
        .containsExactly("migrations/2.sql", "migrations/9_b/up.sql", "migrations/10_c/up.sql");
  }

  @ParameterizedTest
  @CsvSource({
    "goose, '-- +goose Up\nDROP TABLE t;\n-- +goose Down\n'",
    "sql-migrate, '-- +migrate Up\nDROP TABLE t;'",
    "Liquibase, '--liquibase formatted sql\n--changeset me:1\nDROP TABLE t;'",
    "Evolutions, '# --- !Ups\nDROP TABLE t;\n# --- !Downs'",
  })
  void aFileWithTheSectionsOfAnotherFrameworkIsUnreadSinceItsWayBackWouldBeReadAsRun(
      String framework, String text) {
    MigrationSet set = changeRequest().adds("migrations/one.sql", text).read();

    assertThat(set.migrations()).isEmpty();
    assertThat(set.unread())
        .containsExactly(new Unread(
            "migrations/one.sql",
            "Looks like a migration of " + framework + ", which is not read yet."));
  }
}
