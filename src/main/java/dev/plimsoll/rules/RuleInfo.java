package dev.plimsoll.rules;

/**
 * What a rule is about.
 *
 * @param id {@code required-column-without-default}; the name of its page and of its class
 * @param severity the most it can be; size and traffic may make it less
 * @param says one line: {@code Fails on a table that has rows}
 * @param because why, in a sentence or two
 */
public record RuleInfo(String id, Severity severity, String says, String because) {

  public static RuleInfo of(String id, Severity severity) {
    return new RuleInfo(id, severity, "", "");
  }

  public RuleInfo says(String text) {
    return new RuleInfo(id, severity, text, because);
  }

  public RuleInfo because(String text) {
    return new RuleInfo(id, severity, says, text);
  }
}
