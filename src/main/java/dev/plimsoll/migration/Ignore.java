package dev.plimsoll.migration;

import dev.plimsoll.sql.SourceSpan;

/**
 * An author's wish not to hear of a rule at one statement: {@code -- plimsoll:ignore lock-timeout the table is new}.
 *
 * @param rule as written; it need not exist
 * @param reason never blank, at most 500 characters
 * @param span the comment
 * @param statement the statement that it is about
 */
public record Ignore(String rule, String reason, SourceSpan span, SourceSpan statement) {}
