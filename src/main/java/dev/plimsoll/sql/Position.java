package dev.plimsoll.sql;

/**
 * A point in a source text.
 *
 * @param offset index into the text as Java counts it (UTF-16 units), from 0
 * @param line from 1; lines end with LF, CRLF or CR
 * @param column from 1, in code points, as editors count
 */
public record Position(int offset, int line, int column) {}
