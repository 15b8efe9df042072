package dev.plimsoll.checklist;

import dev.plimsoll.impact.Estimate;
import dev.plimsoll.rules.Prose;
import java.time.Duration;
import java.util.List;

/** Which window, and can it bear the lock? Asked only when somebody would notice the lock. */
final class WindowQuestion implements Assessor {

  @Override
  public ChecklistItem item() {
    return ChecklistItem.WINDOW;
  }

  @Override
  public ItemState assess(Subject subject) {
    if (subject.isCalm()) {
      return new ItemState.NotApplicable(Sentences.calm(subject));
    }
    Duration noticeable = subject.deployment().thresholds().noticeableBlock();
    List<BlockingHold> holds = BlockingHold.in(subject.deployment()).stream()
        .filter(h -> h.isNoticeable(noticeable))
        .toList();
    if (!holds.isEmpty()) {
      return new ItemState.Open(Prose.of(
              "When does it run, and can that time bear it? {}.",
              Sentences.list(holds, WindowQuestion::words))
          .then(windows(subject.windows())));
    }
    return subject.isOpaque()
        ? new ItemState.Open(
            Prose.of("When does what could not be read run, and can that time bear its locks?")
                .then(windows(subject.windows())))
        : new ItemState.NotApplicable(Prose.of(
            "No statement keeps reads or writes waiting for longer than {}.", spell(noticeable)));
  }

  private static Prose words(BlockingHold hold) {
    String who = hold.mode().blocksReads() ? "reads and writes wait" : "writes wait";
    Prose held = switch (hold.held()) {
      case Estimate.Known known -> Prose.of("{}", known.range());
      case Estimate.Unknown unknown -> Prose.of("for how long is unknown ({})", unknown.reason());
    };
    Prose until = hold.statements() == 1
        ? Prose.of("")
        : Prose.of(", until the transaction's {} statements are through", hold.statements());
    return Prose.of("{}: {}, {}{}", hold.table().table(), who, held, until);
  }

  private static Prose windows(List<String> windows) {
    return windows.isEmpty()
        ? Prose.of("")
        : Prose.of(
            "Windows of this database: {}.", Sentences.list(windows, w -> Prose.of("{}", w)));
  }

  private static String spell(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }
}
