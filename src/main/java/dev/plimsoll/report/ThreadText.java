package dev.plimsoll.report;

/**
 * A finding's comment.
 *
 * @param fromLine the first line that the comment belongs on
 * @param toLine the last one
 * @param body Markdown for a comment on just these lines: may hold a suggestion, which replaces them
 * @param bodyElsewhere Markdown for a comment that could not be put on these lines
 */
public record ThreadText(
    String path, int fromLine, int toLine, String body, String bodyElsewhere) {}
