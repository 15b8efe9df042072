package dev.plimsoll.command;

import dev.plimsoll.rules.RuleInfo;
import java.util.List;
import java.util.Optional;

/** All rules, to be explained. */
public interface RuleBook {

  /** In the order in which they are listed. */
  List<RuleInfo> rules();

  /** The address of a rule's page. */
  Optional<String> page(String rule);

  default Optional<RuleInfo> rule(String id) {
    return rules().stream().filter(r -> r.id().equals(id)).findFirst();
  }
}
