package dev.plimsoll.rules;

import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.SourceSpan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A finding while a rule writes it. */
final class Draft {

  private final RuleInfo rule;
  private final Deployment deployment;
  private final Step step;
  private final SourceSpan place;
  private final Fingerprint fingerprint;
  private final List<Prose> effect = new ArrayList<>();
  private final List<RelationName> tables = new ArrayList<>();
  private Severity severity;
  private Prose headline = new Prose(List.of());
  private Optional<Prose> because = Optional.empty();
  private Optional<Fix> fix = Optional.empty();

  private Draft(
      Rule rule, Deployment deployment, Step step, SourceSpan place, Fingerprint fingerprint) {
    this.rule = rule.info();
    this.deployment = deployment;
    this.step = step;
    this.place = place;
    this.fingerprint = fingerprint;
    this.severity = this.rule.severity();
  }

  /** About a whole statement. */
  static Draft of(Rule rule, Deployment deployment, Step step) {
    Fingerprint print = Fingerprint.of(rule.info().id(), step.fingerprint().value());
    return new Draft(rule, deployment, step, step.sql().span(), print);
  }

  /** About one command of an ALTER TABLE. */
  static Draft of(Rule rule, Deployment deployment, Change<?> change) {
    Fingerprint print = Fingerprint.of(
        rule.info().id(), change.step().fingerprint().value(), change.command().toString());
    return new Draft(rule, deployment, change.step(), change.span(), print);
  }

  Draft severity(Severity value) {
    severity = value;
    return this;
  }

  Draft headline(String template, Object... arguments) {
    headline = Prose.of(template, arguments);
    return this;
  }

  Draft effect(String template, Object... arguments) {
    effect.add(Prose.of(template, arguments));
    return this;
  }

  Draft effect(Collection<Prose> paragraphs) {
    effect.addAll(paragraphs);
    return this;
  }

  /** Who waits, how long, and the tables that suffer. */
  Draft effect(Blocking blocking) {
    effect.addAll(blocking.effect());
    blocking.severity().ifPresent(this::severity);
    return tables(blocking.tables());
  }

  /** What was taken for granted because facts are missing. */
  Draft assumptions(List<String> assumptions) {
    assumptions.forEach(a -> effect.add(Prose.of("Taken for granted: {}.", a)));
    return this;
  }

  Draft because(String template, Object... arguments) {
    because = Optional.of(Prose.of(template, arguments));
    return this;
  }

  Draft table(RelationName table) {
    return tables(List.of(table));
  }

  Draft tables(Collection<RelationName> suffering) {
    suffering.stream().filter(t -> !tables.contains(t)).forEach(tables::add);
    return this;
  }

  Draft fix(Fix value) {
    fix = Optional.of(value);
    return this;
  }

  Draft fix(Optional<? extends Fix> value) {
    fix = value.map(Fix.class::cast);
    return this;
  }

  Finding finding() {
    List<String> bands = tables.stream()
        .map(t -> TableWords.name(t) + ":" + deployment.exposure(t, step).band())
        .toList();
    return new Finding(
        rule.id(),
        severity,
        place,
        headline,
        effect,
        because.or(() -> Optional.of(rule.because()).filter(b -> !b.isEmpty()).map(Prose::of)),
        tables.stream().map(TableWords::name).toList(),
        fix,
        fingerprint,
        bands);
  }
}
