package dev.plimsoll.review.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that somebody may have meant. */
public final class Nearest {

  private static final int LONGEST = 64;

  private Nearest() {}

  /** {@code ; did you mean "databases"?}, or nothing when no word is near. */
  static String hint(String written, Collection<String> known) {
    return of(written, known).map(word -> "; did you mean \"" + word + "\"?").orElse("");
  }

  public static Optional<String> of(String written, Collection<String> known) {
    if (written.length() > LONGEST) {
      return Optional.empty();
    }
    String given = folded(written);
    int tolerance = Math.max(1, given.length() / 3);
    return known.stream()
        .filter(word -> distance(given, folded(word)) <= tolerance)
        .min(Comparator.<String>comparingInt(word -> distance(given, folded(word)))
            .thenComparing(Comparator.naturalOrder()));
  }

  private static String folded(String word) {
    return word.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /** Optimal string alignment: insertions, deletions, replacements and swaps of neighbours. */
  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        cost[i][j] = Math.min(replace, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
