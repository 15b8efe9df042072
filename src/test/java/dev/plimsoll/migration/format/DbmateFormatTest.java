package dev.plimsoll.migration.format;

import static dev.plimsoll.migration.format.ChangedFiles.changeRequest;
import static dev.plimsoll.migration.format.ChangedFiles.problems;
import static dev.plimsoll.migration.format.ChangedFiles.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.migration.Down;
import dev.plimsoll.migration.Migration;
import dev.plimsoll.migration.MigrationSet;
import dev.plimsoll.migration.MigrationSet.Unread;
import dev.plimsoll.migration.TransactionMode;
import org.junit.jupiter.api.Test;

class DbmateFormatTest {

  @Test
  void upAndDownAreSectionsOfOneFileWithTheLinesOfTheWholeFile() {
    Migration migration =
        changeRequest().adds("db/migrations/20240131120000_status.sql", """
            -- migrate:up
            ALTER TABLE orders ADD COLUMN status text;

            -- migrate:down
            ALTER TABLE orders DROP COLUMN status;
            """).onlyMigration();

    assertThat(migration.format()).isEqualTo("dbmate");
    assertThat(migration.transactionMode()).isEqualTo(TransactionMode.TRANSACTION);
    assertThat(texts(migration.up())).containsExactly("ALTER TABLE orders ADD COLUMN status text");
    assertThat(migration.up().getFirst().span().line()).isEqualTo(2);
    assertThat(migration.down()).isInstanceOfSatisfying(Down.Statements.class, down -> {
      assertThat(down.file()).isEqualTo("db/migrations/20240131120000_status.sql");
      assertThat(down.transactionMode()).isEqualTo(TransactionMode.TRANSACTION);
      assertThat(texts(down.statements())).containsExactly("ALTER TABLE orders DROP COLUMN status");
      assertThat(down.statements().getFirst().span().line()).isEqualTo(5);
    });
    assertThat(migration.problems()).isEmpty();
  }

  @Test
  void withoutATransactionASectionIsOneQuery() {
    Migration migration =
        changeRequest().adds("sql/1_index.sql", """
            -- migrate:up transaction:false
            CREATE INDEX CONCURRENTLY i ON t (a);
            --migrate:down  foo:bar transaction:true
            DROP INDEX i;
            """.replace("\n", "\r\n")).onlyMigration();

    assertThat(migration.transactionMode()).isEqualTo(TransactionMode.SINGLE_QUERY);
    assertThat(migration.down())
        .isInstanceOfSatisfying(
            Down.Statements.class,
            down -> assertThat(down.transactionMode()).isEqualTo(TransactionMode.TRANSACTION));
  }

  @Test
  void anEmptyDownSectionIsNoWayBack() {
    assertThat(changeRequest()
            .adds("db/1_x.sql", "-- migrate:up\nDROP TABLE t;\n-- migrate:down\n")
            .onlyMigration()
            .down())
        .isEqualTo(new Down.Empty("db/1_x.sql"));
  }

  @Test
  void aFileMayHoldSeveralPairs() {
    MigrationSet set = changeRequest().adds("db/1_x.sql", """
            -- migrate:up
            CREATE TABLE a (x int);
            -- migrate:down
            DROP TABLE a;
            -- migrate:up transaction:false
            CREATE TABLE b (x int);
            -- migrate:down
            DROP TABLE b;
            """).read();

    assertThat(set.migrations())
        .extracting(Migration::name)
        .containsExactly("1_x.sql (part 1)", "1_x.sql (part 2)");
    assertThat(set.migrations())
        .flatMap(m -> texts(m.up()))
        .containsExactly("CREATE TABLE a (x int)", "CREATE TABLE b (x int)");
    assertThat(set.migrations())
        .extracting(Migration::transactionMode)
        .containsExactly(TransactionMode.TRANSACTION, TransactionMode.SINGLE_QUERY);
  }

  @Test
  void filesAreOrderedByNameAsText() {
    String text = "-- migrate:up\nSELECT 1;\n-- migrate:down\n";
    assertThat(
            changeRequest().adds("db/9_x.sql", text).adds("db/10_x.sql", text).names())
        .containsExactly("10_x.sql", "9_x.sql");
  }

  @Test
  void aMissingDownSectionIsAMissingWayBackAndAProblem() {
    Migration migration =
        changeRequest().adds("db/1_x.sql", "-- migrate:up\nDROP TABLE t;\n").onlyMigration();

    assertThat(migration.down()).isEqualTo(new Down.Missing("a \"-- migrate:down\" section"));
    assertThat(problems(migration))
        .containsExactly("dbmate refuses a file without a `-- migrate:down` section.");
  }

  @Test
  void aMissingUpSectionIsAProblem() {
    Migration migration =
        changeRequest().adds("db/1_x.sql", "-- migrate:down\nDROP TABLE t;\n").onlyMigration();

    assertThat(migration.up()).isEmpty();
    assertThat(problems(migration))
        .containsExactly("dbmate refuses a file without a `-- migrate:up` section.");
  }

  @Test
  void statementsAboveTheUpSectionAreAProblemAndCommentsAreNot() {
    assertThat(problems(changeRequest()
            .adds(
                "db/1_x.sql",
                "-- hello\nDROP TABLE t;\n-- migrate:up\nSELECT 1;\n-- migrate:down\n")
            .onlyMigration()))
        .containsExactly("dbmate refuses statements above `-- migrate:up`.");
    assertThat(problems(changeRequest()
            .adds("db/1_x.sql", "-- hello\n\n-- migrate:up\nSELECT 1;\n-- migrate:down\n")
            .onlyMigration()))
        .isEmpty();
  }

  @Test
  void aDownSectionThatComesFirstIsAProblem() {
    assertThat(problems(changeRequest()
            .adds(
                "db/1_x.sql",
                "-- migrate:down\nDROP TABLE t;\n-- migrate:up\nCREATE TABLE t (a int);\n")
            .onlyMigration()))
        .contains("dbmate refuses a down section before the up section.");
  }

  @Test
  void aSecondDownSectionIsAProblem() {
    assertThat(problems(changeRequest()
            .adds(
                "db/1_x.sql",
                "-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 1;\n-- migrate:down\nSELECT 2;\n")
            .onlyMigration()))
        .containsExactly("dbmate refuses a second `-- migrate:down` for one `-- migrate:up`.");
  }

  @Test
  void aFileOfThousandsOfSectionsIsUnreadAsAWhole() {
    MigrationSet set = changeRequest()
        .adds("db/1_x.sql", "-- migrate:up\n-- migrate:down\n".repeat(5_000) + "DROP TABLE t;")
        .read();

    assertThat(set.migrations()).isEmpty();
    assertThat(set.unread())
        .containsExactly(new Unread("db/1_x.sql", "It has more than 1000 sections."));
  }

  @Test
  void wordsThatOnlyLookLikeADirectiveAreNone() {
    assertThat(changeRequest()
            .adds("notes/1_x.sql", "-- migrate:upwards\n  -- migrate:up\nSELECT '\n--migrate :up'")
            .read()
            .isEmpty())
        .isTrue();
  }

  @Test
  void aConfiguredFileThatDbmateWouldPassOverIsUnread() {
    assertThat(changeRequest()
            .configured("db/**", "dbmate")
            .adds("db/first.sql", "-- migrate:up\nDROP TABLE t;\n")
            .read()
            .unread())
        .extracting(Unread::path)
        .containsExactly("db/first.sql");
  }
}
