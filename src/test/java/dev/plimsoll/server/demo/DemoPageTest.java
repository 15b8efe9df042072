package dev.plimsoll.server.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser; skipped, and said to be, where Chromium is not installed. */
class DemoPageTest {

  private static Demo demo;
  private static Browser browser;

  @BeforeAll
  static void start(@TempDir Path data, @TempDir Path profile)
      throws IOException, InterruptedException {
    assumeTrue(
        Files.isExecutable(Browser.CHROMIUM),
        Browser.CHROMIUM + " is not installed: the page is not tested");
    demo = Demo.start(0, data);
    browser = new Browser(profile);
  }

  @AfterAll
  static void end() {
    if (browser != null) {
      browser.close();
    }
    if (demo != null) {
      demo.close();
    }
  }

  private static void open(String slug) {
    browser.open(demo.url().resolve("/changes/" + slug));
    browser.until("document.body.dataset.settled === 'true'");
  }

  private static void say(String login, String text) {
    browser.click("input[name=as][value=" + login + "]");
    browser.value(
        "document.getElementById('body').value = " + '"' + text.replace("\"", "\\\"") + '"');
    browser.click("#comment-form .primary");
    browser.until("document.body.dataset.settled === 'true'");
  }

  @Test
  void theStoryGoesFromRedToGreen() {
    browser.window(1280, 900, "light");
    open("required-column");
    assertThat(browser.text(".merge-title"))
        .contains("Merging is blocked: both required checks fail");
    assertThat(browser.text(".thread")).contains("This statement fails in production.");

    browser.click(".push .primary");
    browser.until(
        "document.querySelector('.merge-title').innerText.includes('one required check fails')");
    assertThat(browser.text("#files")).contains("DEFAULT 'shipped'");
    assertThat(browser.text("#checks")).contains("1 of 7 items open: defaults");

    say("ana", "/plimsoll answer defaults They were shipped, all of them");
    browser.until(
        "document.querySelector('.merge-title').innerText.includes('All checks have passed')");
    assertThat(browser.text("#timeline")).contains("Recorded for defaults");
    assertThat(browser.value("document.getElementById('body').value").asText()).isEmpty();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void aRemarkIsWrittenForTheOneWhoMakesIt() {
    browser.window(1280, 900, "light");
    open("index");
    browser.click(".remark[data-login=omar]");
    assertThat(browser.value("document.getElementById('body').value").asText())
        .startsWith("/plimsoll answer snapshot");
    assertThat(browser
            .value("document.querySelector('input[name=as]:checked').value")
            .asText())
        .isEqualTo("omar");
  }

  @Test
  void whatAReaderHasOpenedStaysOpenWhenThePageComesUpToDate() {
    browser.window(1280, 900, "light");
    open("foreign-key");
    browser.click("#check-plimsoll summary");
    browser.click(".thread .markdown summary");
    say("kim", "/plimsoll status");
    assertThat(browser.value("document.querySelector('#check-plimsoll').open").asBoolean())
        .isTrue();
    assertThat(browser
            .value("document.querySelector('.thread .markdown details').open")
            .asBoolean())
        .isTrue();
    assertThat(browser
            .value("document.querySelector('#check-plimsoll-checklist').open")
            .asBoolean())
        .isFalse();
  }

  @Test
  void aVisitorsCommentRunsNothing() {
    browser.window(1280, 900, "light");
    open("new-table");
    say("kim", "<img src=x onerror='window.hacked = 1'><script>window.hacked = 1</script>");
    browser.until("document.querySelector('#timeline').innerText.includes('window.hacked')");
    assertThat(browser.value("typeof window.hacked").asText()).isEqualTo("undefined");
    assertThat(browser
            .value("document.querySelectorAll('#timeline script, #timeline .markdown img').length")
            .asInt())
        .isZero();
  }

  @Test
  void nothingStandsOutOfANarrowWindow() {
    for (String colours : new String[] {"light", "dark"}) {
      browser.window(360, 800, colours);
      for (Scenario scenario : Scenarios.all()) {
        open(scenario.slug());
        assertThat(browser.value("document.documentElement.scrollWidth").asInt())
            .as(scenario.slug())
            .isLessThanOrEqualTo(360);
      }
    }
    assertThat(browser.complaints()).isEmpty();
  }

  /** WCAG 2.2 asks for 4.5 to 1. */
  @Test
  void everyTextCanBeReadOnItsGround() {
    for (String colours : new String[] {"light", "dark"}) {
      browser.window(1280, 900, colours);
      open("index");
      assertThat(browser.value(POOR_CONTRASTS).toString()).as(colours).isEqualTo("[]");
    }
  }

  /** The texts on the page whose contrast is below 4.5, each once. */
  private static final String POOR_CONTRASTS = """
      (() => {
        const canvas = Object.assign(document.createElement('canvas'), {width: 1, height: 1});
        const pen = canvas.getContext('2d', {willReadFrequently: true});
        const over = colours => {
          pen.clearRect(0, 0, 1, 1);
          for (const colour of colours) { pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1); }
          return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
        };
        const grounds = e => e ? [...grounds(e.parentElement), getComputedStyle(e).backgroundColor] : ['white'];
        const light = rgb => rgb.map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
          .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
        const found = new Set();
        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
          const text = texts.currentNode.textContent.trim();
          const element = texts.currentNode.parentElement;
          if (!text || !element.checkVisibility() || element.closest('.hidden, .skip, .fresh, button:disabled')) continue;
          const below = grounds(element);
          const a = light(over(below)), b = light(over([...below, getComputedStyle(element).color]));
          const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          if (contrast < 4.5) found.add(element.className + ' "' + text.slice(0, 20) + '" ' + contrast.toFixed(2));
        }
        return [...found];
      })()
      """;
}
