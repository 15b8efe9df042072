package dev.plimsoll.checklist;

import java.util.List;

/** All seven items, in their order. */
public record Checklist(List<Entry> entries) {

  public Checklist {
    entries = List.copyOf(entries);
  }

  /**
   * @param required an open item holds the merge
   */
  public record Entry(ChecklistItem item, ItemState state, boolean required) {
    public boolean holdsTheMerge() {
      return required && state instanceof ItemState.Open;
    }
  }

  public List<ChecklistItem> open() {
    return entries.stream()
        .filter(e -> e.state() instanceof ItemState.Open)
        .map(Entry::item)
        .toList();
  }

  public boolean isComplete() {
    return entries.stream().noneMatch(Entry::holdsTheMerge);
  }
}
