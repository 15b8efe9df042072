package dev.plimsoll.rules;

/** How large a table is, coarsely: what an override is tied to, so that it ends when a table has outgrown it. */
public enum SizeBand {
  /** Made by this very deployment, or empty. */
  NEW,
  TINY,
  SMALL,
  LARGE,
  HUGE,
  /** Not in the catalog, or without statistics: may be huge. */
  UNKNOWN
}
