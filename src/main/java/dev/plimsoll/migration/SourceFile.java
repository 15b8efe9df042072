package dev.plimsoll.migration;

import java.util.Optional;

/**
 * A file of a change request, or one that stands beside it in the repository.
 *
 * @param path in the repository, with forward slashes
 * @param change what the change request does to it
 * @param text its content at the head; for a removed file its content at the base; absent when it could not be loaded
 * @param unreadable why there is no text: too large, not text, not loaded
 */
public record SourceFile(
    String path, Change change, Optional<String> text, Optional<String> unreadable) {

  public enum Change {
    ADDED,
    MODIFIED,
    REMOVED,
    /** Not part of the change request; loaded as the companion of one that is. */
    UNCHANGED
  }

  public static SourceFile added(String path, String text) {
    return new SourceFile(path, Change.ADDED, Optional.of(text), Optional.empty());
  }

  public static SourceFile of(String path, Change change, String text) {
    return new SourceFile(path, change, Optional.of(text), Optional.empty());
  }

  public static SourceFile unreadable(String path, Change change, String reason) {
    return new SourceFile(path, change, Optional.empty(), Optional.of(reason));
  }
}
