package dev.plimsoll.forge;

import java.util.List;

/**
 * One of the two checks, as it should stand on the head commit. Lengths are the adapter's business: it shortens by folding and says so.
 *
 * @param name {@code plimsoll} or {@code plimsoll/checklist}
 * @param title one line
 * @param summary Markdown
 */
public record CheckReport(
    String name,
    State state,
    String title,
    String summary,
    List<Annotation> annotations,
    List<Button> buttons) {

  public CheckReport {
    annotations = List.copyOf(annotations);
    buttons = List.copyOf(buttons);
  }

  public enum State {
    QUEUED,
    IN_PROGRESS,
    SUCCESS,
    FAILURE;

    public boolean isFinal() {
      return this == SUCCESS || this == FAILURE;
    }
  }

  /**
   * A mark beside lines of the file.
   *
   * @param failure blocking; else a notice
   */
  public record Annotation(
      String path, int fromLine, int toLine, boolean failure, String title, String message) {}

  /**
   * Something that a person may click.
   *
   * @param label at most 20 characters
   * @param identifier at most 20 characters
   * @param description at most 40 characters
   */
  public record Button(String label, String identifier, String description) {
    public Button {
      if (label.length() > 20 || identifier.length() > 20 || description.length() > 40) {
        throw new IllegalArgumentException("GitHub refuses a button this long: " + label);
      }
    }
  }
}
