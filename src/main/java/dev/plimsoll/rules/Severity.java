package dev.plimsoll.rules;

/** What a finding means for the merge. */
public enum Severity {
  /** Worth knowing; the merge goes on. */
  ADVICE,
  /** The merge waits until the code is changed or the finding is overridden. */
  BLOCKING
}
