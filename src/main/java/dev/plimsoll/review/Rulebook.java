package dev.plimsoll.review;

import dev.plimsoll.rules.Deployment;
import dev.plimsoll.rules.Finding;
import dev.plimsoll.rules.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is said of a deployment. */
@FunctionalInterface
public interface Rulebook {

  /**
   * @param severities those that differ from the rules' own, by rule id; absent value: the rule is off
   * @return in deployment order
   */
  List<Finding> check(Deployment deployment, Map<String, Optional<Severity>> severities);
}
