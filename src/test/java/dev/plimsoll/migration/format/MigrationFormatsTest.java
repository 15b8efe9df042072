package dev.plimsoll.migration.format;

import static dev.plimsoll.migration.format.ChangedFiles.changeRequest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.migration.Migration;
import dev.plimsoll.migration.MigrationSet;
import dev.plimsoll.migration.MigrationSet.NotRun;
import dev.plimsoll.migration.MigrationSet.Unread;
import dev.plimsoll.migration.SourceFile;
import dev.plimsoll.migration.SourceFile.Change;
import dev.plimsoll.migration.TransactionMode;
import dev.plimsoll.sql.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MigrationFormatsTest {

  private static final String ADD = "ALTER TABLE orders ADD COLUMN status text;\n";

  @Test
  void everyFormatIsKnownByItsIdAndHasAPage() {
    for (MigrationFormat format : MigrationFormats.all().formats()) {
      assertThat(MigrationFormats.all().byId(format.id())).contains(format);
      assertThat(Files.isRegularFile(Path.of("docs/formats/" + format.id() + ".md")))
          .as(format.id())
          .isTrue();
    }
    assertThat(MigrationFormats.all().byId("nothing")).isEmpty();
  }

  @Test
  void theMoreTellingFormatTakesAFile() {
    MigrationSet set = changeRequest()
        .adds("migrations/3_z.sql", ADD)
        .adds("migrations/4_y.sql", "-- migrate:up\n" + ADD + "-- migrate:down\n")
        .adds("migrations/2_x.up.sql", ADD)
        .adds("migrations/V1__w.sql", ADD)
        .read();

    assertThat(set.migrations())
        .extracting(Migration::format)
        .containsExactly("flyway", "golang-migrate", "dbmate", "sql");
  }

  @Test
  void whatTheOwnersConfigureReplacesFinding() {
    MigrationSet set = changeRequest()
        .configured("db/flyway/**", "flyway")
        .configured("db/**/*.sql", "sql")
        .adds("db/flyway/V1__a.sql", ADD)
        .adds("db/flyway/V1__a.sql.conf", "executeInTransaction=false")
        .adds("db/plain/V2__b.sql", ADD)
        .adds("elsewhere/migrations/V3__c.sql", ADD)
        .read();

    assertThat(set.migrations())
        .extracting(migration -> migration.format() + " " + migration.name())
        .containsExactly("flyway V1__a.sql", "sql V2__b.sql");
    assertThat(set.unread()).isEmpty();
  }

  @Test
  void companionsCountEvenIfThePatternLeavesThemOut() {
    assertThat(changeRequest()
            .configured("db/*.sql", "flyway")
            .adds("db/V1__a.sql", ADD)
            .adds("db/V1__a.sql.conf", "executeInTransaction=false")
            .onlyMigration()
            .transactionMode())
        .isEqualTo(TransactionMode.AUTOCOMMIT);
  }

  @Test
  void aPatternWithoutAFormatFindsIt() {
    Selection selection = new Selection.Configured(
        List.of(new Selection.Entry(new PathGlob("src/test/**"), Optional.empty())));
    MigrationSet set = MigrationFormats.all()
        .read(
            List.of(SourceFile.added("src/test/db/V1__a.sql", ADD)),
            selection,
            Engine.POSTGRESQL,
            ChangedFiles.READER);

    assertThat(set.migrations()).extracting(Migration::format).containsExactly("flyway");
  }

  @Test
  void anUnknownFormatLeavesItsFilesUnread() {
    assertThat(changeRequest()
            .configured("db/**", "flywheel")
            .adds("db/V1__a.sql", ADD)
            .read()
            .unread())
        .containsExactly(new Unread("db/V1__a.sql", "There is no migration format `flywheel`."));
  }

  @Test
  void migrationsForTestsAreNamedAsNotRun() {
    MigrationSet set = changeRequest()
        .adds("src/test/resources/db/migration/V1__a.sql", "DROP TABLE t;")
        .read();

    assertThat(set.migrations()).isEmpty();
    assertThat(set.notRun())
        .containsExactly(new NotRun(
            "src/test/resources/db/migration/V1__a.sql", "Stands in a folder for tests."));
  }

  @Test
  void migrationsForAnotherEngineAreNamedAsNotRun() {
    MigrationSet set = changeRequest()
        .adds("db/migration/mysql/V1__a.sql", "DROP TABLE `t`;")
        .adds("db/migration/postgresql/V1__a.sql", "DROP TABLE t;")
        .adds("clickhouse/migrations/1_a.up.sql", "DROP TABLE t;")
        .adds("migrations/1_a.sqlite.up.sql", "DROP TABLE t;")
        .read();

    assertThat(set.migrations())
        .extracting(Migration::path)
        .containsExactly("db/migration/postgresql/V1__a.sql");
    assertThat(set.notRun())
        .containsExactly(
            new NotRun(
                "db/migration/mysql/V1__a.sql", "By its path it is for another engine: mysql."),
            new NotRun(
                "clickhouse/migrations/1_a.up.sql",
                "By its path it is for another engine: clickhouse."),
            new NotRun(
                "migrations/1_a.sqlite.up.sql", "By its path it is for another engine: sqlite."));
  }

  @Test
  void aConfiguredFolderMayHaveAnyName() {
    assertThat(changeRequest()
            .configured("src/test/mysql/**", "flyway")
            .adds("src/test/mysql/V1__a.sql", "DROP TABLE t;")
            .names())
        .containsExactly("V1__a.sql");
  }

  @Test
  void aFileThatCannotBeLoadedIsUnreadByItsPathAlone() {
    assertThat(changeRequest()
            .cannotLoad("anywhere/20240131_x.sql", Change.MODIFIED, "not text")
            .read()
            .unread())
        .containsExactly(new Unread("anywhere/20240131_x.sql", "not text"));
  }

  @Test
  void aChangeRequestWithoutMigrationsIsEmpty() {
    assertThat(changeRequest().adds("README.md", "DROP TABLE t;").read())
        .isEqualTo(MigrationSet.EMPTY);
  }

  @Test
  void pathsThatMayBeMigrationsAreLoadedAndThoseBesideThem() {
    MigrationFormats formats = MigrationFormats.all();
    Selection configured = new Selection.Configured(
        List.of(new Selection.Entry(new PathGlob("db/*.sql"), Optional.of("flyway"))));

    assertThat(formats.mayClaim("x/V1__a.sql")).isTrue();
    assertThat(formats.mayClaim("x/Main.java")).isFalse();
    assertThat(formats.mayClaim("x/V1__a.sql", configured)).isFalse();
    assertThat(formats.mayClaim("db/V1__a.sql", configured)).isTrue();
    assertThat(formats.mayClaim("db/V1__a.sql.conf", configured)).isTrue();
    assertThat(formats.companionsOf("db/V1__a.sql")).contains("db/U1__a.sql", "db/V1__a.sql.conf");
  }
}
