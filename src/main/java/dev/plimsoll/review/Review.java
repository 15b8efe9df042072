package dev.plimsoll.review;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.impact.Estimate;
import dev.plimsoll.impact.LockMode;
import dev.plimsoll.rules.Exposure;
import dev.plimsoll.rules.Finding;
import dev.plimsoll.rules.Fingerprint;
import dev.plimsoll.rules.Prose;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.SourceSpan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Plimsoll says about a change request.
 *
 * @param migrations paths of the migrations, in deployment order; empty: there is nothing to review
 * @param findings in deployment order
 * @param tables those of production that are touched, the largest first
 * @param timeline what each statement locks and for how long, in deployment order
 * @param problems what is wrong with the configuration, a catalog or the input: each holds the merge
 * @param notices what a reader should know and what holds nothing: a stale catalog, an ignore that matches nothing
 * @param fingerprint of all statements and size bands: what answers are given for
 */
public record Review(
    List<String> migrations,
    List<Judged> findings,
    Checklist checklist,
    List<Exposure> tables,
    List<TimelineEntry> timeline,
    Coverage coverage,
    List<Problem> problems,
    List<Prose> notices,
    Fingerprint fingerprint,
    Inputs inputs) {

  public Review {
    migrations = List.copyOf(migrations);
    findings = List.copyOf(findings);
    tables = List.copyOf(tables);
    timeline = List.copyOf(timeline);
    problems = List.copyOf(problems);
    notices = List.copyOf(notices);
  }

  /** A finding with what people or the file's author said to it. */
  public record Judged(Finding finding, Standing standing) {
    public boolean holdsTheMerge() {
      return finding.isBlocking() && standing instanceof Standing.Open;
    }
  }

  public sealed interface Standing {
    /**
     * @param wish the file's author asks to ignore it; what holds the merge needs somebody else's override, so it has no effect
     */
    record Open(Optional<Ignored> wish) implements Standing {
      public Open() {
        this(Optional.empty());
      }
    }

    record Overridden(Override override) implements Standing {}

    /** By a {@code plimsoll:ignore} comment in the file. Only advice can be: its author may be a stranger. */
    record Ignored(String reason, SourceSpan comment) implements Standing {}
  }

  /** One statement's locks and work, for the lock timeline. */
  public record TimelineEntry(
      SourceSpan place,
      String summary,
      int transaction,
      Map<RelationName, LockMode> locks,
      Estimate estimate,
      Optional<String> opaque) {}

  /**
   * How much of the change request was understood.
   *
   * @param statements all of them
   * @param opaque those of which the effect is not known, with the reason
   */
  public record Coverage(int statements, List<OpaqueStatement> opaque) {
    public Coverage {
      opaque = List.copyOf(opaque);
    }

    public int analysed() {
      return statements - opaque.size();
    }
  }

  public record OpaqueStatement(SourceSpan place, String reason) {}

  /**
   * Something wrong that is not about what a migration does.
   *
   * @param place where its author can mend it
   */
  public record Problem(Prose message, Optional<SourceSpan> place) {}

  /** What the review was made from, for a page that explains it. */
  public record Inputs(List<DatabaseInput> databases, String configuration, Instant at) {}

  /**
   * @param catalog where the facts come from and how old they are, or why there are none
   */
  public record DatabaseInput(String name, String engine, int majorVersion, String catalog) {}

  public Verdict verdict() {
    return Verdict.of(this);
  }

  public boolean hasNothingToReview() {
    return migrations.isEmpty()
        && problems.isEmpty()
        && coverage.statements() == 0
        && coverage.opaque().isEmpty();
  }
}
