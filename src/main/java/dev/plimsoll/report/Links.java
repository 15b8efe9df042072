package dev.plimsoll.report;

import dev.plimsoll.checklist.ChecklistItem;

/**
 * Where the documentation is.
 *
 * @param base without a slash at its end: {@code https://plimsoll.example/docs}
 */
public record Links(String base) {

  /** Where the documentation of this version stands. */
  public static final Links DOCUMENTATION =
      new Links("https://github.com/plimsoll-dev/plimsoll/blob/main/docs");

  public Links {
    while (base.endsWith("/")) {
      base = base.substring(0, base.length() - 1);
    }
  }

  public String rule(String id) {
    return base + "/rules/" + id + ".md";
  }

  public String item(ChecklistItem item) {
    return base + "/checklist.md#" + item.id();
  }
}
