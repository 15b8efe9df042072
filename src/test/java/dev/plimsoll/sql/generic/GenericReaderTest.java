package dev.plimsoll.sql.generic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.sql.ColumnDefinition;
import dev.plimsoll.sql.ConstraintDefinition.Check;
import dev.plimsoll.sql.ConstraintDefinition.ForeignKey;
import dev.plimsoll.sql.ConstraintDefinition.PrimaryKey;
import dev.plimsoll.sql.DataType;
import dev.plimsoll.sql.Engine;
import dev.plimsoll.sql.Expression;
import dev.plimsoll.sql.Expression.Kind;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.SourceText;
import dev.plimsoll.sql.SqlComment;
import dev.plimsoll.sql.SqlScript;
import dev.plimsoll.sql.SqlStatement;
import dev.plimsoll.sql.Statement;
import dev.plimsoll.sql.Statement.AlterTable;
import dev.plimsoll.sql.Statement.CreateIndex;
import dev.plimsoll.sql.Statement.CreateObject;
import dev.plimsoll.sql.Statement.CreateTable;
import dev.plimsoll.sql.Statement.Delete;
import dev.plimsoll.sql.Statement.DropIndex;
import dev.plimsoll.sql.Statement.DropTable;
import dev.plimsoll.sql.Statement.Insert;
import dev.plimsoll.sql.Statement.Opaque;
import dev.plimsoll.sql.Statement.Rename;
import dev.plimsoll.sql.Statement.Select;
import dev.plimsoll.sql.Statement.SetSetting;
import dev.plimsoll.sql.Statement.Truncate;
import dev.plimsoll.sql.Statement.Unmodelled;
import dev.plimsoll.sql.Statement.Update;
import dev.plimsoll.sql.TableChange;
import dev.plimsoll.sql.TableChange.AddColumn;
import dev.plimsoll.sql.TableChange.AddConstraint;
import dev.plimsoll.sql.TableChange.AlterColumnType;
import dev.plimsoll.sql.TableChange.DropColumn;
import dev.plimsoll.sql.TableChange.DropConstraint;
import dev.plimsoll.sql.TableChange.DropDefault;
import dev.plimsoll.sql.TableChange.DropNotNull;
import dev.plimsoll.sql.TableChange.OtherChange;
import dev.plimsoll.sql.TableChange.SetDefault;
import dev.plimsoll.sql.TableChange.SetNotNull;
import dev.plimsoll.sql.TableChange.ValidateConstraint;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GenericReaderTest {

  @Test
  void leavesPostgresToItsOwnReader() {
    assertThatThrownBy(() -> new GenericReader(Engine.POSTGRESQL))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Nested
  class MySql {

    @Test
    void readsTheCommandsOfAnAlterTableEachAtItsPlace() {
      String sql =
          "ALTER TABLE `db`.`t` ADD COLUMN `a` int(11) unsigned NOT NULL DEFAULT '0' COMMENT 'x, y' AFTER `b`, DROP c";
      AlterTable alter = (AlterTable) statement(Engine.MYSQL, sql);
      assertThat(alter.table()).isEqualTo(RelationName.of("db", "t"));
      ColumnDefinition column = ((AddColumn) alter.commands().getFirst().change()).column();
      assertThat(column.name()).isEqualTo("a");
      assertThat(column.type()).isEqualTo(DataType.of("int unsigned", 11));
      assertThat(column.notNull()).isTrue();
      assertThat(column.defaultValue()).contains(Expression.literal("'0'"));
      assertThat(alter.commands().get(1).change()).isEqualTo(new DropColumn("c", false, false));
      assertThat(alter.commands().get(1).span().start().offset()).isEqualTo(sql.indexOf("DROP c"));
    }

    @Test
    void knowsThatModifyLosesWhatItDoesNotRepeat() {
      assertThat(changes(
              Engine.MYSQL,
              "ALTER TABLE t MODIFY a bigint NOT NULL, CHANGE COLUMN b b text DEFAULT 'x'"))
          .containsExactly(
              new AlterColumnType("a", DataType.of("bigint"), Optional.empty(), Optional.empty()),
              new SetNotNull("a"),
              new DropDefault("a"),
              new AlterColumnType("b", DataType.of("text"), Optional.empty(), Optional.empty()),
              new DropNotNull("b"),
              new SetDefault("b", Expression.literal("'x'")));
    }

    @Test
    void readsConstraintsAndWhatDropsThem() {
      List<TableChange> changes = changes(Engine.MARIADB, """
          ALTER TABLE t ADD PRIMARY KEY (a, b(10)), ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES p (id) ON DELETE CASCADE,
            ADD CHECK (a > 0 AND b IS NOT NULL), DROP FOREIGN KEY fk2, DROP PRIMARY KEY, ADD KEY k (a)""");
      assertThat(((AddConstraint) changes.get(0)).constraint())
          .isEqualTo(new PrimaryKey(Optional.empty(), List.of("a", "b"), Optional.empty()));
      assertThat(((AddConstraint) changes.get(1)).constraint())
          .isInstanceOfSatisfying(
              ForeignKey.class,
              key -> assertThat(key.references()).isEqualTo(RelationName.of("p")));
      Check check = (Check) ((AddConstraint) changes.get(2)).constraint();
      assertThat(check.condition().columns()).containsExactlyInAnyOrder("a", "b");
      assertThat(check.condition().provesNotNull()).containsExactly("b");
      assertThat(changes.subList(3, 6))
          .containsExactly(
              new DropConstraint("fk2", false, false),
              new OtherChange("DROP PRIMARY KEY"),
              new OtherChange("ADD KEY"));
    }

    @Test
    void doesNotGuessAtACommandThatItDoesNotKnow() {
      assertThat(changes(
              Engine.MYSQL,
              "ALTER TABLE t ADD COLUMM x int, CHANGE a b int, FOO BAR, ALGORITHM=INPLACE"))
          .containsExactly(
              new OtherChange("ADD"),
              new OtherChange("CHANGE"),
              new OtherChange("FOO"),
              new OtherChange("ALGORITHM"));
    }

    @Test
    void takesDroppingAnIndexForAChangeOfItsTable() {
      AlterTable alter = (AlterTable) statement(Engine.MYSQL, "DROP INDEX i ON t");
      assertThat(alter.table()).isEqualTo(RelationName.of("t"));
      assertThat(alter.commands().getFirst().change()).isEqualTo(new OtherChange("DROP INDEX"));
    }

    @Test
    void readsATable() {
      CreateTable table = (CreateTable) statement(Engine.MYSQL, """
          CREATE TABLE IF NOT EXISTS `t` (
            `id` int NOT NULL AUTO_INCREMENT,
            `e` enum('a','b') CHARACTER SET utf8 COLLATE utf8_bin DEFAULT NULL,
            `ts` timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
            PRIMARY KEY (`id`), KEY `k` (`e`)
          ) ENGINE=InnoDB DEFAULT CHARSET=utf8""");
      assertThat(table.columns())
          .extracting(ColumnDefinition::name)
          .containsExactly("id", "e", "ts");
      assertThat(table.columns().get(0).identity()).isTrue();
      assertThat(table.columns().get(1).defaultValue()).map(Expression::kind).contains(Kind.NULL);
      assertThat(table.columns().get(2).defaultValue())
          .get()
          .satisfies(value -> assertThat(value.functions()).containsExactly("current_timestamp"));
      assertThat(table.constraints()).hasSize(1);
    }

    @Test
    void splitsByTheDelimiterThatIsSet() {
      assertThat(statements(Engine.MYSQL, """
          DELIMITER //
          CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW BEGIN SET NEW.a = 1; SET NEW.b = 2; END//
          DELIMITER ;
          DROP TABLE u;
          CREATE PROCEDURE p() BEGIN IF a THEN SELECT CASE WHEN 1 THEN 2 END; END IF; END;
          DROP TABLE v;
          """))
          .containsExactly(
              new Unmodelled("CREATE TRIGGER", List.of(RelationName.of("t"))),
              new DropTable(List.of(RelationName.of("u")), false, false),
              new CreateObject("PROCEDURE", "p", List.of()),
              new DropTable(List.of(RelationName.of("v")), false, false));
    }

    @Test
    void readsWhatMySqlExecutesInsideComments() {
      assertThat(statements(
              Engine.MYSQL,
              "/*!50000 DROP TABLE t */; /*!40101 SET NAMES utf8 */; /* DROP TABLE u */"))
          .containsExactly(
              new DropTable(List.of(RelationName.of("t")), false, false),
              new SetSetting("names", Optional.of("utf8"), false));
    }

    @Test
    void knowsItsQuotesAndComments() {
      SqlScript script = script(
          Engine.MYSQL,
          "# one; two\nINSERT INTO t VALUES ('it\\'s; x', \"a;b\"); -- three\nSELECT 1--1;");
      assertThat(script.statements()).hasSize(2);
      assertThat(script.comments())
          .extracting(SqlComment::text)
          .containsExactly("one; two", "three");
    }
  }

  @Nested
  class SqlServer {

    @Test
    void endsStatementsAtGoAndWhereTheNextOneBegins() {
      List<SqlStatement> statements = script(Engine.SQLSERVER, """
          SET ANSI_NULLS ON
          GO
          ALTER TABLE [dbo].[T] ADD [A] int NULL, B nvarchar(max) NOT NULL CONSTRAINT df DEFAULT 'x'
          ALTER TABLE dbo.T
          DROP COLUMN C, D
          UPDATE t
          SET a = 1
          go 2
          CREATE PROCEDURE p AS
          BEGIN
            DELETE FROM t;
            DROP TABLE u
          END
          GO
          DROP TABLE v
          """).statements();
      assertThat(statements)
          .extracting(SqlStatement::statement)
          .hasExactlyElementsOfTypes(
              SetSetting.class,
              AlterTable.class,
              AlterTable.class,
              Update.class,
              CreateObject.class,
              DropTable.class);
      assertThat(statements.get(2).text()).isEqualTo("ALTER TABLE dbo.T\nDROP COLUMN C, D");
      assertThat(((AlterTable) statements.get(1).statement()).commands())
          .extracting(command -> ((AddColumn) command.change()).column().name())
          .containsExactly("A", "B");
      assertThat(((AlterTable) statements.get(2).statement()).commands())
          .extracting(Statement.TableCommand::change)
          .containsExactly(new DropColumn("C", false, false), new DropColumn("D", false, false));
    }

    @Test
    void readsWhatIsGuardedAsIfItRan() {
      assertThat(statements(Engine.SQLSERVER, """
          IF COL_LENGTH('dbo.T', 'A') IS NULL AND EXISTS (SELECT 1 FROM x)
          BEGIN
            DROP TABLE a
            UPDATE t SET b = CASE WHEN c = 1 THEN 2 ELSE 3 END
          END
          ELSE
          BEGIN
            DROP TABLE b
          END
          IF EXISTS (SELECT 1) DROP TABLE c
          BEGIN TRY
            DROP TABLE d
          END TRY
          BEGIN CATCH
            THROW
          END CATCH
          """))
          .containsExactly(
              new DropTable(List.of(RelationName.of("a")), false, false),
              new Update(RelationName.of("t"), List.of("b"), Optional.empty()),
              new DropTable(List.of(RelationName.of("b")), false, false),
              new DropTable(List.of(RelationName.of("c")), false, false),
              new DropTable(List.of(RelationName.of("d")), false, false),
              new Unmodelled("THROW", List.of()));
    }

    @Test
    void keepsALoopOpaqueAndGoesOnBehindIt() {
      assertThat(statements(Engine.SQLSERVER, """
          WHILE @rows > 0
          BEGIN
            DELETE TOP (100) FROM t;
            SET @rows = @@ROWCOUNT
          END
          DROP TABLE c
          """))
          .hasExactlyElementsOfTypes(Opaque.class, DropTable.class);
    }

    @Test
    void namesTheTablesOfAJoin() {
      assertThat(
              statement(
                  Engine.SQLSERVER,
                  "UPDATE [OU] SET [OU].[A] = 1 FROM [dbo].[Org] AS OU JOIN [dbo].[User] u ON u.X = OU.X"))
          .isInstanceOfSatisfying(
              Unmodelled.class,
              update -> assertThat(update.relations())
                  .contains(RelationName.of("dbo", "Org"), RelationName.of("dbo", "User")));
    }

    @Test
    void readsRenamesConstraintsAndIndexes() {
      assertThat(
              statement(Engine.SQLSERVER, "EXEC sp_rename 'dbo.orders.state', 'status', 'COLUMN'"))
          .isEqualTo(new Rename(
              Rename.Kind.COLUMN,
              RelationName.of("dbo", "orders"),
              Optional.of("state"),
              "status",
              false));
      assertThat(changes(Engine.SQLSERVER, "ALTER TABLE t WITH CHECK CHECK CONSTRAINT c"))
          .containsExactly(new ValidateConstraint("c"));
      assertThat(changes(Engine.SQLSERVER, "ALTER TABLE t CHECK CONSTRAINT c"))
          .containsExactly(new OtherChange("CHECK CONSTRAINT"));
      AddConstraint unchecked = (AddConstraint) changes(
              Engine.SQLSERVER,
              "ALTER TABLE t WITH NOCHECK ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES p (id)")
          .getFirst();
      assertThat(((ForeignKey) unchecked.constraint()).notValid()).isTrue();
      CreateIndex online = (CreateIndex)
          statement(
              Engine.SQLSERVER,
              "CREATE UNIQUE NONCLUSTERED INDEX i ON dbo.T (a ASC) INCLUDE (b) WHERE a IS NOT NULL WITH (ONLINE = ON)");
      assertThat(online.concurrently()).isTrue();
      assertThat(online.unique()).isTrue();
      assertThat(online.where()).map(Expression::sql).contains("a IS NOT NULL");
      assertThat(((CreateIndex)
                  statement(Engine.SQLSERVER, "CREATE INDEX i ON t (a) WITH (ONLINE = OFF)"))
              .concurrently())
          .isFalse();
    }
  }

  @Nested
  class Oracle {

    @Test
    void endsBlocksAtASlashAndKeepsThemOpaque() {
      List<SqlStatement> statements = script(Engine.ORACLE, """
          SET DEFINE OFF
          PROMPT it's starting
          DECLARE x NUMBER; BEGIN EXECUTE IMMEDIATE 'drop table t'; END;
          /
          CREATE OR REPLACE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW
          BEGIN :new.id := s.nextval; END;
          /
          @other.sql
          UPDATE t SET a = SYSDATE WHERE b IS NOT NULL
          /
          DROP TABLE "Mixed".t CASCADE CONSTRAINTS PURGE;
          """).statements();
      assertThat(statements)
          .extracting(SqlStatement::statement)
          .hasExactlyElementsOfTypes(
              Opaque.class, Unmodelled.class, Opaque.class, Update.class, DropTable.class);
      assertThat(((Opaque) statements.get(2).statement()).reason())
          .isEqualTo("a command of the client runs what stands elsewhere");
      assertThat(statements.get(4).statement())
          .isEqualTo(new DropTable(List.of(RelationName.of("Mixed", "T")), false, true));
    }

    @Test
    void readsAlterTableWithBrackets() {
      List<TableChange> changes = changes(
          Engine.ORACLE,
          "ALTER TABLE t ADD (a NUMBER(10,2) DEFAULT q'[it's; x]' NOT NULL, b VARCHAR2(20 CHAR))");
      assertThat(changes)
          .extracting(change -> ((AddColumn) change).column().type())
          .containsExactly(DataType.of("number", 10, 2), DataType.of("varchar2", 20));
      assertThat(changes(Engine.ORACLE, "ALTER TABLE t MODIFY (a NOT NULL)"))
          .containsExactly(new SetNotNull("A"));
      AddConstraint check = (AddConstraint)
          changes(Engine.ORACLE, "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) ENABLE NOVALIDATE")
              .getFirst();
      assertThat(((Check) check.constraint()).notValid()).isTrue();
      assertThat(((CreateIndex) statement(Engine.ORACLE, "CREATE INDEX i ON t (UPPER(a)) ONLINE"))
              .concurrently())
          .isTrue();
    }
  }

  @Test
  void readsSqlite() {
    List<Statement> statements = statements(Engine.SQLITE, """
        PRAGMA foreign_keys=ON;
        CREATE TABLE [t] (id INTEGER PRIMARY KEY AUTOINCREMENT, "a" TEXT NOT NULL DEFAULT (datetime('now')), b REAL CHECK (b > 0)) WITHOUT ROWID;
        CREATE TRIGGER x AFTER UPDATE ON t BEGIN UPDATE t SET a = 1; DELETE FROM u; END;
        ALTER TABLE t RENAME TO u;
        DROP INDEX IF EXISTS i;
        """);
    assertThat(statements)
        .hasExactlyElementsOfTypes(
            Unmodelled.class, CreateTable.class, Unmodelled.class, Rename.class, DropIndex.class);
    assertThat(((CreateTable) statements.get(1)).columns().get(1).defaultValue())
        .get()
        .satisfies(value -> assertThat(value.functions()).containsExactly("datetime"));
  }

  @Test
  void readsH2() {
    assertThat(
            changes(Engine.H2, "ALTER TABLE IF EXISTS t ALTER COLUMN a SET DATA TYPE VARCHAR(20)"))
        .containsExactly(new AlterColumnType(
            "A", DataType.of("varchar", 20), Optional.empty(), Optional.empty()));
    assertThat(statements(Engine.H2, "CREATE ALIAS f AS $$ void f() { x; } $$; TRUNCATE TABLE t"))
        .containsExactly(
            new CreateObject("ALIAS", "F", List.of()),
            new Truncate(List.of(RelationName.of("T")), false));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "POSTGRESQL")
  void readsChangesOfData(Engine engine) {
    RelationName t = new RelationName(Optional.empty(), Dialect.of(engine).fold("t"));
    RelationName u = new RelationName(Optional.empty(), Dialect.of(engine).fold("u"));
    assertThat(statement(engine, "DELETE FROM t")).isEqualTo(new Delete(t, Optional.empty()));
    assertThat(statement(engine, "INSERT INTO t (a) SELECT a FROM u"))
        .isEqualTo(new Insert(t, true, List.of(u)));
    assertThat(statement(engine, "INSERT INTO t (a) VALUES (1), (2)"))
        .isEqualTo(new Insert(t, false, List.of()));
    assertThat(statement(engine, "SELECT count(a) FROM t"))
        .isEqualTo(new Select(List.of(t), List.of("count")));
    Update update = (Update) statement(engine, "UPDATE t SET a = 1 WHERE b IN (1,2)");
    assertThat(update.where()).map(Expression::sql).contains("b IN (1,2)");
    assertThat(statement(engine, "ALTER TABLE ${schema}.t ADD c int"))
        .isInstanceOfSatisfying(
            AlterTable.class, alter -> assertThat(alter.table().schema()).contains("${schema}"));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "POSTGRESQL")
  void keepsTheNeighboursOfWhatItDoesNotUnderstand(Engine engine) {
    assertThat(statements(engine, "DROP TABLE a; FROBNICATE t; DROP TABLE b"))
        .hasExactlyElementsOfTypes(DropTable.class, Opaque.class, DropTable.class);
    assertThat(statements(engine, "DROP TABLE a; SELECT 'x; DROP TABLE b"))
        .hasExactlyElementsOfTypes(DropTable.class, Opaque.class);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "POSTGRESQL")
  @Timeout(240)
  void withstandsHostileTexts(Engine engine) {
    for (String hostile : List.of(
        "SELECT " + "(".repeat(20_000) + "1" + ")".repeat(20_000),
        "SELECT " + "(".repeat(24) + "a" + ")".repeat(24) + " FROM t WHERE " + "f(".repeat(20) + "1"
            + ")".repeat(20),
        "SELECT 1" + "+1".repeat(8_000),
        "ALTER TABLE t ADD c int DEFAULT " + "(".repeat(10_000) + "1" + ")".repeat(10_000),
        "ALTER TABLE t " + "ADD c int,".repeat(4_000) + "ADD d int",
        "CREATE TABLE t (" + "c int NULL ".repeat(1) + "NULL ".repeat(20_000) + ")",
        "INSERT INTO t VALUES " + "(1,'x'),".repeat(4_000) + "(2,'y')",
        "SELECT '" + "x".repeat(200_000) + "'",
        "SELECT " + "${".repeat(40_000),
        "SELECT '\0', '\ud800'")) {
      List<Statement> statements =
          statements(engine, "DROP TABLE a;\n" + hostile + ";\nDROP TABLE b;");
      assertThat(statements).hasSize(3);
      assertThat(List.of(statements.get(0), statements.get(2)))
          .hasOnlyElementsOfType(DropTable.class);
    }
    assertThat(statements(engine, ";".repeat(200_000))).isEmpty();
    assertThat(statements(engine, "/*".repeat(40_000))).hasOnlyElementsOfType(Opaque.class);
  }

  private static SqlScript script(Engine engine, String sql) {
    return new GenericReader(engine).read(new SourceText("m.sql", sql));
  }

  private static List<Statement> statements(Engine engine, String sql) {
    return script(engine, sql).statements().stream()
        .map(SqlStatement::statement)
        .toList();
  }

  private static Statement statement(Engine engine, String sql) {
    List<Statement> statements = statements(engine, sql);
    assertThat(statements).hasSize(1);
    return statements.getFirst();
  }

  private static List<TableChange> changes(Engine engine, String sql) {
    return ((AlterTable) statement(engine, sql))
        .commands().stream().map(Statement.TableCommand::change).toList();
  }
}
