package dev.plimsoll.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.sql.postgres.ParseOutcome.Refused;
import dev.plimsoll.sql.postgres.ParseOutcome.SyntaxError;
import dev.plimsoll.sql.postgres.ParseOutcome.Tree;
import dev.plimsoll.sql.postgres.ScanOutcome.Tokens;
import dev.plimsoll.sql.postgres.Token.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PgParserTest {
  /** Patient, as the machine may be busy: only one test is about the deadline. */
  private static final PgParser PARSER =
      new PgParser(new PgParser.Limits(32 << 20, Duration.ofMinutes(3), 16_384, 2));

  @Nested
  class Parsing {

    @Test
    void readsWhatOnlyPostgresReads() {
      JsonNode alter =
          onlyStatement("ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0) NOT VALID");
      JsonNode constraint = alter.at("/AlterTableStmt/cmds/0/AlterTableCmd/def/Constraint");

      assertThat(constraint.path("contype").asText()).isEqualTo("CONSTR_CHECK");
      assertThat(constraint.path("skip_validation").asBoolean()).isTrue();
    }

    @Test
    void dropsAnIndexConcurrentlyAndNotAnIndexOfThatName() {
      JsonNode drop = onlyStatement("DROP INDEX CONCURRENTLY i").path("DropStmt");

      assertThat(drop.path("concurrent").asBoolean()).isTrue();
      assertThat(drop.at("/objects/0/List/items/0/String/sval").asText()).isEqualTo("i");
    }

    @Test
    void findsEveryStatement() {
      assertThat(tree("SELECT 1; SELECT 2 ;\n\n-- c\nSELECT 3").root().path("stmts"))
          .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", "-- only a comment", ";;"})
    void findsNoStatementWhereThereIsNone(String sql) {
      assertThat(tree(sql).root().path("stmts")).isEmpty();
    }

    @Test
    void saysWherePostgresFindsAnError() {
      assertThat(PARSER.parse("SELECT 1;\nALTER TABL x"))
          .isEqualTo(new SyntaxError("syntax error at or near \"TABL\"", 16));
    }

    @Test
    void findsAnErrorAfterCharactersOfSeveralBytesOrChars() {
      String sql = "SELECT 'Ünïcödé😀'; ALTER TABL x";

      assertThat(PARSER.parse(sql))
          .isEqualTo(new SyntaxError("syntax error at or near \"TABL\"", sql.indexOf("TABL")));
    }

    @Test
    void turnsTheLocationsOfATreeIntoOffsetsInTheString() {
      String sql = "SELECT 'Ünïcödé😀', answer";
      Tree tree = tree(sql);
      int location = tree.root()
          .at("/stmts/0/stmt/SelectStmt/targetList/1/ResTarget/location")
          .asInt();

      assertThat(location).isGreaterThan(sql.indexOf("answer"));
      assertThat(tree.text().offsetOfByte(location)).isEqualTo(sql.indexOf("answer"));
    }

    @Test
    void countsTheRowsOfSeedDataBeyondTheFirstThousand() {
      JsonNode insert = onlyStatement(insertOf(1_500)).at("/InsertStmt/selectStmt/SelectStmt");

      assertThat(insert.path("valuesLists")).hasSize(1_000);
      assertThat(insert.path("valuesListsLength").asInt()).isEqualTo(1_500);
    }

    @Test
    void keepsAllRowsOfASmallInsert() {
      JsonNode insert = onlyStatement(insertOf(1_000)).at("/InsertStmt/selectStmt/SelectStmt");

      assertThat(insert.path("valuesLists")).hasSize(1_000);
      assertThat(insert.has("valuesListsLength")).isFalse();
    }

    @Test
    void isSafeForManyThreads() throws Exception {
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Callable<String>> tasks = IntStream.range(0, 200)
            .<Callable<String>>mapToObj(
                i -> () -> tableOf(onlyStatement("ALTER TABLE t" + i + " ADD c int")))
            .toList();
        List<String> tables = new ArrayList<>();
        for (Future<String> table : threads.invokeAll(tasks)) {
          tables.add(table.get());
        }
        assertThat(tables)
            .isEqualTo(IntStream.range(0, 200).mapToObj(i -> "t" + i).toList());
      }
    }

    private static String tableOf(JsonNode alter) {
      return alter.at("/AlterTableStmt/relation/relname").asText();
    }
  }

  @Nested
  class HostileInput {

    @AfterEach
    void theParserWorksAfterwards() {
      assertThat(PARSER.parse("SELECT 1")).isInstanceOf(Tree.class);
      assertThat(PARSER.scan("SELECT 1")).isInstanceOf(Tokens.class);
    }

    @Test
    void withANulIsRefused() {
      var refused =
          new Refused("it has a NUL character (at offset 8), which PostgreSQL does not accept");

      assertThat(PARSER.parse("SELECT 1\0; DROP TABLE t")).isEqualTo(refused);
      assertThat(PARSER.scan("SELECT 1\0; DROP TABLE t")).isEqualTo(refused);
    }

    @Test
    void withAByteOrderMarkKeepsItsPositions() {
      String sql = "\uFEFFSELECT a; ALTER TABL x";

      assertThat(PARSER.parse(sql))
          .isEqualTo(new SyntaxError("syntax error at or near \"TABL\"", sql.indexOf("TABL")));
      assertThat(tokens(sql).getFirst()).isEqualTo(new Token(Kind.KEYWORD, 1, 7));
    }

    @Test
    void withLoneSurrogatesIsReadAsQuestionMarks() {
      Tree tree = tree("SELECT '\uD800\uDC00\uDC00\uD800', a");
      JsonNode columns = tree.root().at("/stmts/0/stmt/SelectStmt/targetList");

      assertThat(columns.at("/0/ResTarget/val/A_Const/sval/sval").asText())
          .isEqualTo("\uD800\uDC00??");
      assertThat(tree.text().offsetOfByte(columns.at("/1/ResTarget/location").asInt()))
          .isEqualTo(15);
    }

    @ParameterizedTest
    @ValueSource(ints = {20_000, 100_000})
    void ofManyParenthesesIsRefused(int depth) {
      assertThat(PARSER.parse("SELECT " + "(".repeat(depth) + "1" + ")".repeat(depth)))
          .isEqualTo(tooDeep());
    }

    @Test
    void ofALongSumIsRefused() {
      assertThat(PARSER.parse("SELECT 1" + "+1".repeat(100_000))).isEqualTo(tooDeep());
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "SELECT * FROM (",
          "SELECT ARRAY[",
          "SELECT CASE WHEN a THEN ",
          "NOT ",
          "WITH a AS ("
        })
    void nestedInAnyWayIsRefused(String opening) {
      assertThat(
              PARSER.parse((opening.startsWith("NOT") ? "SELECT " : "") + opening.repeat(30_000)))
          .isInstanceOfAny(Refused.class, SyntaxError.class);
    }

    @Test
    void ofSubqueriesAThousandDeepIsRefused() {
      assertThat(PARSER.parse("SELECT * FROM (".repeat(1_000) + "SELECT 1" + ") x".repeat(1_000)))
          .isEqualTo(tooDeep());
    }

    @Test
    void withALiteralOf20MegabytesIsRead() {
      String literal = "x".repeat(20_000_000);

      assertThat(onlyStatement("SELECT '" + literal + "'")
              .at("/SelectStmt/targetList/0/ResTarget/val/A_Const/sval/sval")
              .asText())
          .hasSize(20_000_000);
    }

    @Test
    void with200000RowsIsRead() {
      assertThat(onlyStatement(insertOf(200_000))
              .at("/InsertStmt/selectStmt/SelectStmt/valuesListsLength")
              .asInt())
          .isEqualTo(200_000);
    }

    @Test
    void thatIsTooLargeIsRefused() {
      var refused = new Refused("it is larger than 32 MiB");
      String sql = "SELECT '" + "x".repeat(33 << 20) + "'";

      assertThat(PARSER.parse(sql)).isEqualTo(refused);
      assertThat(PARSER.scan(sql)).isEqualTo(refused);
    }

    @Test
    void thatNeedsTooMuchMemoryIsRefused() {
      assertThat(PARSER_WITH_LITTLE_MEMORY.parse("SELECT 1" + ",1".repeat(300_000)))
          .isEqualTo(new Refused(PgParser.TOO_LARGE));
      assertThat(PARSER_WITH_LITTLE_MEMORY.scan(";".repeat(300_000)))
          .isEqualTo(new Refused(PgParser.TOO_LARGE));
      assertThat(PARSER_WITH_LITTLE_MEMORY.parse("SELECT 1")).isInstanceOf(Tree.class);
    }

    private static final PgParser PARSER_WITH_LITTLE_MEMORY =
        new PgParser(new PgParser.Limits(32 << 20, Duration.ofMinutes(3), 700, 1));

    @Test
    void thatTakesTooLongIsGivenUp() {
      PgParser impatient =
          new PgParser(new PgParser.Limits(32 << 20, Duration.ofSeconds(1), 16_384, 1));

      assertThat(impatient.parse("/*".repeat(1_000_000)))
          .isEqualTo(new Refused("parsing it takes longer than 1 s"));
      assertThat(impatient.parse("SELECT 1")).isInstanceOf(Tree.class);
    }

    private static Refused tooDeep() {
      return new Refused("it is nested too deeply");
    }
  }

  @Nested
  class Scanning {

    @Test
    void tellsTheKindsOfTokensApart() {
      assertThat(kinds("SELECT $1, \"a b\", x::int >= 1.5 + 2 /* c */ || E'\\n' -- d"))
          .isEqualTo(
              "KEYWORD PARAMETER PUNCTUATION IDENTIFIER PUNCTUATION IDENTIFIER OPERATOR KEYWORD OPERATOR NUMBER"
                  + " OPERATOR NUMBER BLOCK_COMMENT OPERATOR STRING LINE_COMMENT");
    }

    @Test
    void takesADollarQuotedBodyAsOneString() {
      String sql = "DO $do$ BEGIN; RAISE 'é'; END $do$;";

      assertThat(tokens(sql).stream().map(token -> token.in(sql)))
          .containsExactly("DO", "$do$ BEGIN; RAISE 'é'; END $do$", ";");
    }

    @Test
    void givesOffsetsInTheStringAfterCharactersOfSeveralBytes() {
      String sql = "SELECT 'Ünïcödé😀' AS 😀, x -- ende";

      assertThat(tokens(sql).stream().map(token -> token.in(sql)))
          .containsExactly("SELECT", "'Ünïcödé😀'", "AS", "😀", ",", "x", "-- ende");
    }

    @Test
    void readsATextThatDoesNotParse() {
      assertThat(kinds("ALTER TABL x")).isEqualTo("KEYWORD IDENTIFIER IDENTIFIER");
    }

    @Test
    void findsNothingInAnEmptyText() {
      assertThat(tokens("")).isEmpty();
      assertThat(tokens(" \n\t")).isEmpty();
    }

    @Test
    void saysWhenAQuoteIsNotClosed() {
      assertThat(PARSER.scan("SELECT 'abc"))
          .isInstanceOfSatisfying(
              SyntaxError.class,
              error -> assertThat(error.message()).startsWith("unterminated quoted string"));
    }

    private static String kinds(String sql) {
      return tokens(sql).stream()
          .map(token -> token.kind().name())
          .collect(Collectors.joining(" "));
    }
  }

  private static String insertOf(int rows) {
    return IntStream.range(0, rows)
        .mapToObj(i -> "(" + i + ", 'some text', now())")
        .collect(Collectors.joining(",", "INSERT INTO t (a, b, c) VALUES ", ""));
  }

  private static JsonNode onlyStatement(String sql) {
    JsonNode statements = tree(sql).root().path("stmts");
    assertThat(statements).hasSize(1);
    return statements.get(0).path("stmt");
  }

  private static Tree tree(String sql) {
    ParseOutcome outcome = PARSER.parse(sql);
    assertThat(outcome).isInstanceOf(Tree.class);
    return (Tree) outcome;
  }

  private static List<Token> tokens(String sql) {
    ScanOutcome outcome = PARSER.scan(sql);
    assertThat(outcome).isInstanceOf(Tokens.class);
    return ((Tokens) outcome).tokens();
  }
}
