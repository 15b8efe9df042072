package dev.plimsoll.checklist;

import dev.plimsoll.impact.Estimate;
import dev.plimsoll.impact.LockMode;
import dev.plimsoll.impact.Outcome;
import dev.plimsoll.migration.MigrationSet.Unread;
import dev.plimsoll.rules.Prose;
import dev.plimsoll.rules.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which locks, on what, for how long? Open as soon as something could not be analysed. */
final class LockQuestion implements Assessor {

  @Override
  public ChecklistItem item() {
    return ChecklistItem.LOCK;
  }

  @Override
  public ItemState assess(Subject subject) {
    if (subject.isCalm()) {
      return new ItemState.NotApplicable(Sentences.calm(subject));
    }
    List<Prose> missing = new ArrayList<>();
    unread(subject.deployment().migrations().unread()).ifPresent(missing::add);
    opaque(subject.opaque()).ifPresent(missing::add);
    List<BlockingHold> holds = BlockingHold.in(subject.deployment()).stream()
        .filter(h -> !h.table().isNegligible() && h.mode().compareTo(LockMode.ROW_EXCLUSIVE) > 0)
        .toList();
    List<BlockingHold> unknown = holds.stream()
        .filter(h -> h.held() instanceof Estimate.Unknown && !h.step().impact().isOpaque())
        .toList();
    if (missing.isEmpty() && !unknown.isEmpty()) {
      missing.add(Prose.of(
          "For how long is this lock held? {}.", Sentences.list(unknown, LockQuestion::words)));
    }
    if (!missing.isEmpty()) {
      return new ItemState.Open(Sentences.join(missing, " "));
    }
    List<Step> failing = subject.deployment().steps().stream()
        .filter(s -> s.impact().outcome() instanceof Outcome.Fails)
        .toList();
    if (holds.isEmpty() && !failing.isEmpty()) {
      return new ItemState.Answered(
          Prose.of(
              "{} fails, and its locks end with it.", Sentences.list(failing, Sentences::place)),
          Optional.empty());
    }
    return holds.isEmpty()
        ? new ItemState.NotApplicable(
            Prose.of("No lock stronger than that of an ordinary write is taken."))
        : new ItemState.Answered(
            Prose.of("{}.", Sentences.list(holds, LockQuestion::words)), Optional.empty());
  }

  private static Prose words(BlockingHold hold) {
    Prose held = switch (hold.held()) {
      case Estimate.Known known -> Sentences.held(known.range());
      case Estimate.Unknown unknown -> Sentences.duration(unknown);
    };
    String waits = hold.mode().blocksReads()
        ? " (reads and writes wait)"
        : hold.mode().blocksWrites()
            ? " (writes wait)"
            : " (nothing but other schema changes waits)";
    return Prose.of("{} on {}{}, {}", hold.mode(), hold.table().table(), waits, held);
  }

  private static Optional<Prose> opaque(List<Step> steps) {
    if (steps.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(Prose.of(
        "{} could not be analysed: {}. What does {} lock, and for how long?",
        Sentences.count(steps.size(), "statement", "statements"),
        Sentences.list(
            steps,
            s -> Prose.of("{} {}", Sentences.place(s), s.impact().opaque().orElse(""))),
        steps.size() == 1 ? "it" : "each"));
  }

  private static Optional<Prose> unread(List<Unread> files) {
    if (files.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(Prose.of(
        "{} could not be read: {}.",
        Sentences.count(files.size(), "file", "files"),
        Sentences.list(files, f -> Prose.of("{}: {}", Prose.code(f.path()), trim(f.reason())))));
  }

  private static String trim(String reason) {
    return reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
  }
}
