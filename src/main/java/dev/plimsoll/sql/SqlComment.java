package dev.plimsoll.sql;

/**
 * A comment in an SQL text.
 *
 * @param text without its delimiters, trimmed
 */
public record SqlComment(String text, SourceSpan span) {}
