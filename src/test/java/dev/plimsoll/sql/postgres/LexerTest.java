package dev.plimsoll.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.sql.SourceText;
import dev.plimsoll.sql.postgres.ScanOutcome.Tokens;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tokens are cut where PostgreSQL's own scanner cuts them. */
class LexerTest {
  private static final PgParser PARSER = new PgParser();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE \"a\"\"b\".c ADD d numeric(10,2)[] DEFAULT -1.5e-3::float8;",
        "SELECT E'it\\'s \\\\', 'it''s', N'x', B'01', X'1F', U&'\\0061', U&\"d\\0061t\" FROM e, b1",
        "SELECT $$ a ; ' $b$ $$, $tag$ $$ ; $tag$, $1, a$b$c",
        "SELECT 1+-2, 3*-4, a@-b, a<-1, a<>b, a!=b, a||b, a->>'x', a#>>'{}', a@>b, a?|b, ~a, a=-1, x :: int, f(a:=1, b=>2)",
        "SELECT 1--comment\n+2 /* a /* b */ c */ - 3, 4 */* x */5",
        "SELECT 1_000, 0x1F, 0b11, 0o17, .5, 5., 1e10, 1.5E+10, a[1:2], a[:3], a.b.c, *",
        "SELECT é, \"😀\", _x, x1$ FROM \"ünï\" -- é😀\nWHERE a ~* 'x' AND b OPERATOR(pg_catalog.+) c",
        "a\t\r\n\f\u000Bb"
      })
  void agreesWithPostgres(String sql) {
    Tokens scanned = (Tokens) PARSER.scan(sql);
    List<String> expected = scanned.tokens().stream()
        .filter(token -> !token.isComment())
        .map(token -> token.start() + "-" + token.end())
        .toList();
    assertThat(placesOf(sql)).isEqualTo(expected);
  }

  private static List<String> placesOf(String sql) {
    TokenList tokens = Lexer.lex(new SourceText("m.sql", sql), 0, sql.length()).tokens();
    List<String> places = new ArrayList<>();
    for (int token = 0; token < tokens.size(); token++) {
      places.add(tokens.start(token) + "-" + tokens.end(token));
    }
    return places;
  }
}
