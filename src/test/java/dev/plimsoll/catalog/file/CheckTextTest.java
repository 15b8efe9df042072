package dev.plimsoll.catalog.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.sql.Expression;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckTextTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      (status IS NOT NULL)                                            | status
      status IS NOT NULL                                              | status
      (Status is not  null)                                           | status
      ((a IS NOT NULL) AND (b IS NOT NULL))                           | a,b
      ((a IS NOT NULL) AND (total > 0))                               | a
      ((total > 0) AND (a IS NOT NULL) AND (b IS NOT NULL))           | a,b
      (("Order Id" IS NOT NULL) AND (n > 0))                          | Order Id
      ("say ""hi"" twice" IS NOT NULL)                               | say "hi" twice
      ((a IS NOT NULL) AND ((b IS NOT NULL) AND (c IS NOT NULL)))     | a,b,c
      ((a IS NOT NULL) AND (note <> ') AND (b IS NULL'::text))        | a
      ((a IS NOT NULL) AND (note <> E'\\') OR ('::text))              | a
      ((a IS NOT NULL) AND is_valid(b))                               | a
      (größe IS NOT NULL)                                             | größe
      """)
  void seesWhatIsNotNull(String sql, String columns) {
    assertThat(CheckText.read(sql, List.of()).provesNotNull())
        .containsExactlyInAnyOrder(columns.split(","));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "((a IS NOT NULL) OR (b IS NOT NULL))",
        "(a IS NULL)",
        "(NOT (a IS NOT NULL))",
        "a IS NOT NULL OR b > 0 AND c IS NOT NULL",
        "b > 0 OR c > 0 AND a IS NOT NULL",
        "x BETWEEN 1 AND a IS NOT NULL",
        "CASE WHEN x AND a IS NOT NULL AND y THEN true END",
        "((a IS NOT NULL) = true)",
        "((a IS NOT NULL) AND (b > 0)) OR (c > 0)",
        "(note = '(a IS NOT NULL)'::text)",
        "note = 'x' AND (a IS NOT NULL)",
        "((a + b) IS NOT NULL)",
        "(lower(a) IS NOT NULL)",
        "(a IS NOT NULL",
        "a IS NOT NULL)",
        "",
        "(a IS NOT NULL) AND",
        "(t.a IS NOT NULL)"
      })
  void inventsNoProof(String sql) {
    assertThat(CheckText.read(sql, List.of("a")).provesNotNull()).isEmpty();
  }

  @Test
  void saysThatItHasReadAllOfItOrNot() {
    assertThat(
            CheckText.read("((a IS NOT NULL) AND (b IS NOT NULL))", List.of()).kind())
        .isEqualTo(Expression.Kind.COMPUTED);
    assertThat(CheckText.read("((a IS NOT NULL) AND (b > 0))", List.of()).kind())
        .isEqualTo(Expression.Kind.OPAQUE);
  }

  @Test
  void namesTheColumnsThatTheServerNames() {
    assertThat(CheckText.read("(total > 0)", List.of("total")).columns()).containsExactly("total");
  }

  @Test
  void bearsADeepNestAndALongName() {
    String deep = "(".repeat(100_000) + "a IS NOT NULL" + ")".repeat(100_000);
    String wide = "\"" + "x".repeat(500_000) + "\" IS NOT NULL";

    assertThat(CheckText.read(deep, List.of()).provesNotNull()).isEmpty();
    assertThat(CheckText.read(wide, List.of()).provesNotNull()).isEmpty();
  }
}
