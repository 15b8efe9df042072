package dev.plimsoll.command;

import dev.plimsoll.report.Markdown;
import dev.plimsoll.review.config.Nearest;
import dev.plimsoll.rules.RuleInfo;
import dev.plimsoll.rules.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Explains a rule. */
final class ExplainCommand implements Command {

  @Override
  public String name() {
    return "explain";
  }

  @Override
  public String usage() {
    return "explain RULE";
  }

  @Override
  public String example() {
    return "explain required-column-without-default";
  }

  @Override
  public String says() {
    return "explains a rule, and why the database does that";
  }

  @Override
  public Permission permission() {
    return Permission.READ;
  }

  @Override
  public CommandResult run(Invocation invocation) {
    String word = invocation.line().firstArgument().toLowerCase(Locale.ROOT);
    RuleBook book = invocation.rules();
    List<String> ids = book.rules().stream().map(RuleInfo::id).toList();
    Optional<RuleInfo> rule = book.rule(word);
    if (rule.isEmpty()) {
      String hint = Nearest.of(word, ids)
          .map(n -> " Did you mean " + Markdown.code(n) + "?")
          .orElse("");
      return CommandResult.refuses(
          (word.isEmpty() ? "Which rule?" : "There is no rule " + Markdown.code(word) + "." + hint)
              + " The rules are "
              + String.join(", ", ids.stream().map(Markdown::code).toList()) + ".");
    }
    RuleInfo info = rule.get();
    String holds = info.severity() == Severity.BLOCKING
        ? "It can hold the merge; table size and traffic may make it less."
        : "It is advice and holds nothing.";
    String page =
        book.page(info.id()).map(p -> "\n\n[More on this rule](" + p + ")").orElse("");
    return CommandResult.says("**" + Markdown.code(info.id()) + ": " + Markdown.text(info.says())
        + ".**\n\n" + Markdown.text(info.because()) + "\n\n" + holds + page);
  }
}
