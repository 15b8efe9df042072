package dev.plimsoll.checklist;

import java.util.Locale;
import java.util.Optional;

/** One of the seven questions. */
public enum ChecklistItem {
  SIZE("What is the table's size in production?"),
  LOCK("Which locks does it take, on what, for how long?"),
  ALTERNATIVE("Is there a zero-downtime way, and is it taken?"),
  ROLLBACK("Is there a way back that really undoes the change?"),
  DEFAULTS("Are the defaults right for the rows that exist?"),
  SNAPSHOT("Was it tested against a production-scale snapshot?"),
  WINDOW("Which deployment window, and can it bear the lock?");

  private final String question;

  ChecklistItem(String question) {
    this.question = question;
  }

  public String question() {
    return question;
  }

  /** As commands and configuration name it: {@code rollback}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<ChecklistItem> of(String id) {
    for (ChecklistItem item : values()) {
      if (item.id().equals(id.toLowerCase(Locale.ROOT))) {
        return Optional.of(item);
      }
    }
    return Optional.empty();
  }
}
