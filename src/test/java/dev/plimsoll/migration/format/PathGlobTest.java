package dev.plimsoll.migration.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathGlobTest {

  @ParameterizedTest
  @CsvSource({
    "db/*.sql, db/a.sql",
    "db/**/*.sql, db/a.sql",
    "db/**/*.sql, db/x/y/a.sql",
    "**/V*.sql, V1__a.sql",
    "**, a/b/c",
    "db/**, db/a",
    "db/?.sql, db/a.sql",
    "./db/*, db/a",
    "/db/*, db/a",
    "db/migrations, db/migrations/x/a.sql",
    "db/migrations/, db/migrations/a.sql",
    "db/*/, db/x/y/a.sql",
    "db/a.sql, db/a.sql",
    "*a*b*c*, xaxxbxxcx",
  })
  void matches(String pattern, String path) {
    assertThat(new PathGlob(pattern).matches(path)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "db/*.sql, db/x/a.sql",
    "db/*.sql, other/db/a.sql",
    "db/*.sql, db/a.SQL",
    "db/?.sql, db/ab.sql",
    "db/migrations, db/migrations2/a.sql",
    "db/a.sql, db/a_sql",
    "a.sql, x/a.sql",
    "**/x, y",
    "db/*, db/a/b",
  })
  void doesNotMatch(String pattern, String path) {
    assertThat(new PathGlob(pattern).matches(path)).isFalse();
  }

  @Test
  void aPatternHasALength() {
    assertThatThrownBy(() -> new PathGlob(" ")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PathGlob("./")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PathGlob("a".repeat(1_001)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noPatternIsSlow() {
    String path = "a/".repeat(2_000) + "a".repeat(4_000);
    PathGlob folders = new PathGlob("**/a/".repeat(190) + "b");
    PathGlob stars = new PathGlob("**/" + "*a".repeat(450) + "b");

    assertThat(processorTimeOf(() -> assertThat(folders.matches(path)).isFalse()))
        .isLessThan(Duration.ofSeconds(2));
    assertThat(processorTimeOf(() -> assertThat(stars.matches(path)).isFalse()))
        .isLessThan(Duration.ofSeconds(2));
  }

  private static Duration processorTimeOf(Runnable work) {
    ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    long start = thread.getCurrentThreadCpuTime();
    work.run();
    return Duration.ofNanos(thread.getCurrentThreadCpuTime() - start);
  }
}
