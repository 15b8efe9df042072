package dev.plimsoll.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GanttHtmlTest {

  private static final String CHART = """
      gantt
          dateFormat YYYY-MM-DD HH:mm:ss.SSS
          axisFormat %M:%S
          section orders
          writes wait, 4 to 15 min :active, 2000-01-01 00:00:00.000, 900000ms
          section payments
          reads and writes wait, under 1 s :crit, 2000-01-01 00:07:30.000, 1ms
      """;

  @Test
  void drawsEachLockAsABarOnOneAxis() {
    assertThat(GanttHtml.of(CHART))
        .hasValueSatisfying(html -> assertThat(html)
            .contains("<code>orders</code>")
            .contains("writes wait, 4 to 15 min")
            .contains("x=\"0.00%\" width=\"100.00%\"")
            .contains("reads-wait")
            .contains("x=\"50.00%\" width=\"0.60%\"")
            .contains("<span>15 min</span>"));
  }

  @Test
  void namesAreText() {
    assertThat(GanttHtml.of(CHART.replace("section orders", "section <b>orders</b>")))
        .hasValueSatisfying(
            html -> assertThat(html).contains("&lt;b&gt;orders").doesNotContain("<b>"));
  }

  @Test
  void leavesWhatItDoesNotKnowToBeShownAsText() {
    assertThat(GanttHtml.of("graph TD\n A-->B")).isEmpty();
    assertThat(GanttHtml.of("")).isEmpty();
    assertThat(GanttHtml.of("gantt\n")).isEmpty();
    assertThat(GanttHtml.of(CHART + "    something else\n")).isEmpty();
    assertThat(GanttHtml.of(CHART.replace("2000-01-01 00:07:30.000", "2000-13-01 00:07:30.000")))
        .isEmpty();
    assertThat(GanttHtml.of(CHART + "x :crit, 2000-01-01 00:00:00.000, 1ms\n".repeat(500)))
        .isEmpty();
  }
}
