package dev.plimsoll.catalog;

/** What a function may depend on, as its owner declared it; the worst last. */
public enum Volatility {
  /** The same arguments give the same result for ever. */
  IMMUTABLE,
  /** The same arguments give the same result within one statement: computed once for all existing rows. */
  STABLE,
  /** Every call may give another result: computed for every row. */
  VOLATILE
}
