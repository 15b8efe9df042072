package dev.plimsoll.sql.postgres;

import static dev.plimsoll.sql.postgres.Scripts.script;
import static dev.plimsoll.sql.postgres.Scripts.statement;
import static dev.plimsoll.sql.postgres.Scripts.statements;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.SqlScript;
import dev.plimsoll.sql.SqlStatement;
import dev.plimsoll.sql.Statement;
import dev.plimsoll.sql.Statement.DropTable;
import dev.plimsoll.sql.Statement.Insert;
import dev.plimsoll.sql.Statement.Opaque;
import dev.plimsoll.sql.Statement.Select;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a stranger may put into a migration: nothing of it throws, hangs or hides its neighbours. */
@Timeout(240)
class HostileScriptTest {

  @Test
  void refusesNestingThatNoStatementNeeds() {
    neighboursOf("SELECT " + "(".repeat(100_000) + "1" + ")".repeat(100_000), Opaque.class);
    neighboursOf("SELECT 1" + "+1".repeat(100_000), Opaque.class);
    neighboursOf(
        "SELECT " + "CASE WHEN a THEN 1 ELSE ".repeat(20_000) + "2" + " END".repeat(20_000),
        Opaque.class);
  }

  @Test
  void readsNestingThatIsStillAllowed() {
    neighboursOf("SELECT * FROM t WHERE a = 1" + " + 1".repeat(800), Select.class);
  }

  @Test
  void refusesNulAndReadsLoneSurrogates() {
    neighboursOf("SELECT '\0'", Opaque.class);
    neighboursOf("SELECT '\ud800', \"\udc00\"", Select.class);
  }

  @Test
  void readsALiteralOfTwentyMegabytes() {
    neighboursOf("SELECT '" + "x".repeat(20_000_000) + "'", Select.class);
  }

  @Test
  void readsTwoHundredThousandRows() {
    String insert =
        "INSERT INTO t (a, b) VALUES " + "(1,'some text'),".repeat(199_999) + "(2,'last')";
    List<Statement> statements = neighboursOf(insert, Insert.class);
    assertThat(((Insert) statements.get(1)).table()).isEqualTo(RelationName.of("t"));
  }

  @Test
  void readsNothingInMegabytesOfSemicolonsBlanksAndComments() {
    assertThat(statements(";".repeat(5_000_000))).isEmpty();
    assertThat(statements(" ".repeat(5_000_000))).isEmpty();
    assertThat(script("/*" + "x".repeat(1_000_000) + "*/ SELECT 1; --" + "y".repeat(1_000_000)))
        .satisfies(read -> {
          assertThat(read.statements()).hasSize(1);
          assertThat(read.comments()).hasSize(2);
        });
    assertThat(statement("/*".repeat(500_000))).isInstanceOf(Opaque.class);
  }

  @Test
  void findsColumnsOnALineOfMegabytesInTime() {
    SqlScript script = script("SELECT '😀';".repeat(90_000));
    assertThat(script.statements()).hasSize(90_000);
    assertThat(script.statements().getLast().span().start().column()).isEqualTo(89_999 * 11 + 1);
  }

  @Test
  void stopsAtItsNumberOfStatementsAndSaysSo() {
    SqlScript script = script(
        "SELECT 1;".repeat(PostgresReader.MAXIMUM_STATEMENTS) + "DROP TABLE t; DROP TABLE u");
    SqlStatement last = script.statements().getLast();
    assertThat(last.text()).isEqualTo("DROP TABLE t; DROP TABLE u");
    assertThat(((Opaque) last.statement()).reason())
        .isEqualTo("not read, with 1 after it: there are more than 100000 before it");
  }

  @Test
  void keepsTimeOnMarksThatAreNeverClosed() {
    assertThat(statements("SELECT " + "${".repeat(300_000))).hasSize(1);
    assertThat(statements("SELECT " + "{{".repeat(300_000))).hasSize(1);
    assertThat(statements("SELECT $1" + "$a".repeat(300_000))).hasSize(1);
    assertThat(statements(":a ".repeat(200_000))).hasSize(1);
    assertThat(statements("\\set x\n".repeat(200_000))).isEmpty();
    assertThat(statements("COPY t FROM stdin;\n\\.\n".repeat(20_000))).hasSize(20_000);
  }

  /** Reads the text between two statements that must be read. */
  private static List<Statement> neighboursOf(String hostile, Class<? extends Statement> expected) {
    long start = System.nanoTime();
    List<Statement> statements = statements("DROP TABLE a;\n" + hostile + ";\nDROP TABLE b;");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(120));
    assertThat(statements).hasSize(3);
    assertThat(statements.get(1)).isInstanceOf(expected);
    assertThat(List.of(statements.get(0), statements.get(2)))
        .hasOnlyElementsOfType(DropTable.class);
    return statements;
  }
}
