package dev.plimsoll.checklist;

import dev.plimsoll.rules.Deployment;
import dev.plimsoll.rules.Exposure;
import dev.plimsoll.rules.Finding;
import dev.plimsoll.rules.SizeBand;
import dev.plimsoll.rules.Step;
import dev.plimsoll.schema.Schema;
import dev.plimsoll.sql.NamedRelations;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the checklist is about: one database's deployment, with what was found in it.
 *
 * @param findings with their final severity
 * @param windows deployment windows as the configuration names them
 */
public record Subject(
    Deployment deployment, List<Said> findings, Facts facts, List<String> windows) {

  public Subject {
    findings = List.copyOf(findings);
    windows = List.copyOf(windows);
  }

  /**
   * @param settled somebody who may do so has overridden it, or it does not count
   */
  public record Said(Finding finding, boolean settled) {}

  /** What is known of production. */
  public sealed interface Facts {
    /**
     * @param origin where from and how old: {@code plimsoll-catalog.json, 2 days old}
     */
    record Fresh(String origin) implements Facts {}

    record Stale(String origin) implements Facts {}

    /**
     * @param reason {@code no catalog is configured}
     */
    record None(String reason) implements Facts {}
  }

  /** The tables of production that the deployment touches or may touch, the largest and the unknown first. */
  public List<Exposure> touched() {
    Map<RelationName, Exposure> touched = new LinkedHashMap<>();
    for (Step step : deployment.steps()) {
      for (RelationName name : namesIn(step)) {
        if (!step.before().isCreated(name) && !isIndex(step.before(), name)) {
          RelationName shown = name.within(Schema.DEFAULT_SCHEMA);
          touched.putIfAbsent(shown, deployment.exposure(shown, step));
        }
      }
    }
    List<Exposure> sorted = new ArrayList<>(touched.values());
    sorted.sort(LARGEST_FIRST);
    return List.copyOf(sorted);
  }

  /** Statements of which it is not known what they do. */
  List<Step> opaque() {
    return deployment.steps().stream().filter(s -> s.impact().isOpaque()).toList();
  }

  boolean isOpaque() {
    return !opaque().isEmpty() || !deployment.migrations().unread().isEmpty();
  }

  /** Everything is known, and it is nothing that anybody in production would notice. */
  boolean isCalm() {
    List<Exposure> touched = touched();
    boolean sizesHold = touched.isEmpty() || facts instanceof Facts.Fresh;
    return !isOpaque() && sizesHold && touched.stream().allMatch(Exposure::isNegligible);
  }

  private static final Comparator<Exposure> LARGEST_FIRST = Comparator.<Exposure>comparingInt(
          e -> e.band() == SizeBand.UNKNOWN ? 0 : 1)
      .thenComparing(
          e -> e.size()
              .total()
              .map(b -> b.value())
              .orElse(e.size().rows().map(r -> r.value()).orElse(0L)),
          Comparator.reverseOrder())
      .thenComparing(e -> e.table().toString());

  /** A statement that is not understood still says which tables it is about. */
  private static List<RelationName> namesIn(Step step) {
    if (!step.impact().isOpaque()) {
      return List.copyOf(step.impact().locks().keySet());
    }
    List<RelationName> names = new ArrayList<>(NamedRelations.of(step.statement()));
    if (step.statement() instanceof Statement.CreateTable create) {
      names.remove(create.table());
    }
    return names;
  }

  private static boolean isIndex(Schema before, RelationName name) {
    return before.table(name).isEmpty() && before.tableOfIndex(name).isPresent();
  }
}
