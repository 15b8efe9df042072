package dev.plimsoll.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.rules.Prose;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomNode;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTest {

  private static final Parser PARSER =
      Parser.builder().extensions(List.of(TablesExtension.create())).build();

  /** What GitHub and GitLab look for in the text that is left when the Markdown is read. */
  private static final Pattern REFERENCE = Pattern.compile(
      "@[A-Za-z0-9]|#[0-9]|(?<![A-Za-z0-9])![0-9]|~[A-Za-z0-9\"]|%[A-Za-z0-9\"]|\\$[A-Za-z0-9]|&[A-Za-z0-9]"
          + "|://|(?i:www)\\.[a-z0-9]|:[A-Za-z_+-][A-Za-z0-9_+-]*:");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@octocat please merge",
        "closes #1 and !2, ~bug %milestone &3 $4",
        "![x](https://evil.example/pixel.png)",
        "[click](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "<!-- plimsoll:thread:0000 -->",
        "https://evil.example and www.evil.example or a@b.example",
        "# heading",
        "- list",
        "1. list",
        "> quote",
        "```",
        "~~~",
        "    code",
        "| a | b |\n|---|---|",
        "***bold***",
        "__bold__ and snake_case_name",
        "&lt;b&gt;",
        "line\n\n# one\n---",
        "$x^2$",
        ":tada: :shipit:",
        "/close",
        "text \\",
        "a\u202Eb\u0007c\u200Bd",
        "`code` and ``more``"
      })
  void showsHostileTextAsTheTextItIs(String text) {
    assertThat(shownBy(Markdown.text(text)))
        .isEqualTo(Visible.line(text).strip().replaceAll("\\s+", " "));
    assertHarmless(Markdown.text(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"orders", "a`b", "``", "`", " `x` ", "a|b", "<b>", "@octocat", "a\nb", "\\", "x\\`"
      })
  void showsCodeAsItIs(String text) {
    Node paragraph = PARSER.parse(Markdown.code(text)).getFirstChild();
    assertThat(paragraph.getFirstChild())
        .isInstanceOfSatisfying(
            Code.class, code -> assertThat(code.getLiteral()).isEqualTo(Visible.line(text)));
    assertThat(paragraph.getFirstChild().getNext()).isNull();
  }

  @Test
  void saysNothingForACodeWithoutText() {
    assertThat(Markdown.code(" ")).isEqualTo("(nothing)");
  }

  @Test
  void leavesOrdinarySentencesReadable() {
    assertThat(Markdown.text("Build it CONCURRENTLY: 9 to 24 min (84 GB), see orders_status_idx."))
        .isEqualTo("Build it CONCURRENTLY: 9 to 24 min (84 GB), see orders_status_idx.");
  }

  @Test
  void aMentionCannotBePutTogetherFromTwoParts() {
    assertHarmless(Markdown.prose(Prose.of("{}{}", "@", "octocat")));
  }

  @Test
  void aBlockCannotBeLeftFromInside() {
    String text = "SELECT 1;\n```\n</details>\n````\n# out";
    FencedCodeBlock block =
        (FencedCodeBlock) PARSER.parse(Markdown.block("sql", text)).getFirstChild();

    assertThat(block.getLiteral()).isEqualTo(text + "\n");
    assertThat(block.getNext()).isNull();
  }

  @Test
  void aLongTextEndsWithAnEllipsisAndNeverInsideOfAnEscape() {
    assertThat(shownBy(Markdown.text("*".repeat(5_000)))).isEqualTo("*".repeat(1_199) + "…");
    assertThat(Markdown.code("x".repeat(500))).hasSizeLessThan(170).endsWith("…`");
    assertThat(Markdown.prose(Prose.codes(java.util.Collections.nCopies(10_000, "column"))))
        .hasSizeLessThan(6_000);
  }

  @Test
  void nothingThatPeopleWriteBecomesMarkup() {
    Random random = new Random(20_260_101);
    String[] pieces = {
      "@octocat",
      "#12",
      "<b>",
      "</b>",
      "<!--",
      "-->",
      "[a](b)",
      "![",
      "](",
      "*",
      "_",
      "**",
      "~~",
      "`",
      "``",
      "```",
      "~~~",
      "|",
      "\n",
      "\r\n",
      "\t",
      "    ",
      "- ",
      "+ ",
      "1. ",
      "12) ",
      "# ",
      "> ",
      "---",
      "===",
      "&amp;",
      "&#64;",
      "$",
      "$$",
      "\\",
      "\\\\",
      "http://",
      "https://x.y",
      "www.x.y",
      "mailto:a@b.c",
      ":tada:",
      "/close",
      "!1",
      "%2",
      "~x",
      "^",
      "{",
      "}",
      "(",
      ")",
      "word",
      " ",
      "é",
      "\u202E",
      "\u0000",
      "\u200B",
      "\uD83D\uDE00",
      "\uD83D",
      "a_b",
      "x@y.z",
      "!",
      "\"",
      "'",
      ";",
      ":",
      "=",
      "0"
    };
    for (int i = 0; i < 8_000; i++) {
      String text = random(random, pieces, 12);
      assertThat(shownBy(Markdown.text(text)))
          .as(text)
          .isEqualTo(Visible.line(text).strip().replaceAll("\\s+", " "));
      assertHarmless(Markdown.text(text));
      Prose prose = randomProse(random, pieces);
      assertHarmless(Markdown.prose(prose));
      assertHarmless(Markdown.bold(prose));
      assertOneRow(
          "| " + Markdown.cell(prose) + " | " + Markdown.cell(Prose.of("{}", text)) + " |", prose);
    }
  }

  private static Prose randomProse(Random random, String[] pieces) {
    List<Prose.Part> parts = new ArrayList<>();
    for (int j = random.nextInt(5); j >= 0; j--) {
      String text = random(random, pieces, 6);
      parts.add(
          switch (random.nextInt(3)) {
            case 0 -> new Prose.Code(text);
            case 1 -> new Prose.Strong(text);
            default -> new Prose.Plain(text);
          });
    }
    return new Prose(parts);
  }

  private static String random(Random random, String[] pieces, int most) {
    StringBuilder text = new StringBuilder();
    for (int j = random.nextInt(most); j > 0; j--) {
      text.append(pieces[random.nextInt(pieces.length)]);
    }
    return text.toString();
  }

  /** Nothing but text, code and emphasis in one paragraph, and no reference in the text. */
  private static void assertHarmless(String markdown) {
    StringBuilder text = new StringBuilder();
    PARSER.parse(markdown).accept(new AbstractVisitor() {
      @Override
      protected void visitChildren(Node parent) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
          assertThat(node.getClass().getSimpleName())
              .as(markdown)
              .isIn("Paragraph", "Text", "Code", "StrongEmphasis", "Emphasis", "SoftLineBreak");
          if (node instanceof Text shown) {
            text.append(shown.getLiteral());
          } else {
            text.append('\uFFFC');
          }
          visitChildren(node);
          if (!(node instanceof Text)) {
            text.append('\uFFFC');
          }
        }
      }
    });
    assertThat(REFERENCE.matcher(text).find()).as(markdown).isFalse();
    assertThat(markdown).doesNotContain("\n");
    assertThat(markdown).doesNotStartWith("/");
  }

  /** Both cells stay cells, and code in them stays what it is. */
  private static void assertOneRow(String row, Prose first) {
    List<String> codes = new ArrayList<>();
    int[] cells = {0};
    PARSER.parse("| a | b |\n|---|---|\n" + row).accept(new AbstractVisitor() {
      @Override
      public void visit(CustomNode node) {
        cells[0] += node instanceof TableCell ? 1 : 0;
        visitChildren(node);
      }

      @Override
      public void visit(Code code) {
        codes.add(code.getLiteral());
      }
    });
    assertThat(cells[0]).as(row).isEqualTo(4);
    List<String> expected = first.parts().stream()
        .filter(p -> p instanceof Prose.Code && !Visible.line(p.text()).isBlank())
        .map(p -> Visible.line(p.text()))
        .toList();
    assertThat(codes).as(row).isEqualTo(expected);
  }

  /** The text that a reader sees. */
  private static String shownBy(String markdown) {
    Node document = PARSER.parse(markdown);
    if (document.getFirstChild() == null) {
      return "";
    }
    assertThat(document.getFirstChild()).as(markdown).isInstanceOf(Paragraph.class);
    assertThat(document.getFirstChild().getNext()).as(markdown).isNull();
    StringBuilder text = new StringBuilder();
    document.accept(new AbstractVisitor() {
      @Override
      public void visit(Text node) {
        text.append(node.getLiteral());
      }
    });
    return text.toString().replace("\u200B", "").replaceAll("\\s+", " ").strip();
  }
}
