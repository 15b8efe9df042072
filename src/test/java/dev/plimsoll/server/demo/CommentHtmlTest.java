package dev.plimsoll.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommentHtmlTest {

  private static String own(String markdown) {
    return CommentHtml.ofPlimsoll(markdown, Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "text <img src=x onerror=alert(1)> text",
        "<details open ontoggle=alert(1)>",
        "<details><script>alert(1)</script></details>",
        "```sql\n<img src=x onerror=alert(1)>\n```",
        "```mermaid\n<img src=x onerror=alert(1)>\n```",
        "```suggestion\n<img src=x onerror=alert(1)>\n```",
        "```<img src=x onerror=alert(1)>\n```",
        "[x](javascript:alert(1))",
        "![x](javascript:alert(1))",
        "<javascript:alert(1)>",
        "<!-- --><img src=x onerror=alert(1)>-->",
      })
  void nothingThatRunsComesThrough(String markdown) {
    assertThat(CommentHtml.ofVisitor(markdown) + own(markdown))
        .doesNotContainPattern("<(script|img [^>]*(onerror|src))")
        .doesNotContainPattern("<details [^>]")
        .doesNotContainPattern("(?:href|src)=\"javascript");
  }

  @Test
  void ofPlimsollsHtmlTheHarmlessElementsAreLetThrough() {
    assertThat(
            own(
                "<details><summary>The 5 &lt;b&gt; migrations</summary>\n\ntext\n\n</details>\n\n<!-- plimsoll:summary:- -->"))
        .contains("<details><summary>The 5 &lt;b&gt; migrations</summary>")
        .contains("<p>text</p>")
        .contains("</details>")
        .doesNotContain("plimsoll:summary");
  }

  @Test
  void aVisitorsDetailsAreText() {
    assertThat(CommentHtml.ofVisitor("<details><summary>x</summary>"))
        .contains("&lt;details&gt;")
        .doesNotContain("<details>");
  }

  @Test
  void aSuggestionShowsTheLinesThatItReplaces() {
    assertThat(CommentHtml.ofPlimsoll(
            "```suggestion\nCREATE INDEX CONCURRENTLY i ON t (a);\n```",
            Optional.of("CREATE INDEX i ON t (a);")))
        .contains("Suggested change")
        .containsSubsequence("removed", "added", "CONCURRENTLY");
  }

  @Test
  void sqlHasItsKeywordsMarked() {
    assertThat(own("```sql\nSET lock_timeout = '5s'; -- a < b\n```"))
        .contains("<span class=\"sql-word\">SET</span>")
        .contains("<span class=\"sql-text\">&#39;5s&#39;</span>")
        .contains("<span class=\"sql-comment\">-- a &lt; b</span>");
  }

  @Test
  void theGistIsTheFirstParagraphAsText() {
    assertThat(CommentHtml.gist(
            "> Overridden by `omar`\n\n**Building `i` blocks writes to `orders`\\*.**\n\nMore."))
        .isEqualTo("Building \"i\" blocks writes to \"orders\"*.");
    assertThat(CommentHtml.gist("")).isEmpty();
  }

  @Test
  void linksDoNotTellWhereTheyCameFrom() {
    assertThat(own("[rule](https://example.com/rule)")).contains("rel=\"noopener noreferrer\"");
  }
}
