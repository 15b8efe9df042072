package dev.plimsoll.sql.postgres;

import static dev.plimsoll.sql.postgres.Scripts.change;
import static dev.plimsoll.sql.postgres.Scripts.script;
import static dev.plimsoll.sql.postgres.Scripts.statement;
import static dev.plimsoll.sql.postgres.Scripts.statements;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.sql.Expression.Kind;
import dev.plimsoll.sql.Position;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.SourceSpan;
import dev.plimsoll.sql.SourceText;
import dev.plimsoll.sql.SqlComment;
import dev.plimsoll.sql.SqlScript;
import dev.plimsoll.sql.SqlStatement;
import dev.plimsoll.sql.Statement.AlterTable;
import dev.plimsoll.sql.Statement.DropTable;
import dev.plimsoll.sql.Statement.Insert;
import dev.plimsoll.sql.Statement.Opaque;
import dev.plimsoll.sql.Statement.Select;
import dev.plimsoll.sql.Statement.Unmodelled;
import dev.plimsoll.sql.Statement.Update;
import dev.plimsoll.sql.TableChange.AddColumn;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where statements stand in a text, and what else stands there. */
class PostgresScriptTest {

  @Test
  void takesAStatementWithoutWhatIsAroundIt() {
    SqlStatement only = script("\n-- before\n  SELECT 1 /* inside */ ,2 /* behind */  ; -- end")
        .statements()
        .getFirst();
    assertThat(only.text()).isEqualTo("SELECT 1 /* inside */ ,2");
    assertThat(only.span())
        .isEqualTo(new SourceSpan("m.sql", new Position(13, 3, 3), new Position(37, 3, 27)));
  }

  @Test
  void countsColumnsInCodePointsBehindAnEmoji() {
    SqlStatement second = script("SELECT '😀é'; ALTER TABLE \"Ünï😀\" ADD COLUMN a int, DROP b")
        .statements()
        .get(1);
    assertThat(second.span().start()).isEqualTo(new Position(14, 1, 14));
    AlterTable alter = (AlterTable) second.statement();
    assertThat(alter.table().name()).isEqualTo("Ünï😀");
    assertThat(alter.commands().get(1).span().start()).isEqualTo(new Position(52, 1, 51));
  }

  @Test
  void countsLinesThatEndWithCrLfOrCr() {
    assertThat(script("SELECT 1;\r\n\r\n\tSELECT 2;\rSELECT 3").statements())
        .extracting(s -> s.span().start().line() + ":" + s.span().start().column())
        .containsExactly("1:1", "3:2", "4:1");
  }

  @Test
  void looksPastAByteOrderMark() {
    SqlStatement only = script("\uFEFFALTER TABLE t ADD é int").statements().getFirst();
    assertThat(only.span().start().offset()).isEqualTo(1);
    assertThat(only.text()).startsWith("ALTER");
    assertThat(
            ((AddColumn) ((AlterTable) only.statement()).commands().getFirst().change())
                .column()
                .name())
        .isEqualTo("é");
  }

  @Test
  void givesEachCommandItsOwnPlace() {
    String sql =
        "ALTER TABLE s.t *\n  ADD COLUMN a numeric(10,2) DEFAULT f(1, 2), -- why\n  DROP COLUMN b;";
    AlterTable alter = (AlterTable) statement(sql);
    assertThat(alter.commands())
        .extracting(command -> cut(sql, command.span()))
        .containsExactly("ADD COLUMN a numeric(10,2) DEFAULT f(1, 2)", "DROP COLUMN b");
    assertThat(alter.commands()).extracting(command -> command.span().line()).containsExactly(2, 3);
  }

  @Test
  void readsAPartOfATextAtThePlacesOfTheWhole() {
    SourceText source =
        new SourceText("m.sql", "-- up\nSELECT 1;\n-- down\nSELECT 'x;\nDROP TABLE t;");
    SqlScript up = new PostgresReader().read(source, 6, source.text().indexOf("-- down"));
    assertThat(up.statements())
        .singleElement()
        .satisfies(s -> assertThat(s.span().line()).isEqualTo(2));
    assertThat(up.comments()).isEmpty();
  }

  @Test
  void returnsComments() {
    assertThat(script(
                "-- plimsoll:ignore rule because\nSELECT 1; /* a /* nested */ one */ SELECT '-- none'")
            .comments())
        .extracting(SqlComment::text)
        .containsExactly("plimsoll:ignore rule because", "a /* nested */ one");
  }

  @Test
  void keepsTheNeighboursOfAStatementThatItCannotRead() {
    List<SqlStatement> statements =
        script("DROP TABLE a;\nALTER TABLE é ADD COLUMM x int;\nDROP TABLE b;").statements();
    assertThat(statements).hasSize(3);
    assertThat(statements.get(0).statement()).isInstanceOf(DropTable.class);
    assertThat(statements.get(2).statement()).isInstanceOf(DropTable.class);
    assertThat(statements.get(1).text()).isEqualTo("ALTER TABLE é ADD COLUMM x int");
    assertThat(statements.get(1).statement())
        .isEqualTo(
            new Opaque("syntax error at or near \"int\"", Optional.of(new Position(41, 2, 28))));
  }

  @Test
  void doesNotLetAnOpenBracketHideWhatComesAfterIt() {
    assertThat(statements("CREATE TABLE t (a int; DROP TABLE u;"))
        .hasExactlyElementsOfTypes(Opaque.class, DropTable.class);
  }

