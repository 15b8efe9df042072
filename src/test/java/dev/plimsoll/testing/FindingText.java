package dev.plimsoll.testing;

import dev.plimsoll.rules.Finding;
import dev.plimsoll.rules.Fix;
import dev.plimsoll.rules.Prose;
import java.util.stream.Collectors;

/** A finding as text, so that a test shows what its reader gets: code in back quotes, strong text in stars. */
public final class FindingText {

  private FindingText() {}

  public static String of(Finding finding) {
    StringBuilder text = new StringBuilder();
    text.append(finding.severity())
        .append(' ')
        .append(finding.rule())
        .append(' ')
        .append(finding.bands())
        .append('\n');
    text.append(of(finding.headline())).append('\n');
    finding.effect().forEach(p -> text.append(of(p)).append('\n'));
    finding.because().ifPresent(b -> text.append("Why: ").append(of(b)).append('\n'));
    finding.fix().ifPresent(fix -> text.append(of(fix)));
    return text.toString();
  }

  private static String of(Fix fix) {
    return switch (fix) {
      case Fix.Replacement replacement ->
        "Instead: " + replacement.sql() + "\n" + of(replacement.why()) + "\n";
      case Fix.Sequence sequence ->
        "Instead: " + of(sequence.summary()) + "\n"
            + sequence.stages().stream().map(FindingText::of).collect(Collectors.joining());
    };
  }

  private static String of(Fix.Stage stage) {
    String before = stage.deployBefore().map(b -> "- " + of(b) + "\n").orElse("");
    String outside = stage.transaction() ? "" : " (outside of a transaction)";
    return before + "- " + of(stage.title()) + outside + "\n"
        + stage.statements().stream().map(s -> (s + ";").indent(4)).collect(Collectors.joining());
  }

  private static String of(Prose prose) {
    return prose.parts().stream()
        .map(part -> switch (part) {
          case Prose.Plain plain -> plain.text();
          case Prose.Code code -> "`" + code.text() + "`";
          case Prose.Strong strong -> "**" + strong.text() + "**";
        })
        .collect(Collectors.joining());
  }
}
