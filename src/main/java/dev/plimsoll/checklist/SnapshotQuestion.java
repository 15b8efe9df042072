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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    Map<String, Prose> reasons = new LinkedHashMap<>();
    for (Step step : deployment.steps()) {
      work(deployment, step, reasons);
      if (step.impact().outcome() instanceof Outcome.DependsOnData depends && touchesWeight(deployment, step)) {
        Prose reason = Prose.of("{} fails when {}", Sentences.place(step), depends.condition());
        reasons.putIfAbsent(reason.plain(), reason);
      }
    }
    if (!reasons.isEmpty()) {
      return new ItemState.Open(Prose.of(
          "Was it run on a copy of production's size, and how did that go? {}.",
          Sentences.list(List.copyOf(reasons.values()), r -> r)));
    }
    return subject.isOpaque()
        ? new ItemState.Open(
            Prose.of("Was what could not be read run on a copy of production's size, and how did that go?"))
        : new ItemState.NotApplicable(
            Prose.of("No statement's time or success depends on the rows of a large table."));
  }

  private static void work(Deployment deployment, Step step, Map<String, Prose> reasons) {
    for (Work work : step.impact().work()) {
      Exposure exposure = deployment.exposure(work.table().within(Schema.DEFAULT_SCHEMA), step);
      boolean few = work instanceof Work.Modify modify && modify.reach() == Work.Modify.Reach.FEW;
      if (isWeighty(exposure) && !few) {
        Prose reason = Prose.of("{} {} {}", Sentences.place(step), verb(work), named(exposure));
        reasons.putIfAbsent(reason.plain(), reason);
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
    return exposure.band() == SizeBand.LARGE || exposure.band() == SizeBand.HUGE || exposure.isUnknown();
  }

  private static String verb(Work work) {
    return switch (work) {
      case Work.Rewrite rewrite -> "rewrites";
      case Work.Scan scan -> "reads all of";
      case Work.IndexBuild build -> "builds an index over";
      case Work.Modify modify -> switch (modify.kind()) {
        case UPDATE -> "updates rows of";
        case DELETE -> "deletes rows of";
        case INSERT -> "inserts rows into";
      };
    };
  }

  private static Prose named(Exposure exposure) {
    return exposure.size().rows()
        .map(r -> Prose.of("{} ({})", exposure.table(), r))
        .orElse(Prose.of("{}, of unknown size", exposure.table()));
  }
}