  @Test
  void reportsAllBehindAQuoteThatIsNotClosed() {
    for (String open : List.of("'x", "\"x", "$a$ x $b$", "/* x", "E'x\\'", "U&'x")) {
      List<SqlStatement> statements =
          script("SELECT 1; SELECT " + open + "; DROP TABLE t;\n").statements();
      assertThat(statements).hasSize(2);
      assertThat(statements.get(1).text()).isEqualTo("SELECT " + open + "; DROP TABLE t;");
      assertThat(statements.get(1).statement()).isInstanceOfSatisfying(Opaque.class, opaque -> {
        assertThat(opaque.reason()).startsWith("unterminated");
        assertThat(opaque.at()).map(Position::offset).contains(17);
      });
    }
  }

  @Test
  void ignoresCommandsOfPsqlThatRunNothing() {
    assertThat(statements(
            "\\set ON_ERROR_STOP on\n\\echo it's; done\nSELECT 1\n\\pset pager off\n, 2;\n\\q"))
        .containsExactly(new Select(List.of(), List.of()));
  }

  @Test
  void saysThatItDoesNotKnowWhatPsqlRuns() {
    List<SqlStatement> statements = script(
            "\\i other.sql\nSELECT 'DROP TABLE ' || x FROM t \\gexec\n\\copy t from 'x'\n\\connect db\n")
        .statements();
    assertThat(statements)
        .extracting(SqlStatement::text)
        .containsExactly(
            "\\i other.sql",
            "SELECT 'DROP TABLE ' || x FROM t",
            "\\gexec",
            "\\copy t from 'x'",
            "\\connect db");
    assertThat(((Opaque) statements.get(0).statement()).reason())
        .isEqualTo("\\i runs another file, which is not read");
    assertThat(((Opaque) statements.get(2).statement()).reason())
        .contains("runs what the query returns");
  }

  @Test
  void readsBackslashGAsTheEndOfAStatement() {
    assertThat(statements("SELECT 1 \\g\nSELECT 2 \\gset\nDROP TABLE t;"))
        .hasExactlyElementsOfTypes(Select.class, Select.class, DropTable.class);
  }

  @Test
  void skipsTheDataOfCopy() {
    List<SqlStatement> statements = script(
            "COPY t (a) FROM stdin;\n1\t'\nDROP TABLE x;\n\\.\n\nDROP TABLE y;")
        .statements();
    assertThat(statements)
        .extracting(SqlStatement::statement)
        .containsExactly(
            new Unmodelled("COPY", List.of(RelationName.of("t"))),
            new DropTable(List.of(RelationName.of("y")), false, false));
    assertThat(statements.get(1).span().line()).isEqualTo(6);
  }

  @Test
  void doesNotSwallowStatementsBehindACopyWithoutAnEnd() {
    assertThat(statements("COPY t FROM stdin;\nDROP TABLE x;"))
        .hasExactlyElementsOfTypes(Unmodelled.class, Opaque.class);
  }

  @Test
  void showsPlaceholdersInNames() {
    AlterTable alter = (AlterTable) statement(
        "ALTER TABLE ${schema}.{{ .Prefix }}_orders ADD COLUMN {name} int DEFAULT :start");
    assertThat(alter.table()).isEqualTo(RelationName.of("${schema}", "{{ .Prefix }}_orders"));
    AddColumn add = (AddColumn) alter.commands().getFirst().change();
    assertThat(add.column().name()).isEqualTo("{name}");
    assertThat(add.column().defaultValue()).get().satisfies(value -> {
      assertThat(value.sql()).isEqualTo(":start");
      assertThat(value.kind()).isEqualTo(Kind.OPAQUE);
    });
  }

  @Test
  void readsAPlaceholderWhereOnlyAValueCanStand() {
    assertThat(statement("UPDATE t SET a = interval ${age} WHERE b = :'value' AND c[1:n] = d"))
        .isInstanceOfSatisfying(
            Update.class,
            update -> assertThat(update.where())
                .get()
                .extracting(where -> where.sql())
                .isEqualTo("b = :'value' AND c[1:n] = d"));
  }

  @Test
  void takesCastsAssignmentsAndJsonForWhatTheyAre() {
    assertThat(change("ALTER TABLE t ADD c jsonb DEFAULT json_object('a':1)::jsonb"))
        .isInstanceOf(AddColumn.class);
    assertThat(statement("SELECT a::text, f(x := 1)")).isInstanceOf(Select.class);
  }

  @Test
  void doesNotKnowAStatementThatIsAPlaceholder() {
    assertThat(statements("${body}; SELECT 1"))
        .hasExactlyElementsOfTypes(Opaque.class, Select.class);
    assertThat(((Opaque) statement("ALTER ${x} ${y} ADD")).reason())
        .isEqualTo("syntax error at or near \"${x}\"");
  }

  @Test
  void reportsTheDirectivesOfTemplates() {
    assertThat(
            statements(
                "{{ if .Large }}\nDROP TABLE a;\n{{ end }}\nDROP TABLE b; SELECT {% if x %} 1 {% endif %};"))
        .hasExactlyElementsOfTypes(
            Opaque.class, DropTable.class, Opaque.class, DropTable.class, Opaque.class);
  }

  @Test
  void saysThatRowsComeFromAQueryAlsoBehindAPlaceholder() {
    assertThat(statement("INSERT INTO ${s}.t SELECT * FROM ${s}.u"))
        .isEqualTo(
            new Insert(RelationName.of("${s}", "t"), true, List.of(RelationName.of("${s}", "u"))));
  }

  private static String cut(String sql, SourceSpan span) {
    return sql.substring(span.start().offset(), span.end().offset());
  }
}
