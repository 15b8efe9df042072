package dev.plimsoll.server.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A pull request of the sample repository, and what its author pushes after having read the review.
 *
 * @param slug names it in addresses
 * @param message the commit's, with its trailers
 * @param lesson what there is to see, for the one who looks at the demo
 * @param opened the migrations by path
 * @param corrected the same done safely; empty when there is nothing to correct
 * @param remarks what one might say, in an order that leads to a merge
 */
record Scenario(
    String slug,
    String title,
    String branch,
    String message,
    String lesson,
    Map<String, String> opened,
    Map<String, String> corrected,
    List<Remark> remarks) {

  Scenario {
    opened = new TreeMap<>(opened);
    corrected = new TreeMap<>(corrected);
    remarks = List.copyOf(remarks);
  }

  /**
   * @param login who says it
   */
  record Remark(String login, String text) {}

  /** The migrations {@code names} of a folder of the demo, by their path in the repository. */
  static Map<String, String> migrations(String folder, String... names) {
    Map<String, String> files = new LinkedHashMap<>();
    for (String name : names) {
      files.put("db/migrations/" + name, Resources.text("shop/" + folder + "/" + name));
    }
    return files;
  }
}
