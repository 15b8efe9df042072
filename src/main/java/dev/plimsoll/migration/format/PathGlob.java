package dev.plimsoll.migration.format;

/**
 * A pattern over paths with forward slashes: {@code *} stands for any characters within one folder or file name, {@code ?}
 * for one of them, {@code **} for any number of whole folders. Case counts. A pattern without a wildcard that ends in a
 * slash, or that is a folder's path, takes in everything below it.
 */
public record PathGlob(String pattern) {

  private static final int LONGEST = 1_000;

  /**
   * @throws IllegalArgumentException when the pattern is blank or longer than 1,000 characters
   */
  public PathGlob {
    while (pattern.startsWith("./") || pattern.startsWith("/")) {
      pattern = pattern.substring(pattern.indexOf('/') + 1);
    }
    if (pattern.isBlank() || pattern.length() > LONGEST) {
      throw new IllegalArgumentException("A path pattern has 1 to " + LONGEST + " characters.");
    }
  }

  public boolean matches(String path) {
    String[] folders = path.split("/");
    String[] wanted = pattern.split("/");
    boolean plain = pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0;
    boolean wholeFolder = pattern.endsWith("/") || (plain && wanted.length < folders.length);
    return matches(wanted, folders, wholeFolder);
  }

  /** Dynamic programming over the segments, so that no pattern can make it slow: patterns come from a repository. */
  private static boolean matches(String[] wanted, String[] path, boolean prefixIsEnough) {
    boolean[] reached = new boolean[path.length + 1];
    reached[0] = true;
    for (String segment : wanted) {
      boolean[] next = new boolean[path.length + 1];
      if (segment.equals("**")) {
        boolean any = false;
        for (int i = 0; i <= path.length; i++) {
          any |= reached[i];
          next[i] = any;
        }
      } else {
        for (int i = 0; i < path.length; i++) {
          next[i + 1] = reached[i] && matchesName(segment, path[i]);
        }
      }
      reached = next;
    }
    if (!prefixIsEnough) {
      return reached[path.length];
    }
    for (int i = 0; i < path.length; i++) {
      if (reached[i]) {
        return true;
      }
    }
    return false;
  }

  /** The usual two-pointer walk: after a mismatch the last star takes in one character more. */
  private static boolean matchesName(String wanted, String name) {
    int w = 0;
    int n = 0;
    int star = -1;
    int starName = 0;
    while (n < name.length()) {
      if (w < wanted.length() && wanted.charAt(w) == '*') {
        star = w++;
        starName = n;
      } else if (w < wanted.length()
          && (wanted.charAt(w) == '?' || wanted.charAt(w) == name.charAt(n))) {
        w++;
        n++;
      } else if (star >= 0) {
        w = star + 1;
        n = ++starName;
      } else {
        return false;
      }
    }
    while (w < wanted.length() && wanted.charAt(w) == '*') {
      w++;
    }
    return w == wanted.length();
  }
}
