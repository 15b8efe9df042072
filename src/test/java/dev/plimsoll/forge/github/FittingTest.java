package dev.plimsoll.forge.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.forge.Marker;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FittingTest {

  @Test
  void leavesAloneWhatFits() {
    assertThat(Fitting.within(100, "short")).isEqualTo("short");
  }

  @Test
  void endsAfterAParagraphAndSaysSo() {
    String text = "first paragraph\n\nsecond paragraph\n\n" + "third ".repeat(200);

    assertThat(Fitting.within(500, text))
        .startsWith("first paragraph\n\nsecond paragraph\n\n> [!WARNING]")
        .contains("1200 of 1235 characters, is left out")
        .doesNotContain("third");
  }

  @Test
  void neverEndsInsideCodeOrAFold() {
    String text =
        "intro\n\n````sql\n-- code\n\n```\n\n" + "select 1;\n".repeat(30) + "\n````\n\nend\n";
    String folded = "intro\n\n<details><summary>x</summary>\n\ninside\n\n" + "y\n".repeat(300)
        + "\n</details>\n\nend\n";

    assertThat(Fitting.within(300, text)).startsWith("intro\n\n> [!WARNING]");
    assertThat(Fitting.within(300, folded)).startsWith("intro\n\n> [!WARNING]");
  }

  @Test
  void countsBytesOfEveryAlphabet() {
    String text = "ä\n\n".repeat(40_000);

    assertThat(Fitting.within(65_535, text).getBytes(StandardCharsets.UTF_8).length)
        .isBetween(64_000, 65_535);
  }

  @Test
  void aCommentKeepsItsMarker() {
    Marker marker = new Marker(Marker.Kind.SUMMARY, "-");

    String fitting = Fitting.comment(marker.on("paragraph\n\n".repeat(10_000)));

    assertThat(fitting.length()).isLessThanOrEqualTo(65_536);
    assertThat(Marker.in(fitting)).isEqualTo(Optional.of(marker));
    assertThat(fitting).contains("is left out");
  }
}
