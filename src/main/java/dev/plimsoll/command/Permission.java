package dev.plimsoll.command;

/** Who may use a command. */
public enum Permission {
  /** Everybody who can read the repository. */
  READ,
  /** Who may push to the repository. */
  WRITE,
  /** Administrators of the repository and members of the teams that its configuration names. */
  OVERRIDE
}
