package dev.plimsoll.catalog.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.sql.DataType;
import dev.plimsoll.sql.Engine;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypeTextTest {

  private final TypeText types = new TypeText(Engine.POSTGRESQL);

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      integer                        | int4
      bigint                         | int8
      smallint                       | int2
      real                           | float4
      double precision               | float8
      boolean                        | bool
      text                           | text
      character varying              | varchar
      timestamp with time zone       | timestamptz
      timestamp without time zone    | timestamp
      time with time zone            | timetz
      time without time zone         | time
      bpchar                         | bpchar
      "char"                         | char
      "bit"                          | bit
      bit varying                    | varbit
      interval                       | interval
      uuid                           | uuid
      """)
  void readsWhatTheServerSpellsAndSpellsItAgain(String spelt, String internal) {
    DataType type = types.read(spelt).orElseThrow();

    assertThat(type).isEqualTo(DataType.of(internal));
    assertThat(type.sql()).isEqualTo(spelt);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "character varying(50)",
        "character(3)",
        "bit(3)",
        "bit varying(5)",
        "numeric(10,2)",
        "numeric(10,-2)",
        "timestamp(3) with time zone",
        "timestamp(0) without time zone",
        "time(6) with time zone",
        "interval(3)",
        "interval day to second(3)",
        "interval hour",
        "interval day to second(3)[]",
        "integer[]",
        "character varying(50)[]",
        "timestamp(3) with time zone[]",
        "public.mood",
        "public.mood[]",
        "\"Odd Schema\".\"My Type\"",
        "\"Odd Schema\".\"say \"\"hi\"\"\"[]",
        "public.\"Mood\""
      })
  void bringsBackEverySpellingWithModifiersArraysAndSchemas(String spelt) {
    assertThat(types.read(spelt).orElseThrow().sql()).isEqualTo(spelt);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      varchar(50)          | character varying(50)
      INT                  | integer
      int4                 | integer
      timestamptz          | timestamp with time zone
      TIMESTAMP(3)  WITH TIME ZONE | timestamp(3) with time zone
      decimal(8)           | numeric(8)
      float(24)            | real
      float                | double precision
      character   varying ( 50 ) | character varying(50)
      integer array        | integer[]
      pg_catalog.int4      | integer
      int[3][3]            | integer[][]
      """)
  void readsWhatPeopleWrite(String written, String spelt) {
    assertThat(types.read(written).orElseThrow().sql()).isEqualTo(spelt);
  }

  @Test
  void keepsTheSchemaOfATypeOfOnesOwn() {
    assertThat(types.read("\"Sales\".mood[]"))
        .contains(new DataType(Optional.of("Sales"), "mood", List.of(), 1));
  }

  @Test
  void doesNotTakeAQuotedNameForABuiltInType() {
    assertThat(types.read("public.integer"))
        .contains(new DataType(Optional.of("public"), "integer", List.of(), 0));
  }

  @Test
  void leavesOutModifiersThatAreNoNumbers() {
    assertThat(types.read("public.geometry(Point,4326)"))
        .contains(new DataType(Optional.of("public"), "geometry", List.of(), 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "numeric(10",
        "int[",
        "\"open",
        "a.b.c.d",
        ".mood",
        "mood)",
        "\"a\"b",
        "a\"b\""
      })
  void refusesWhatIsNoType(String text) {
    assertThat(types.read(text)).isEmpty();
  }

  @Test
  void refusesATextThatIsTooLongForAType() {
    assertThat(types.read("x".repeat(2_000))).isEmpty();
  }

  @Test
  void leavesOtherEnginesTypesAsTheyAre() {
    TypeText mysql = new TypeText(Engine.MYSQL);

    assertThat(mysql.read("VARCHAR(50)")).contains(DataType.of("varchar", 50));
    assertThat(mysql.read("int")).contains(DataType.of("int"));
    assertThat(TypeText.write(DataType.of("int"), Engine.MYSQL)).isEqualTo("int");
  }
}
