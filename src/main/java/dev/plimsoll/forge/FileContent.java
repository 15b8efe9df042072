package dev.plimsoll.forge;

/** A file's content at a commit, or why there is none. */
public sealed interface FileContent {

  record Text(String text) implements FileContent {}

  record Absent() implements FileContent {}

  /** Larger than the bound, not UTF-8 text, a submodule, a symbolic link. */
  record Unreadable(String reason) implements FileContent {}
}
