package dev.plimsoll.rules;

import static dev.plimsoll.testing.Given.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.testing.Given;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages are true: what they call bad is found, what they call good is not. */
class RulePagesTest {

  private static final Path PAGES = Path.of("docs/rules");
  private static final Pattern SQL = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);

  static Stream<String> ids() {
    return Rules.all().stream().map(r -> r.info().id());
  }

  @ParameterizedTest
  @MethodSource("ids")
  void begins(String id) {
    String says = Rules.byId(id).orElseThrow().info().says();

    assertThat(page(id)).startsWith("# " + id + "\n\n" + says + ".\n");
    assertThat(page(id).lines().filter(l -> l.startsWith("## ")))
        .containsExactly(
            "## What happens", "## Why", "## Bad", "## Good", "## Exceptions", "## Versions");
  }

  @ParameterizedTest
  @MethodSource("ids")
  void everyBadExampleIsFound(String id) {
    assertThat(examples(id, "Bad"))
        .isNotEmpty()
        .allSatisfy(
            sql -> assertThat(shop().migration(sql).findingsOf(id)).as(sql).isNotEmpty());
  }

  @ParameterizedTest
  @MethodSource("ids")
  void theGoodExamplesTogetherAreFine(String id) {
    Given together = shop();
    examples(id, "Good").forEach(together::migration);

    assertThat(examples(id, "Good")).isNotEmpty();
    assertThat(together.findings().stream()
            .filter(f -> f.rule().equals(id) || f.isBlocking())
            .map(Finding::headline))
        .isEmpty();
  }

  @Test
  void theOverviewListsAllPages() {
    assertThat(ids())
        .allSatisfy(id -> assertThat(page("README"))
            .contains("| [" + id + "](" + id + ".md) | "
                + Rules.byId(id).orElseThrow().info().says() + ". |"));
  }

  private static Given shop() {
    return given(Shop.shop().setting("lock_timeout", "0"));
  }

  private static List<String> examples(String id, String section) {
    String page = page(id);
    int start = page.indexOf("## " + section + "\n");
    int end = page.indexOf("\n## ", start);
    Matcher sql = SQL.matcher(page.substring(start, end));
    List<String> examples = new ArrayList<>();
    while (sql.find()) {
      examples.add(sql.group(1));
    }
    return examples;
  }

  private static String page(String id) {
    try {
      return Files.readString(PAGES.resolve(id + ".md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
