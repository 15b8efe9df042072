package dev.plimsoll.command;

import dev.plimsoll.report.Markdown;
import dev.plimsoll.review.Review.Judged;
import dev.plimsoll.review.Review.Standing;
import dev.plimsoll.review.config.Nearest;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Takes the responsibility for a finding, or for all open findings of a rule. */
final class OverrideCommand implements Command {

  private static final Pattern FINGERPRINT_START = Pattern.compile("[0-9a-f]{4,16}");

  @Override
  public String name() {
    return "override";
  }

  @Override
  public String usage() {
    return "override FINDING-or-RULE REASON";
  }

  @Override
  public String example() {
    return "override table-dropped nothing has read it for a year, see the dashboard";
  }

  @Override
  public String says() {
    return "takes the responsibility for a finding (named by the start of its fingerprint), or for all open findings of a rule";
  }

  @Override
  public Permission permission() {
    return Permission.OVERRIDE;
  }

  @Override
  public CommandResult run(Invocation invocation) {
    String word = invocation.line().firstArgument();
    String reason = invocation.line().restOfArguments();
    if (word.isEmpty()) {
      return CommandResult.refuses(
          "Which finding? Name it by its rule or by the start of its fingerprint.");
    }
    List<Judged> open = invocation.review().get().findings().stream()
        .filter(f -> f.standing() instanceof Standing.Open)
        .toList();
    List<Judged> meant = meant(word.toLowerCase(Locale.ROOT), open);
    if (meant.isEmpty()) {
      return CommandResult.refuses(nothingMeant(word, open));
    }
    boolean byRule = meant.getFirst().finding().rule().equalsIgnoreCase(word);
    if (!byRule && meant.size() > 1) {
      return CommandResult.refuses(Markdown.code(word)
          + " is the start of several fingerprints. Write more of it:\n" + listed(meant.stream()));
    }
    if (reason.chars().filter(Character::isLetter).limit(2).count() < 2) {
      return CommandResult.refuses(
          "An override needs a reason, for those who look at it later. Write it behind "
              + Markdown.code(word) + ", on the same line.");
    }
    List<Effect> effects = meant.stream()
        .<Effect>map(f -> new Effect.OverrideFinding(
            f.finding().rule(), f.finding().fingerprint(), f.finding().bands(), reason))
        .toList();
    return CommandResult.does(
        "Overridden:\n" + listed(meant.stream())
            + "\n\nThis ends when the statement changes or the table outgrows its size band.",
        effects);
  }

  private static List<Judged> meant(String word, List<Judged> open) {
    List<Judged> ofRule =
        open.stream().filter(f -> f.finding().rule().equals(word)).toList();
    if (!ofRule.isEmpty() || !FINGERPRINT_START.matcher(word).matches()) {
      return ofRule;
    }
    return open.stream()
        .filter(f -> f.finding().fingerprint().value().startsWith(word))
        .toList();
  }

  private static String nothingMeant(String word, List<Judged> open) {
    if (open.isEmpty()) {
      return "There is no open finding.";
    }
    List<String> names = open.stream().map(f -> f.finding().rule()).distinct().toList();
    String hint = Nearest.of(word, names)
        .map(n -> " Did you mean " + Markdown.code(n) + "?")
        .orElse("");
    return "No open finding is called " + Markdown.code(word) + "." + hint + " Open are:\n"
        + listed(open.stream());
  }

  private static String listed(Stream<Judged> findings) {
    return findings
        .limit(20)
        .map(f -> "\n- " + StatusCommand.finding(f))
        .collect(Collectors.joining());
  }
}
