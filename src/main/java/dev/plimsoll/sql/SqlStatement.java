package dev.plimsoll.sql;

/**
 * A statement in its file.
 *
 * @param text as it stands in the source, without the semicolon and the comments around it
 */
public record SqlStatement(Statement statement, String text, SourceSpan span) {}
