package dev.plimsoll.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.sql.SourceText;
import dev.plimsoll.sql.SqlComment;
import dev.plimsoll.sql.SqlScript;
import dev.plimsoll.sql.SqlStatement;
import dev.plimsoll.sql.Statement;
import dev.plimsoll.sql.postgres.PostgresReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IgnoreCommentsTest {

  @Test
  void anIgnoreIsAboutTheNextStatement() {
    assertThat(ignores("""
            DROP TABLE a;
            -- plimsoll:ignore drop-table it was never used

            DROP TABLE b;
            DROP TABLE c;
            """)).containsExactly("drop-table | it was never used | line 4");
  }

  @Test
  void anIgnoreBehindAStatementIsAboutThatOne() {
    assertThat(ignores("""
            DROP TABLE a;  -- plimsoll:ignore drop-table it was never used
            DROP TABLE b;
            """)).containsExactly("drop-table | it was never used | line 1");
  }

  @Test
  void anIgnoreBetweenTwoStatementsOfALineIsAboutTheSecond() {
    assertThat(ignores("SELECT 1;\nDROP TABLE a; /* plimsoll:ignore x because */ SELECT\n2;"))
        .containsExactly("x | because | line 2");
    IgnoreComments read = read("DROP TABLE a; /* plimsoll:ignore x because */ DROP TABLE bb;");
    assertThat(read.ignores().getFirst().statement().start().offset()).isEqualTo(46);
  }

  @Test
  void anIgnoreInsideAStatementIsAboutIt() {
    assertThat(ignores("""
            ALTER TABLE a
              ADD COLUMN x int, -- plimsoll:ignore some-rule: it is a small table
              ADD COLUMN y int;
            DROP TABLE b;
            """)).containsExactly("some-rule | it is a small table | line 1");
  }

  @Test
  void aBlockCommentMayHoldSeveral() {
    assertThat(ignores("""
            /*
             * plimsoll:ignore rule-a first reason
             * plimsoll:ignore rule-b,rule-c second reason
             */
            DROP TABLE b;
            """))
        .containsExactly(
            "rule-a | first reason | line 5",
            "rule-b | second reason | line 5",
            "rule-c | second reason | line 5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"drop-table", "drop-table   ", "drop-table ---", "drop-table :"})
  void anIgnoreWithoutAReasonHasNoEffectAndIsSaid(String text) {
    IgnoreComments read = read("-- plimsoll:ignore " + text + "\nDROP TABLE b;");

    assertThat(read.ignores()).isEmpty();
    assertThat(read.problems()).singleElement().satisfies(problem -> {
      assertThat(problem.message()).contains("has no reason");
      assertThat(problem.place().line()).isEqualTo(1);
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plimsoll:ignore",
        "plimsoll:ingore x because",
        "PLIMSOLL:disable x",
        "plimsoll:ignore Drop_Table because"
      })
  void anInstructionThatIsNotUnderstoodIsSaid(String comment) {
    IgnoreComments read = read("-- " + comment + "\nDROP TABLE b;");

    assertThat(read.ignores()).isEmpty();
    assertThat(read.problems())
        .extracting(Migration.Problem::message)
        .containsExactly(
            "This instruction is not understood. Write `plimsoll:ignore RULE reason`.");
  }

  @Test
  void anIgnoreAtTheEndOfTheFileIsAboutNothing() {
    IgnoreComments read = read("DROP TABLE b;\n\n-- plimsoll:ignore drop-table because");

    assertThat(read.ignores()).isEmpty();
    assertThat(read.problems())
        .extracting(Migration.Problem::message)
        .containsExactly("This ignore stands at no statement, so it has no effect.");
  }

  @Test
  void otherCommentsAreNobodysBusiness() {
    IgnoreComments read = read("-- see plimsoll:ignore in the docs\nDROP TABLE b;");

    assertThat(read.ignores()).isEmpty();
    assertThat(read.problems()).isEmpty();
  }

  @Test
  void aReasonHasALimit() {
    assertThat(read("-- plimsoll:ignore x " + "y".repeat(9_000) + "\nDROP TABLE b;")
            .ignores()
            .getFirst()
            .reason())
        .hasSize(500);
  }

  @Test
  void manyCommentsAndStatementsAreNotSlow() {
    List<SqlStatement> statements = new ArrayList<>();
    List<SqlComment> comments = new ArrayList<>();
    SourceText source = new SourceText("x.sql", "x;\n".repeat(100_000));
    for (int i = 0; i < 100_000; i++) {
      statements.add(new SqlStatement(
          new Statement.Unmodelled("X", List.of()), "x", source.span(3 * i, 3 * i + 1)));
      comments.add(new SqlComment("plimsoll:ignore a because", source.span(3 * i + 1, 3 * i + 2)));
    }
    ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    long start = thread.getCurrentThreadCpuTime();

    assertThat(IgnoreComments.in(new SqlScript(statements, comments)).ignores()).hasSize(100_000);
    assertThat(Duration.ofNanos(thread.getCurrentThreadCpuTime() - start))
        .isLessThan(Duration.ofSeconds(10));
  }

  private static List<String> ignores(String sql) {
    return read(sql).ignores().stream()
        .map(i -> i.rule() + " | " + i.reason() + " | line " + i.statement().line())
        .toList();
  }

  private static IgnoreComments read(String sql) {
    return IgnoreComments.in(new PostgresReader().read(new SourceText("x.sql", sql)));
  }
}
