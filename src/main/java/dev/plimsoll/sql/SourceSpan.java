package dev.plimsoll.sql;

/**
 * A stretch of a source file.
 *
 * @param file path inside the repository, with forward slashes
 * @param start first character
 * @param end behind the last character
 */
public record SourceSpan(String file, Position start, Position end) {

  public int line() {
    return start.line();
  }

  public int endLine() {
    return end.line();
  }

  @Override
  public String toString() {
    return file + ":" + start.line() + ":" + start.column();
  }
}
