package dev.plimsoll.rules;

import dev.plimsoll.impact.Estimate;
import dev.plimsoll.impact.Impact;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.SourceSpan;
import dev.plimsoll.sql.TableChange;

/**
 * One command of an ALTER TABLE in a deployment.
 *
 * @param span the command's own place; the statement's when it has only this one
 * @param impact of this command as if it stood alone
 * @param alone it is the statement's only command, so that a fix may replace the whole statement
 */
public record Change<C extends TableChange>(
    Step step,
    RelationName table,
    C command,
    SourceSpan span,
    Impact impact,
    Estimate estimate,
    boolean alone) {}
