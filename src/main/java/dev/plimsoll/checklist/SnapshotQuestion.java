package dev.plimsoll.checklist;

import dev.plimsoll.impact.Outcome;
import dev.plimsoll.impact.Work;
import dev.plimsoll.rules.Deployment;
import dev.plimsoll.rules.Exposure;
import dev.plimsoll.rules.Prose;
import dev.plimsoll.rules.SizeBand;
import dev.plimsoll.rules.Step;
import dev.plimsoll.schema.Schema;
import dev.plimsoll.sql.RelationName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Was it tested at production's scale? Asked where the rows decide how long it takes, or whether it succeeds. */
final class SnapshotQuestion implements Assessor {

  @Override
  public ChecklistItem item() {
    return ChecklistItem.SNAPSHOT;
  }

  @Override
  public ItemState assess(Subject subject) {
    if (subject.isCalm()) {
      return new ItemState.NotApplicable(Sentences.calm(subject));
    }
    Deployment deployment = subject.deployment();
    Map<RelationName, Doing> doings = new LinkedHashMap<>();
    List<Prose> conditions = new ArrayList<>();
    for (Step step : deployment.steps()) {
      work(deployment, step, doings);
      if (step.impact().outcome() instanceof Outcome.DependsOnData depends
          && touchesWeight(deployment, step)) {
        conditions.add(Prose.of("{} fails when {}", Sentences.place(step), depends.condition()));
      }
    }
    List<Prose> reasons = new ArrayList<>();
    doings.values().forEach(d -> reasons.add(d.words()));
    reasons.addAll(conditions);
    if (!reasons.isEmpty()) {
      return new ItemState.Open(Prose.of(
          "Was it run on a copy of production's size, and how did that go? {}.",
          Sentences.list(reasons, r -> r)));
    }
    return subject.isOpaque()
        ? new ItemState.Open(Prose.of(
            "Was what could not be read run on a copy of production's size, and how did that go?"))
        : new ItemState.NotApplicable(
            Prose.of("No statement's time or success depends on the rows of a large table."));
  }

  /** What is done to one table, each kind of work once. */
  private record Doing(Exposure exposure, Set<String> verbs) {
    Prose words() {
      Prose table = exposure
          .size()
          .rows()
          .map(r -> Prose.of("{} ({})", exposure.table(), r))
          .orElse(Prose.of("{} (size unknown)", exposure.table()));
      return Prose.of("{} is {}", table, String.join(", ", verbs));
    }
  }

  private static void work(Deployment deployment, Step step, Map<RelationName, Doing> doings) {
    for (Work work : step.impact().work()) {
      Exposure exposure = deployment.exposure(work.table().within(Schema.DEFAULT_SCHEMA), step);
      boolean few = work instanceof Work.Modify modify && modify.reach() == Work.Modify.Reach.FEW;
      if (isWeighty(exposure) && !few) {
        doings
            .computeIfAbsent(exposure.table(), t -> new Doing(exposure, new LinkedHashSet<>()))
            .verbs()
            .add(participle(work));
      }
    }
  }

  private static boolean touchesWeight(Deployment deployment, Step step) {
    for (RelationName table : step.impact().locks().keySet()) {
      if (isWeighty(deployment.exposure(table, step))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isWeighty(Exposure exposure) {
    return exposure.band() == SizeBand.LARGE
        || exposure.band() == SizeBand.HUGE
        || exposure.isUnknown();
  }

  private static String participle(Work work) {
    return switch (work) {
      case Work.Rewrite rewrite -> "rewritten";
      case Work.Scan scan -> "read through";
      case Work.IndexBuild build -> "indexed";
      case Work.Modify modify ->
        switch (modify.kind()) {
          case UPDATE -> "updated";
          case DELETE -> "deleted from";
          case INSERT -> "inserted into";
        };
    };
  }
}
