package dev.plimsoll.command;

import dev.plimsoll.report.Links;
import dev.plimsoll.rules.Rule;
import dev.plimsoll.rules.RuleInfo;
import dev.plimsoll.rules.Rules;
import java.util.List;
import java.util.Optional;

/** All rules, to be explained. */
public interface RuleBook {

  /** In the order in which they are listed. */
  List<RuleInfo> rules();

  /** The address of a rule's page. */
  Optional<String> page(String rule);

  /** All rules that there are. */
  static RuleBook of(Links links) {
    List<RuleInfo> infos = Rules.all().stream().map(Rule::info).toList();
    return new RuleBook() {
      @Override
      public List<RuleInfo> rules() {
        return infos;
      }

      @Override
      public Optional<String> page(String rule) {
        return Optional.of(links.rule(rule));
      }
    };
  }

  default Optional<RuleInfo> rule(String id) {
    return rules().stream().filter(r -> r.id().equals(id)).findFirst();
  }
}
