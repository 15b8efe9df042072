package dev.plimsoll.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Texts that somebody has read and found good, kept under {@code src/test/resources}. With {@code -Dplimsoll.approve=true} a new text takes
 * the old one's place, to be read in the diff.
 */
public final class Approved {

  private static final Path ROOT = Path.of("src/test/resources/dev/plimsoll");

  private Approved() {}

  /**
   * @param name below the folder, with its ending: {@code report/summary.md}
   */
  public static void assertApproved(String name, String text) {
    Path file = ROOT.resolve(name);
    try {
      if (Boolean.getBoolean("plimsoll.approve")) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
      }
      assertThat(file)
          .as("run with -Dplimsoll.approve=true, and read what it says")
          .exists();
      assertThat(text).isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
