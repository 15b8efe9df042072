package dev.plimsoll.rules;

import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.SourceSpan;
import java.util.List;
import java.util.Optional;

/**
 * Something to say about a place in a migration.
 *
 * @param rule the rule's id
 * @param place the lines that a comment stands on
 * @param headline what happens, one sentence: {@code This statement fails in production.}
 * @param effect what happens on these tables at these sizes, with the arithmetic; one or more paragraphs
 * @param because why the engine does that, or why it passes elsewhere
 * @param tables those that suffer, the worst first
 * @param fingerprint the same as long as the statement is the same, in whatever file and line
 * @param bands the size band of each table, as {@code orders:HUGE}; with the fingerprint what an override is given for
 */
public record Finding(
    String rule,
    Severity severity,
    SourceSpan place,
    Prose headline,
    List<Prose> effect,
    Optional<Prose> because,
    List<RelationName> tables,
    Optional<Fix> fix,
    Fingerprint fingerprint,
    List<String> bands) {

  public Finding {
    effect = List.copyOf(effect);
    tables = List.copyOf(tables);
    bands = List.copyOf(bands);
  }

  public boolean isBlocking() {
    return severity == Severity.BLOCKING;
  }

  public Finding withSeverity(Severity value) {
    return new Finding(
        rule, value, place, headline, effect, because, tables, fix, fingerprint, bands);
  }

  public Finding withoutFix() {
    return new Finding(
        rule,
        severity,
        place,
        headline,
        effect,
        because,
        tables,
        Optional.empty(),
        fingerprint,
        bands);
  }

  public Finding withFix(Fix value) {
    return new Finding(
        rule,
        severity,
        place,
        headline,
        effect,
        because,
        tables,
        Optional.of(value),
        fingerprint,
        bands);
  }

  public Finding withFingerprint(Fingerprint value) {
    return new Finding(rule, severity, place, headline, effect, because, tables, fix, value, bands);
  }
}
