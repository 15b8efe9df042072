package dev.plimsoll.sql.postgres;

import static dev.plimsoll.sql.postgres.Scripts.statement;
import static dev.plimsoll.sql.postgres.Scripts.statements;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.sql.ColumnDefinition;
import dev.plimsoll.sql.ConstraintDefinition.NotNull;
import dev.plimsoll.sql.ConstraintDefinition.Unique;
import dev.plimsoll.sql.Expression;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.Statement;
import dev.plimsoll.sql.Statement.CommentOn;
import dev.plimsoll.sql.Statement.CreateIndex;
import dev.plimsoll.sql.Statement.CreateObject;
import dev.plimsoll.sql.Statement.CreateTable;
import dev.plimsoll.sql.Statement.Delete;
import dev.plimsoll.sql.Statement.DropIndex;
import dev.plimsoll.sql.Statement.DropTable;
import dev.plimsoll.sql.Statement.Insert;
import dev.plimsoll.sql.Statement.Rename;
import dev.plimsoll.sql.Statement.Select;
import dev.plimsoll.sql.Statement.SetSetting;
import dev.plimsoll.sql.Statement.TransactionControl;
import dev.plimsoll.sql.Statement.Truncate;
import dev.plimsoll.sql.Statement.Unmodelled;
import dev.plimsoll.sql.Statement.Update;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresReaderTest {

  @Test
  void readsATable() {
    CreateTable table = (CreateTable) statement("""
        CREATE TABLE IF NOT EXISTS s.t (
          id serial PRIMARY KEY, n numeric(10, 2) DEFAULT 0 CHECK (n > 0),
          CONSTRAINT u UNIQUE (id, n)
        ) INHERITS (base) PARTITION BY RANGE (id)""");
    assertThat(table.table()).isEqualTo(RelationName.of("s", "t"));
    assertThat(table.ifNotExists()).isTrue();
    assertThat(table.columns()).extracting(ColumnDefinition::name).containsExactly("id", "n");
    assertThat(table.columns().get(1).defaultValue()).contains(Expression.literal("0"));
    assertThat(table.constraints())
        .containsExactly(new Unique(Optional.of("u"), List.of("id", "n"), Optional.empty(), false));
    assertThat(table.inherits()).containsExactly(RelationName.of("base"));
    assertThat(table.partitioned()).isTrue();
    assertThat(table.fromQuery()).isFalse();
  }

  @Test
  void readsAPartition() {
    CreateTable table = (CreateTable)
        statement("CREATE TABLE p PARTITION OF t (a NOT NULL) FOR VALUES FROM (1) TO (2)");
    assertThat(table.partitionOf()).contains(RelationName.of("t"));
    assertThat(table.inherits()).isEmpty();
    assertThat(table.constraints()).containsExactly(new NotNull(Optional.empty(), "a", false));
  }

  @Test
  void knowsATableThatIsMadeFromAQuery() {
    for (String sql :
        List.of("CREATE TEMP TABLE t AS SELECT * FROM u", "SELECT * INTO TEMP t FROM u")) {
      assertThat(statement(sql)).isInstanceOfSatisfying(CreateTable.class, table -> {
        assertThat(table.table()).isEqualTo(RelationName.of("t"));
        assertThat(table.fromQuery()).isTrue();
        assertThat(table.temporary()).isTrue();
      });
    }
  }

  @Test
  void readsAnIndex() {
    CreateIndex index = (CreateIndex) statement("""
        CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY s.t USING gin
          (a DESC, lower(b) text_ops, (a + 1) NULLS FIRST, CURRENT_DATE) INCLUDE (c) WITH (fillfactor = 70) WHERE d IS NOT NULL""");
    assertThat(index.name()).contains("i");
    assertThat(index.table()).isEqualTo(RelationName.of("s", "t"));
    assertThat(index.keys())
        .extracting(Expression::sql)
        .containsExactly("a", "lower(b)", "a + 1", "CURRENT_DATE");
    assertThat(index.keys().get(1).functions()).containsExactly("lower");
    assertThat(index.where()).get().satisfies(where -> {
      assertThat(where.sql()).isEqualTo("d IS NOT NULL");
      assertThat(where.provesNotNull()).containsExactly("d");
    });
    assertThat(List.of(index.unique(), index.concurrently(), index.ifNotExists(), index.only()))
        .containsOnly(true);
    assertThat(index.method()).isEqualTo("gin");
    assertThat(((CreateIndex) statement("CREATE INDEX ON t (a)")).name()).isEmpty();
  }

  @Test
  void readsDrops() {
    assertThat(statement("DROP INDEX CONCURRENTLY IF EXISTS s.i, j"))
        .isEqualTo(new DropIndex(
            List.of(RelationName.of("s", "i"), RelationName.of("j")), true, true, false));
    assertThat(statement("DROP TABLE a, s.b CASCADE"))
        .isEqualTo(
            new DropTable(List.of(RelationName.of("a"), RelationName.of("s", "b")), false, true));
    assertThat(statement("DROP TRIGGER x ON s.t"))
        .isEqualTo(new Unmodelled("DROP TRIGGER", List.of(RelationName.of("s", "t"))));
    assertThat(statement("DROP FUNCTION f(int)"))
        .isEqualTo(new Unmodelled("DROP FUNCTION", List.of()));
  }

  @Test
  void readsRenames() {
    assertThat(statements("""
        ALTER TABLE a RENAME TO b;
        ALTER TABLE IF EXISTS s.a RENAME COLUMN x TO y;
        ALTER TABLE a RENAME CONSTRAINT c TO d;
        ALTER INDEX i RENAME TO j;
        ALTER TYPE t RENAME TO u;
        """))
        .containsExactly(
            new Rename(Rename.Kind.TABLE, RelationName.of("a"), Optional.empty(), "b", false),
            new Rename(Rename.Kind.COLUMN, RelationName.of("s", "a"), Optional.of("x"), "y", true),
            new Rename(Rename.Kind.CONSTRAINT, RelationName.of("a"), Optional.of("c"), "d", false),
            new Rename(Rename.Kind.INDEX, RelationName.of("i"), Optional.empty(), "j", false),
            new Rename(Rename.Kind.OTHER, RelationName.of("t"), Optional.empty(), "u", false));
  }

  @Test
  void readsChangesOfData() {
    Update update = (Update)
        statement(
            "UPDATE s.t SET a = 1, (b, c) = (SELECT 1, 2) FROM u WHERE t.x = u.x AND (y > 0) RETURNING *");
    assertThat(update.table()).isEqualTo(RelationName.of("s", "t"));
    assertThat(update.columns()).containsExactly("a", "b", "c");
    assertThat(update.where()).get().extracting(Expression::sql).isEqualTo("t.x = u.x AND (y > 0)");
    assertThat(statement("DELETE FROM t"))
        .isEqualTo(new Delete(RelationName.of("t"), Optional.empty()));
    assertThat(statement("INSERT INTO t VALUES (1), (2)"))
        .isEqualTo(new Insert(RelationName.of("t"), false, List.of()));
    assertThat(statement("INSERT INTO t SELECT * FROM u, t"))
        .isEqualTo(new Insert(
            RelationName.of("t"), true, List.of(RelationName.of("u"), RelationName.of("t"))));
    assertThat(statement("TRUNCATE a, s.b CASCADE"))
        .isEqualTo(new Truncate(List.of(RelationName.of("a"), RelationName.of("s", "b")), true));
  }

  @Test
  void tellsTheTablesOfAQueryFromTheNamesOfItsWith() {
    Select select = (Select) statement("""
        WITH orders AS (SELECT * FROM orders JOIN lines USING (id)), recent AS (SELECT * FROM orders)
        SELECT f(x), now() FROM recent, s.recent WHERE EXISTS (SELECT 1 FROM third)""");
    assertThat(select.reads())
        .containsExactly(
            RelationName.of("orders"),
            RelationName.of("lines"),
            RelationName.of("s", "recent"),
            RelationName.of("third"));
    assertThat(select.functions()).containsExactlyInAnyOrder("f", "now");
    assertThat(((Select)
                statement("WITH RECURSIVE r AS (SELECT 1 UNION SELECT * FROM r) SELECT * FROM r"))
            .reads())
        .isEmpty();
  }

  @Test
  void doesNotTakeAQueryThatDeletesForAQuery() {
    assertThat(statement("WITH gone AS (DELETE FROM a RETURNING *) SELECT * FROM gone"))
        .isEqualTo(new Unmodelled("WITH ... SELECT", List.of(RelationName.of("a"))));
    assertThat(
            statement("WITH gone AS (DELETE FROM a RETURNING *) INSERT INTO b SELECT * FROM gone"))
        .isEqualTo(
            new Unmodelled("WITH ... INSERT", List.of(RelationName.of("a"), RelationName.of("b"))));
  }

  @Test
  void readsSettings() {
    assertThat(statements("""
        SET LOCAL lock_timeout = '5s'; SET search_path TO a, "B"; SET statement_timeout = 0; RESET lock_timeout;
        SET lock_timeout TO DEFAULT; RESET ALL"""))
        .containsExactly(
            new SetSetting("lock_timeout", Optional.of("5s"), true),
            new SetSetting("search_path", Optional.of("a, B"), false),
            new SetSetting("statement_timeout", Optional.of("0"), false),
            new SetSetting("lock_timeout", Optional.empty(), false),
            new SetSetting("lock_timeout", Optional.empty(), false),
            new SetSetting("all", Optional.empty(), false));
  }

  @Test
  void readsTheControlOfTransactions() {
    assertThat(
            statements(
                "BEGIN; SAVEPOINT a; ROLLBACK TO a; COMMIT; START TRANSACTION; ROLLBACK; SET TRANSACTION READ ONLY"))
        .extracting(statement -> ((TransactionControl) statement).kind().name())
        .containsExactly("BEGIN", "SAVEPOINT", "OTHER", "COMMIT", "BEGIN", "ROLLBACK", "OTHER");
  }

  @Test
  void knowsWhatMakesSomethingNew() {
    assertThat(statements("""
        CREATE TYPE mood AS ENUM ('a'); CREATE SEQUENCE s.q; CREATE SCHEMA x; CREATE EXTENSION pg_trgm; CREATE USER bob;
        CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE VIEW v AS SELECT * FROM s.t;
        CREATE MATERIALIZED VIEW m AS SELECT * FROM u"""))
        .containsExactly(
            new CreateObject("TYPE", "mood", List.of()),
            new CreateObject("SEQUENCE", "s.q", List.of()),
            new CreateObject("SCHEMA", "x", List.of()),
            new CreateObject("EXTENSION", "pg_trgm", List.of()),
            new CreateObject("USER", "bob", List.of()),
            new CreateObject("FUNCTION", "f", List.of()),
            new CreateObject("VIEW", "v", List.of(RelationName.of("s", "t"))),
            new CreateObject("MATERIALIZED VIEW", "m", List.of(RelationName.of("u"))));
  }

  @Test
  void readsComments() {
    assertThat(statement("COMMENT ON COLUMN s.t.c IS 'x'"))
        .isEqualTo(new CommentOn("COLUMN", Optional.of(RelationName.of("s", "t"))));
    assertThat(statement("COMMENT ON CONSTRAINT c ON t IS 'x'"))
        .isEqualTo(new CommentOn("CONSTRAINT", Optional.of(RelationName.of("t"))));
    assertThat(statement("COMMENT ON FUNCTION f(int) IS 'x'"))
        .isEqualTo(new CommentOn("FUNCTION", Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      DO $$ BEGIN DROP TABLE t; END $$              | DO                                    |
      CREATE TRIGGER x AFTER INSERT ON s.t EXECUTE FUNCTION f() | CREATE TRIGGER            | s.t
      CREATE OR REPLACE VIEW v AS SELECT * FROM t   | CREATE OR REPLACE VIEW                | v t
      REFRESH MATERIALIZED VIEW CONCURRENTLY m      | REFRESH MATERIALIZED VIEW CONCURRENTLY | m
      CLUSTER t USING i                             | CLUSTER                               | t
      VACUUM FULL t                                 | VACUUM FULL                           | t
      VACUUM (FULL off) t                           | VACUUM                                | t
      ANALYZE t                                     | ANALYZE                               | t
      LOCK TABLE a, b IN SHARE ROW EXCLUSIVE MODE   | LOCK TABLE IN SHARE ROW EXCLUSIVE MODE | a b
      LOCK a                                        | LOCK TABLE IN ACCESS EXCLUSIVE MODE   | a
      REINDEX (CONCURRENTLY) TABLE t                | REINDEX TABLE CONCURRENTLY            | t
      COPY t FROM '/tmp/x'                          | COPY                                  | t
      GRANT SELECT ON t, s.u TO bob                 | GRANT                                 | t s.u
      CREATE POLICY p ON t                          | CREATE POLICY                         | t
      MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN DELETE | MERGE                    | t u
      CALL p()                                      | CALL                                  |
      CREATE STATISTICS s ON a, b FROM t            | CREATE STATISTICS                     | t
      """)
  void namesWhatHasNoModel(String sql, String kind, String relations) {
    assertThat(statement(sql)).isInstanceOfSatisfying(Unmodelled.class, unmodelled -> {
      assertThat(unmodelled.kind()).isEqualTo(kind);
      assertThat(unmodelled.relations())
          .extracting(RelationName::toString)
          .containsExactly(relations == null ? new String[0] : relations.split(" "));
    });
  }

  @Test
  void keepsTheBodyOfAnSqlFunctionInOnePiece() {
    List<Statement> statements = statements("""
        CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END;
        CREATE RULE r AS ON INSERT TO x DO (INSERT INTO y VALUES (1); INSERT INTO z VALUES (2));
        BEGIN; SELECT 1; END;
        """);
    assertThat(statements).hasSize(5);
    assertThat(statements.get(1))
        .isEqualTo(new Unmodelled(
            "CREATE RULE",
            List.of(RelationName.of("x"), RelationName.of("y"), RelationName.of("z"))));
  }
}
