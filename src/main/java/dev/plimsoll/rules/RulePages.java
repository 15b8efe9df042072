package dev.plimsoll.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The rules' pages, which the build puts beside the classes. */
public final class RulePages {

  private RulePages() {}

  /**
   * A rule's page as Markdown.
   *
   * @param rule the id of a rule that exists
   */
  public static String of(String rule) {
    try (InputStream in = RulePages.class.getResourceAsStream("/docs/rules/" + rule + ".md")) {
      if (in == null) {
        throw new IllegalStateException("the build has left out the page of " + rule);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
