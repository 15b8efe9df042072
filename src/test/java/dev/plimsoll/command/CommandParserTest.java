package dev.plimsoll.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CommandParserTest {

  @Test
  void aCommandStandsAtTheStartOfALine() {
    assertThat(commandsIn("""
        Looks good to me.
        /plimsoll status
        """)).containsExactly(new CommandLine(1, "status", ""));
    assertThat(commandsIn("Please say /plimsoll status")).isEmpty();
    assertThat(commandsIn("/plimsollstatus")).isEmpty();
    assertThat(commandsIn("a/plimsoll status")).isEmpty();
  }

  @Test
  void whatFollowsTheNameIsKeptAsItWasWritten() {
    CommandLine line = commandsIn(
            "/plimsoll override drop-table *nobody* reads `old_orders` <since> 2019 ")
        .getFirst();

    assertThat(line.firstArgument()).isEqualTo("drop-table");
    assertThat(line.restOfArguments()).isEqualTo("*nobody* reads `old_orders` <since> 2019");
  }

  @Test
  void oneCommentMayHoldSeveral() {
    assertThat(commandsIn("""
        /plimsoll answer window Sunday
        /plimsoll answer snapshot done

        And then:

        /plimsoll status
        """))
        .extracting(CommandLine::toString)
        .containsExactly(
            "/plimsoll answer window Sunday", "/plimsoll answer snapshot done", "/plimsoll status");
  }

  @Test
  void aLoneNameAsksForHelp() {
    assertThat(commandsIn("/plimsoll")).containsExactly(new CommandLine(1, "help", ""));
    assertThat(commandsIn("/Plimsoll STATUS")).containsExactly(new CommandLine(1, "status", ""));
  }

  @Test
  void aQuotedCommandIsNone() {
    assertThat(commandsIn("> /plimsoll override drop-table fine")).isEmpty();
    assertThat(commandsIn("> somebody wrote\n/plimsoll override drop-table fine"))
        .isEmpty();
    assertThat(commandsIn("> quoted\n\n/plimsoll status")).hasSize(1);
  }

  @Test
  void aCommandInCodeIsNone() {
    assertThat(commandsIn("```\n/plimsoll rerun\n```")).isEmpty();
    assertThat(commandsIn("~~~~sh\n```\n/plimsoll rerun\n```\n~~~~")).isEmpty();
    assertThat(commandsIn("```\n/plimsoll rerun"))
        .as("a fence that is not closed")
        .isEmpty();
    assertThat(commandsIn("text\n\n    /plimsoll rerun")).isEmpty();
    assertThat(commandsIn("`/plimsoll rerun`")).isEmpty();
    assertThat(commandsIn("a span `that goes\n/plimsoll rerun\non` over lines")).isEmpty();
    assertThat(commandsIn("```\ncode\n```\n/plimsoll rerun")).hasSize(1);
  }

  @Test
  void aCommandThatNobodySeesIsNone() {
    assertThat(commandsIn("<!--\n/plimsoll rerun\n-->")).isEmpty();
    assertThat(commandsIn("Hello <!-- hidden\n/plimsoll rerun\n-->")).isEmpty();
    assertThat(commandsIn("<details>\n/plimsoll rerun\n</details>")).isEmpty();
  }

  @Test
  void aSignatureBelowDoesNotHideIt() {
    assertThat(commandsIn("/plimsoll rerun\r\n-- \r\nAnna"))
        .containsExactly(new CommandLine(1, "rerun", ""));
  }

  @Test
  void tenAreObeyedAndTheRestIsNamed() {
    CommandParser.Commands found = CommandParser.parse("/plimsoll status\n".repeat(11));

    assertThat(found.commands()).hasSize(10);
    assertThat(found.more()).isTrue();
  }

  @Test
  @Timeout(10)
  void hostileMarkdownTakesNoTime() {
    for (String hostile : List.of(
        ">", "[", "*_", "`", "- ", "<a ", "![[", "\n/plimsoll help ", "`\n/plimsoll help ")) {
      String body = (hostile.repeat(65_000 / hostile.length()) + "\n\n/plimsoll status");
      String bounded = body.substring(Math.max(0, body.length() - 65_000));
      long before = System.nanoTime();
      CommandParser.parse(bounded);
      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .as(hostile)
          .isLessThan(Duration.ofSeconds(3));
    }
  }

  private static List<CommandLine> commandsIn(String comment) {
    return CommandParser.parse(comment).commands();
  }
}
