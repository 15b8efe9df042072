package dev.plimsoll.forge;

import java.util.Locale;

/** The services that change requests live on. */
public enum ForgeKind {
  GITHUB,
  GITLAB,
  /** In this process: for tests and the demo. */
  MEMORY;

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
