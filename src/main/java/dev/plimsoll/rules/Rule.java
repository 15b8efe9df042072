package dev.plimsoll.rules;

import java.util.stream.Stream;

/** One thing that can be wrong with a deployment. Knows nothing of forges, Markdown, files or configuration. */
public interface Rule {

  RuleInfo info();

  Stream<Finding> check(Deployment deployment);
}
