package dev.plimsoll.review;

import dev.plimsoll.migration.Ignore;
import dev.plimsoll.migration.Migration;
import dev.plimsoll.review.Review.Judged;
import dev.plimsoll.review.Review.Standing;
import dev.plimsoll.rules.Finding;
import dev.plimsoll.rules.Prose;
import dev.plimsoll.sql.SourceSpan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sets findings against what people have said to them. An override counts for the very statement and table sizes that it was given for. An
 * ignore stands in the change request itself, so it has no more authority than its author: it hides advice, and asks where the merge is held.
 */
final class Standings {

  private final List<Override> overrides;
  private final List<Ignore> ignores = new ArrayList<>();
  private final Set<Ignore> used = new HashSet<>();
  private final Set<Long> inForce = new TreeSet<>();
  private final List<Judged> judged = new ArrayList<>();

  Standings(Decisions decisions) {
    this.overrides = decisions.overrides();
  }

  List<Judged> judge(List<Finding> findings, List<Migration> migrations) {
    List<Ignore> here = new ArrayList<>();
    migrations.forEach(m -> here.addAll(m.ignores()));
    ignores.addAll(here);
    List<Judged> now =
        findings.stream().map(f -> new Judged(f, standing(f, here))).toList();
    judged.addAll(now);
    return now;
  }

  /** Ignores that match nothing, and overrides that have ended while their rule still holds the merge. */
  List<Prose> notices() {
    List<Prose> notices = new ArrayList<>();
    for (Ignore ignore : ignores) {
      if (!used.contains(ignore)) {
        notices.add(Prose.of(
            "{}: the ignore of {} matches no finding.",
            Prose.code(ignore.span().file() + ":" + ignore.span().line()),
            Prose.code(ignore.rule())));
      }
    }
    for (Override override : overrides) {
      if (!inForce.contains(override.id())) {
        ended(override).ifPresent(notices::add);
      }
    }
    return notices;
  }

  private Standing standing(Finding finding, List<Ignore> here) {
    Optional<Override> override =
        overrides.stream().filter(o -> isFor(o, finding)).reduce((a, b) -> b);
    List<Ignore> matching = here.stream()
        .filter(i -> i.rule().equals(finding.rule()) && covers(i.statement(), finding.place()))
        .toList();
    used.addAll(matching);
    Optional<Standing.Ignored> ignored =
        matching.stream().findFirst().map(i -> new Standing.Ignored(i.reason(), i.span()));
    if (override.isPresent()) {
      inForce.add(override.get().id());
      return new Standing.Overridden(override.get());
    }
    return ignored.isPresent() && !finding.isBlocking()
        ? ignored.get()
        : new Standing.Open(ignored);
  }

  private static boolean isFor(Override override, Finding finding) {
    return override.rule().equals(finding.rule())
        && override.finding().equals(finding.fingerprint())
        && override.bands().equals(finding.bands());
  }

  private Optional<Prose> ended(Override override) {
    List<Finding> open = judged.stream()
        .filter(Judged::holdsTheMerge)
        .map(Judged::finding)
        .filter(f -> f.rule().equals(override.rule()))
        .toList();
    if (open.isEmpty()) {
      return Optional.empty();
    }
    boolean outgrown = open.stream().anyMatch(f -> f.fingerprint().equals(override.finding()));
    return Optional.of(Prose.of(
        "Override {} of {} by {} has ended: {}.",
        override.id(),
        Prose.code(override.rule()),
        override.person(),
        outgrown
            ? "the table's size or what is known of it has changed"
            : "the statement changed"));
  }

  private static boolean covers(SourceSpan outer, SourceSpan inner) {
    return outer.file().equals(inner.file())
        && outer.start().offset() <= inner.start().offset()
        && outer.end().offset() >= inner.end().offset();
  }
}
