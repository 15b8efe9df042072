package dev.plimsoll.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.plimsoll.sql.SourceText;
import dev.plimsoll.sql.postgres.PostgresReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DownTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-- no-op",
        "/* cannot be undone */ ;",
        "SELECT 1;",
        "select 'nothing to do';",
        "SELECT now();",
        "BEGIN; COMMIT;",
        "SET lock_timeout = '5s';",
        "DO $$ BEGIN NULL; END $$;",
        "DO $$ BEGIN RAISE NOTICE 'not reversible'; END $$;",
        "DO $$ BEGIN END; $$ LANGUAGE plpgsql;",
      })
  void isEmptyWhenNothingInItDoesAnything(String sql) {
    assertThat(down(sql)).isEqualTo(new Down.Empty("down.sql"));
  }

  static List<Arguments> refusals() {
    return List.of(
        arguments("DO $$ BEGIN RAISE EXCEPTION 'not reversible'; END $$;", "not reversible"),
        arguments("DO $$ begin raise 'it''s gone: %', 1; end $$", "it's gone: %"),
        arguments(
            "do language plpgsql $$ BEGIN -- why\n RAISE EXCEPTION E'no\\way'; END $$", "noway"),
        arguments("SELECT raise_exception('irreversible');", "irreversible"),
        arguments("SELECT 1/0;", ""),
        arguments("DROP TABLE t; DO $$ BEGIN RAISE EXCEPTION 'no'; END $$;", "no"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesWhenItOnlyFails(String sql, String reason) {
    assertThat(down(sql)).isEqualTo(new Down.Refuses("down.sql", reason));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE t DROP COLUMN a;",
        "DO $$ BEGIN IF EXISTS (SELECT FROM t) THEN RAISE EXCEPTION 'not empty'; END IF; DROP TABLE t; END $$;",
        "DO $$ BEGIN DROP TABLE t; END $$;",
        "DO $$ BEGIN DROP TABLE t; EXCEPTION WHEN OTHERS THEN RAISE; END $$;",
        "SELECT drop_partition('t');",
        "SELECT 10 / 0.5, drop_it();",
        "COMMENT ON TABLE t IS 'was 1/0';",
      })
  void hasStatementsWhenAnythingMayUndoTheChange(String sql) {
    assertThat(down(sql)).isInstanceOf(Down.Statements.class);
  }

  @Test
  void keepsTheMessageShort() {
    assertThat(down("DO $$ BEGIN RAISE EXCEPTION '" + "x".repeat(5_000) + "'; END $$"))
        .isEqualTo(new Down.Refuses("down.sql", "x".repeat(200)));
  }

  private static Down down(String sql) {
    return Down.of(
        "down.sql",
        new PostgresReader().read(new SourceText("down.sql", sql)),
        TransactionMode.TRANSACTION);
  }
}
