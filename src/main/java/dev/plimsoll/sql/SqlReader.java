package dev.plimsoll.sql;

/**
 * Reads SQL text of one engine. It never throws for what the text says: a statement that cannot be read becomes a
 * {@link Statement.Opaque} with the reason, and its neighbours are read all the same. Safe for many threads.
 */
public interface SqlReader {

  /** Reads a whole text. */
  default SqlScript read(SourceText source) {
    return read(source, 0, source.text().length());
  }

  /** Reads a part of a text, as when a file holds an up and a down section; positions are those of the whole text. */
  SqlScript read(SourceText source, int from, int to);
}
