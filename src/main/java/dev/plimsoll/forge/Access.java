package dev.plimsoll.forge;

/** What a person may do in a repository, in Plimsoll's terms; from the weakest to the strongest. */
public enum Access {
  NONE,
  READ,
  /** May push: GitHub write, GitLab Developer. */
  WRITE,
  /** GitHub maintain, GitLab Maintainer. */
  MAINTAIN,
  /** GitHub admin, GitLab Owner. */
  ADMIN;

  public boolean atLeast(Access other) {
    return compareTo(other) >= 0;
  }
}
