package dev.plimsoll.checklist;

import dev.plimsoll.checklist.Subject.Said;
import dev.plimsoll.rules.Finding;
import dev.plimsoll.rules.Prose;
import java.util.List;
import java.util.Optional;

/** Is there a zero-downtime way, and is it taken? Open while a blocking finding has a safe way that nobody has taken or declined. */
final class AlternativeQuestion implements Assessor {

  @Override
  public ChecklistItem item() {
    return ChecklistItem.ALTERNATIVE;
  }

  @Override
  public ItemState assess(Subject subject) {
    List<Said> withFix = subject.findings().stream()
        .filter(s -> s.finding().isBlocking() && s.finding().fix().isPresent())
        .toList();
    List<Finding> open =
        withFix.stream().filter(s -> !s.settled()).map(Said::finding).toList();
    if (!open.isEmpty()) {
      return new ItemState.Open(Prose.of(
          open.size() == 1
              ? "For {} there is a safer way: take it, or override the finding with a reason."
              : "For {} there are safer ways: take them, or override the findings with a reason.",
          Sentences.names(open, f -> f.place().file() + ":" + f.place().line())));
    }
    if (!withFix.isEmpty()) {
      return new ItemState.Answered(
          Prose.of(
              "Declined with a reason: {}.",
              Sentences.list(withFix, s -> Prose.of("{}", s.finding().rule()))),
          Optional.empty());
    }
    if (subject.isCalm()) {
      return new ItemState.NotApplicable(Sentences.calm(subject));
    }
    return subject.isOpaque()
        ? new ItemState.Open(
            Prose.of("What could not be read was not compared with safer ways: is there one?"))
        : new ItemState.Answered(
            Prose.of("No statement is left for which a safer way is known."), Optional.empty());
  }
}
