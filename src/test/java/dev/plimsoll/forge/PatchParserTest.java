package dev.plimsoll.forge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.forge.DiffLines.Hunk;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PatchParserTest {

  @Test
  void knowsTheOldLineOfEachUnchangedOne() {
    assertThat(PatchParser.parse("""
        @@ -10,4 +10,5 @@ CREATE TABLE orders
         a
        -b
        +B
        +c
         d
         e
        """).hunks())
        .containsExactly(new Hunk(10, 14, Map.of(10, 10, 13, 12, 14, 13)));
  }

  @Test
  void readsSeveralHunks() {
    DiffLines lines = PatchParser.parse("""
        --- a/db/V2.sql
        +++ b/db/V2.sql
        @@ -1 +1,2 @@
         a
        +b
        @@ -30,2 +31,1 @@
        -x
         y
        """);

    assertThat(lines.hunks())
        .containsExactly(new Hunk(1, 2, Map.of(1, 1)), new Hunk(31, 31, Map.of(31, 31)));
    assertThat(lines.hunkWith(1, 2)).isPresent();
    assertThat(lines.hunkWith(2, 31)).isEmpty();
  }

  @Test
  void readsANewFile() {
    assertThat(PatchParser.parse("@@ -0,0 +1,2 @@\n+a\n+b\n\\ No newline at end of file")
            .hunks())
        .containsExactly(new Hunk(1, 2, Map.of()));
  }

  @Test
  void findsNoLineWhereOnlyLinesWereRemoved() {
    assertThat(PatchParser.parse("@@ -3,2 +2,0 @@\n-a\n-b\n").hunks()).isEmpty();
  }

  @Test
  void takesSqlCommentsForContentAndNotForHeaders() {
    assertThat(PatchParser.parse("""
        @@ -1,2 +1,2 @@
        --- the old comment
        +++ the new one
         SELECT 1;
        @@ -9 +9 @@
        -@@ -1,5 +1,5 @@
        +@@ -2,5 +2,5 @@
        """).hunks())
        .containsExactly(new Hunk(1, 2, Map.of(2, 2)), new Hunk(9, 9, Map.of()));
  }

  @Test
  void readsAnUnchangedEmptyLineThatLostItsSpace() {
    assertThat(PatchParser.parse("@@ -1,3 +1,3 @@\n a\n\n b\n").hunks())
        .containsExactly(new Hunk(1, 3, Map.of(1, 1, 2, 2, 3, 3)));
  }

  @Test
  void keepsTheLinesOfAPatchThatIsCutOff() {
    assertThat(PatchParser.parse("@@ -1,50 +1,50 @@\n a\n+b").hunks())
        .containsExactly(new Hunk(1, 2, Map.of(1, 1)));
  }

  @Test
  void leavesOutWhatMakesNoSense() {
    assertThat(PatchParser.parse("")).isEqualTo(DiffLines.NONE);
    assertThat(PatchParser.parse("Binary files differ")).isEqualTo(DiffLines.NONE);
    assertThat(PatchParser.parse("@@ -1,9999999999 +1,9999999999 @@\n+a").hunks())
        .isEmpty();
    assertThat(PatchParser.parse("@@ -1,2 +1,2 @@\n?a\n?b").hunks()).isEmpty();
    assertThat(PatchParser.parse("@@ -5 +5 @@\n+a\n@@ -1 +1 @@\n+b").hunks())
        .containsExactly(new Hunk(5, 5, Map.of()));
  }

  @Test
  void neverThrows() {
    Random random = new Random(7);
    String alphabet = "@@ -+,0123456789\n\n\\ab @@";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder patch = new StringBuilder("@@ -1,3 +1,4 @@\n");
      for (int j = random.nextInt(80); j > 0; j--) {
        patch.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      DiffLines lines = PatchParser.parse(patch.toString());
      assertThat(lines.hunks())
          .allSatisfy(h -> assertThat(h.lastLine()).isGreaterThanOrEqualTo(h.firstLine()));
    }
  }
}
