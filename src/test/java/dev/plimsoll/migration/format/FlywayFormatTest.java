package dev.plimsoll.migration.format;

import static dev.plimsoll.migration.format.ChangedFiles.changeRequest;
import static dev.plimsoll.migration.format.ChangedFiles.problems;
import static dev.plimsoll.migration.format.ChangedFiles.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.migration.Down;
import dev.plimsoll.migration.Migration;
import dev.plimsoll.migration.MigrationSet;
import dev.plimsoll.migration.MigrationSet.NotRun;
import dev.plimsoll.migration.MigrationSet.Unread;
import dev.plimsoll.migration.SourceFile.Change;
import dev.plimsoll.migration.TransactionMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlywayFormatTest {

  private static final String FOLDER = "src/main/resources/db/migration/";
  private static final String ADD = "ALTER TABLE orders ADD COLUMN status text;\n";

  @Test
  void aVersionedMigrationRunsInOneTransactionAndMissesItsUndo() {
    Migration migration = changeRequest()
        .adds(FOLDER + "V2__status.sql", ADD + "UPDATE orders SET status = 'new';")
        .onlyMigration();

    assertThat(migration.format()).isEqualTo("flyway");
    assertThat(migration.name()).isEqualTo("V2__status.sql");
    assertThat(migration.path()).isEqualTo(FOLDER + "V2__status.sql");
    assertThat(texts(migration.up()))
        .containsExactly(
            "ALTER TABLE orders ADD COLUMN status text", "UPDATE orders SET status = 'new'");
    assertThat(migration.transactionMode()).isEqualTo(TransactionMode.TRANSACTION);
    assertThat(migration.down()).isEqualTo(new Down.Missing("U2__status.sql"));
    assertThat(migration.problems()).isEmpty();
  }

  @Test
  void theUndoMigrationOfTheSameVersionIsTheWayBackWhateverItsDescription() {
    Migration migration = changeRequest()
        .adds(FOLDER + "V2_0__status.sql", ADD)
        .adds(FOLDER + "U2__remove_the_status.sql", "ALTER TABLE orders DROP COLUMN status;")
        .onlyMigration();

    assertThat(migration.down()).isInstanceOfSatisfying(Down.Statements.class, down -> {
      assertThat(down.file()).isEqualTo(FOLDER + "U2__remove_the_status.sql");
      assertThat(texts(down.statements())).containsExactly("ALTER TABLE orders DROP COLUMN status");
    });
  }

  @Test
  void anUndoMigrationOfAnotherFolderIsNotTheWayBack() {
    MigrationSet set = changeRequest()
        .adds("a/migration/V2__status.sql", ADD)
        .adds("b/migration/U2__status.sql", "ALTER TABLE orders DROP COLUMN status;")
        .read();

    assertThat(set.migrations().getFirst().down()).isEqualTo(new Down.Missing("U2__status.sql"));
    assertThat(set.unread())
        .containsExactly(new Unread(
            "b/migration/U2__status.sql",
            "An undo migration whose versioned migration was not found."));
  }

  @Test
  void aChangeOfTheUndoAloneIsReportedAtItsUnchangedMigration() {
    Migration migration = changeRequest()
        .findsBesides(FOLDER + "V2__status.sql", ADD)
        .modifies(FOLDER + "U2__status.sql", "-- nothing to do\n")
        .onlyMigration();

    assertThat(migration.change()).isEqualTo(Change.UNCHANGED);
    assertThat(migration.down()).isEqualTo(new Down.Empty(FOLDER + "U2__status.sql"));
  }

  @Test
  void aRemovedUndoLeavesItsMigrationWithoutAWayBack() {
    MigrationSet set = changeRequest()
        .findsBesides(FOLDER + "V2__status.sql", ADD)
        .removes(FOLDER + "U2__status.sql", "ALTER TABLE orders DROP COLUMN status;")
        .read();

    assertThat(set.migrations())
        .singleElement()
        .extracting(Migration::down)
        .isEqualTo(new Down.Missing("U2__status.sql"));
    assertThat(set.notRun())
        .containsExactly(new NotRun(FOLDER + "U2__status.sql", "Removed by this change request."));
  }

  @Test
  void companionsThatNobodyChangedAreNoMigrations() {
    MigrationSet set = changeRequest()
        .findsBesides(FOLDER + "V2__status.sql", ADD)
        .findsBesides(FOLDER + "U2__status.sql", "")
        .findsBesides(FOLDER + "V2__status.sql.conf", "executeInTransaction=false")
        .read();

    assertThat(set.migrations()).isEmpty();
    assertThat(set.unread()).isEmpty();
    assertThat(set.notRun()).isEmpty();
  }

  @Test
  void versionsAreOrderedByNumberAndRepeatablesComeLast() {
    assertThat(changeRequest()
            .adds(FOLDER + "R__views.sql", "SELECT 1")
            .adds(FOLDER + "afterMigrate.sql", "SELECT 1")
            .adds(FOLDER + "V10__d.sql", "SELECT 1")
            .adds(FOLDER + "V2.10__c.sql", "SELECT 1")
            .adds(FOLDER + "V2_9__b.sql", "SELECT 1")
            .adds(FOLDER + "V002__a.sql", "SELECT 1")
            .adds(FOLDER + "beforeMigrate__timeouts.sql", "SELECT 1")
            .adds(FOLDER + "R__a_function.sql", "SELECT 1")
            .names())
        .containsExactly(
            "beforeMigrate__timeouts.sql",
            "V002__a.sql",
            "V2_9__b.sql",
            "V2.10__c.sql",
            "V10__d.sql",
            "R__a_function.sql",
            "R__views.sql",
            "afterMigrate.sql");
  }

  @Test
  void repeatableMigrationsHaveNoPlaceForAnUndo() {
    assertThat(changeRequest()
            .modifies(FOLDER + "R__views.sql", "CREATE VIEW v AS SELECT 1")
            .onlyMigration()
            .down())
        .isInstanceOf(Down.NotInFormat.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE INDEX CONCURRENTLY i ON t (a)",
        "create unique index concurrently i on t (a)",
        "DROP INDEX CONCURRENTLY i",
        "/* big table */ DROP INDEX CONCURRENTLY IF EXISTS i",
        "CREATE DATABASE reports",
        "DROP TABLESPACE fast",
        "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p",
        "ALTER SYSTEM SET work_mem = '64MB'",
        "REINDEX SCHEMA public",
        "REINDEX (VERBOSE) DATABASE app",
        "VACUUM ANALYZE t",
        "DISCARD ALL"
      })
  void statementsThatFlywayKnowsRunOutsideATransaction(String sql) {
    Migration migration = changeRequest().adds(FOLDER + "V2__x.sql", sql + ";").onlyMigration();

    assertThat(migration.transactionMode()).isEqualTo(TransactionMode.AUTOCOMMIT);
    assertThat(migration.problems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "REINDEX INDEX CONCURRENTLY i",
        "REINDEX (CONCURRENTLY) TABLE t",
        "REINDEX TABLE t",
        "ALTER TYPE mood ADD VALUE 'calm'",
        "ALTER TABLE t DETACH PARTITION p CONCURRENTLY",
        "CREATE INDEX concurrently_built ON t (a)",
        "COMMENT ON TABLE t IS 'VACUUM'"
      })
  void whatFlywayDoesNotKnowRunsInATransactionEvenIfTheServerRefusesIt(String sql) {
    assertThat(changeRequest()
            .adds(FOLDER + "V2__x.sql", sql + ";")
            .onlyMigration()
            .transactionMode())
        .isEqualTo(TransactionMode.TRANSACTION);
  }

  @Test
  void flywayRefusesAScriptThatMixesBothSorts() {
    Migration migration = changeRequest().adds(FOLDER + "V2__x.sql", """
            SET lock_timeout = '5s';
            CREATE INDEX CONCURRENTLY i ON t (a);
            """).onlyMigration();

    assertThat(problems(migration))
        .singleElement()
        .asString()
        .contains("mixes", "`V2__x.sql.conf`", "flyway.mixed=true");
    assertThat(migration.problems().getFirst().place().line()).isEqualTo(2);
    assertThat(migration.transactionMode()).isEqualTo(TransactionMode.AUTOCOMMIT);
  }

  @Test
  void aScriptsOwnSettingsDecideOverItsStatements() {
    ChangedFiles files = changeRequest()
        .adds(
            FOLDER + "V2__x.sql", "SET lock_timeout = '5s'; CREATE INDEX CONCURRENTLY i ON t (a);")
        .adds(FOLDER + "V3__y.sql", "CREATE INDEX CONCURRENTLY j ON t (b);")
        .adds(FOLDER + "V2__x.sql.conf", "# why\nexecuteInTransaction = FALSE\n")
        .adds(FOLDER + "V3__y.sql.conf", "executeInTransaction=true");

    assertThat(files.read().migrations())
        .extracting(Migration::transactionMode)
        .containsExactly(TransactionMode.AUTOCOMMIT, TransactionMode.TRANSACTION);
    assertThat(files.read().migrations()).flatMap(Migration::problems).isEmpty();
  }

  @Test
  void aChangeOfTheSettingsAloneIsReportedAtItsUnchangedMigration() {
    Migration migration = changeRequest()
        .findsBesides(FOLDER + "V2__x.sql", ADD)
        .adds(FOLDER + "V2__x.sql.conf", "executeInTransaction=false")
        .onlyMigration();

    assertThat(migration.change()).isEqualTo(Change.UNCHANGED);
    assertThat(migration.transactionMode()).isEqualTo(TransactionMode.AUTOCOMMIT);
  }

  @Test
  void settingsThatFlywayRejectsAreProblems() {
    Migration migration = changeRequest()
        .adds(FOLDER + "V2__x.sql", ADD)
        .adds(
            FOLDER + "V2__x.sql.conf",
            "\nexecuteInTransaction=no\r\nlockTimeout=5\nencoding=UTF-8\n")
        .onlyMigration();

    assertThat(migration.problems())
        .extracting(problem -> problem.place().line() + " " + problem.message())
        .containsExactly(
            "2 This is either `true` or `false`.", "3 Flyway has no such setting for a script.");
  }

  @Test
  void aScriptThatIsSwitchedOffDoesNotRun() {
    MigrationSet set = changeRequest()
        .adds(FOLDER + "V2__x.sql", ADD)
        .adds(FOLDER + "V2__x.sql.conf", "shouldExecute=false")
        .read();

    assertThat(set.migrations()).isEmpty();
    assertThat(set.notRun())
        .containsExactly(
            new NotRun(FOLDER + "V2__x.sql", "Its settings say `shouldExecute=false`."));
  }

  @Test
  void theUndoHasItsOwnTransactionMode() {
    Migration migration = changeRequest()
        .adds(FOLDER + "V2__x.sql", "CREATE INDEX i ON t (a);")
        .adds(FOLDER + "U2__x.sql", "DROP INDEX CONCURRENTLY i;")
        .onlyMigration();

    assertThat(migration.transactionMode()).isEqualTo(TransactionMode.TRANSACTION);
    assertThat(migration.down())
        .isInstanceOfSatisfying(
            Down.Statements.class,
            down -> assertThat(down.transactionMode()).isEqualTo(TransactionMode.AUTOCOMMIT));
  }

  @Test
  void baselinesAndCallbacksOfOtherCommandsAreNamedAsNotRun() {
    MigrationSet set = changeRequest()
        .adds(FOLDER + "B5__everything.sql", "DROP TABLE old;")
        .adds(FOLDER + "afterClean.sql", "DROP TABLE old;")
        .removes(FOLDER + "V1__start.sql", "CREATE TABLE t (a int);")
        .read();

    assertThat(set.migrations()).isEmpty();
    assertThat(set.notRun())
        .containsExactlyInAnyOrder(
            new NotRun(
                FOLDER + "B5__everything.sql", "A baseline migration runs in new databases only."),
            new NotRun(
                FOLDER + "afterClean.sql", "This callback does not run with `flyway migrate`."),
            new NotRun(FOLDER + "V1__start.sql", "Removed by this change request."));
  }

  @Test
  void migrationsInOtherLanguagesAreCountedAsUnread() {
    MigrationSet set = changeRequest()
        .adds(
            "src/main/java/db/migration/V3__Fill.java", "class V3__Fill extends OurOwnMigration {}")
        .adds("sql/V4__fill.ps1", "rm -r *")
        .read();

    assertThat(set.unread())
        .extracting(Unread::path)
        .containsExactly("src/main/java/db/migration/V3__Fill.java", "sql/V4__fill.ps1");
  }

  @Test
  void aNameThatFlywayPassesOverIsUnreadAndNotSilent() {
    assertThat(changeRequest().adds(FOLDER + "V1_status.sql", ADD).read().unread())
        .singleElement()
        .extracting(Unread::reason)
        .asString()
        .contains("would not run", "V<version>__<description>.sql");
  }

  @Test
  void aNameLongerThanAFileSystemAllowsIsUnread() {
    String name = "V1" + ".1".repeat(100_000) + "__x.sql";
    assertThat(changeRequest().adds(FOLDER + name, ADD).read().unread()).hasSize(1);
  }

  @Test
  void aLowerCasePrefixIsReadAndItsAuthorTold() {
    assertThat(problems(changeRequest().adds("sql/v1__status.sql", ADD).onlyMigration()))
        .singleElement()
        .asString()
        .contains("upper case");
  }

  @Test
  void twoFilesOfOneVersionInAFolderStopFlyway() {
    assertThat(changeRequest()
            .adds(FOLDER + "V2__a.sql", ADD)
            .adds(FOLDER + "V2.0__b.sql", ADD)
            .read()
            .migrations())
        .flatMap(Migration::problems)
        .extracting(Migration.Problem::message)
        .containsExactly("Flyway stops: `V2__a.sql` has the same version.");
  }

  @Test
  void aFileThatCannotBeLoadedIsUnreadWithTheReason() {
    assertThat(changeRequest()
            .cannotLoad(FOLDER + "V2__big.sql", Change.ADDED, "larger than 5 MB")
            .read()
            .unread())
        .containsExactly(new Unread(FOLDER + "V2__big.sql", "larger than 5 MB"));
  }

  @Test
  void anUndoThatCannotBeLoadedIsNeitherAWayBackNorNone() {
    Down down = changeRequest()
        .adds(FOLDER + "V2__x.sql", ADD)
        .cannotLoad(FOLDER + "U2__x.sql", Change.ADDED, "not UTF-8")
        .onlyMigration()
        .down();

    assertThat(down)
        .isInstanceOfSatisfying(
            Down.Statements.class,
            d -> assertThat(d.statements().toString()).contains("Opaque", "not UTF-8"));
  }

  @Test
  void aByteOrderMarkIsNotPartOfTheFirstStatement() {
    assertThat(texts(changeRequest()
            .adds(FOLDER + "V2__x.sql", "\uFEFFVACUUM t;")
            .onlyMigration()
            .up()))
        .containsExactly("VACUUM t");
  }

  @Test
  void noBreakSpacesAtTheEndAreNoStatement() {
    assertThat(texts(changeRequest()
            .adds(FOLDER + "V2__x.sql", "DROP TABLE t;\u00A0\n")
            .onlyMigration()
            .up()))
        .containsExactly("DROP TABLE t");
  }

  @Test
  void companionsAreTheOtherHalfAndTheSettings() {
    FlywayFormat flyway = new FlywayFormat();

    assertThat(flyway.companionsOf("db/V2__x.sql"))
        .containsExactly("db/V2__x.sql.conf", "db/U2__x.sql", "db/U2__x.sql.conf");
    assertThat(flyway.companionsOf("db/U2__x.sql"))
        .containsExactly("db/U2__x.sql.conf", "db/V2__x.sql", "db/V2__x.sql.conf");
    assertThat(flyway.companionsOf("db/V2__x.sql.conf")).contains("db/V2__x.sql", "db/U2__x.sql");
    assertThat(flyway.companionsOf("db/R__x.sql")).containsExactly("db/R__x.sql.conf");
  }
}
