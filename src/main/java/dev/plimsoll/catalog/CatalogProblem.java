package dev.plimsoll.catalog;

/**
 * What is wrong in a catalog file.
 *
 * @param message what it is and what to do
 * @param jsonPointer where in the document, by RFC 6901; empty for the whole of it
 * @param line from 1; 0 when it concerns the file as such
 * @param column from 1, in bytes (the same as characters in a line of ASCII); 0 when it concerns the file as such
 */
public record CatalogProblem(String message, String jsonPointer, int line, int column) {

  public static CatalogProblem ofFile(String message) {
    return new CatalogProblem(message, "", 0, 0);
  }

  /** {@code line 12, column 8 (/tables/3/rows): must be ...}. */
  @Override
  public String toString() {
    if (line == 0) {
      return message;
    }
    String pointer = jsonPointer.isEmpty() ? "" : " (" + jsonPointer + ")";
    return "line " + line + ", column " + column + pointer + ": " + message;
  }
}
