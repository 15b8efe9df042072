package dev.plimsoll.checklist;

import dev.plimsoll.checklist.Checklist.Entry;
import dev.plimsoll.rules.Fingerprint;
import dev.plimsoll.rules.Prose;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Goes through the seven questions. Evidence answers what it can; a person's answer counts only where evidence leaves a question open, and
 * only for the very statements and sizes that it was given for.
 */
public final class ChecklistAssessor {

  private static final List<Assessor> ASSESSORS = List.of(
      new SizeQuestion(),
      new LockQuestion(),
      new AlternativeQuestion(),
      new RollbackQuestion(),
      new DefaultsQuestion(),
      new SnapshotQuestion(),
      new WindowQuestion());

  private ChecklistAssessor() {}

  /**
   * @param subjects one for each database that the change request has migrations for
   * @param required the items that hold the merge while they are open
   * @param answers in the order in which they were given: the last one to an item counts
   * @param fingerprint of what is reviewed now
   */
  public static Checklist assess(
      List<Subject> subjects,
      Set<ChecklistItem> required,
      List<Answer> answers,
      Fingerprint fingerprint) {
    List<Entry> entries = new ArrayList<>();
    for (Assessor assessor : ASSESSORS) {
      List<ItemState> states = subjects.stream().map(assessor::assess).toList();
      ItemState state = answered(together(states), assessor.item(), answers, fingerprint);
      entries.add(new Entry(assessor.item(), state, required.contains(assessor.item())));
    }
    return new Checklist(entries);
  }

  private static ItemState together(List<ItemState> states) {
    if (states.isEmpty()) {
      return new ItemState.NotApplicable(Prose.of("No migration is changed."));
    }
    List<Prose> open = new ArrayList<>();
    List<Prose> answered = new ArrayList<>();
    List<Prose> notApplicable = new ArrayList<>();
    for (ItemState state : states) {
      switch (state) {
        case ItemState.Open o -> open.add(o.question());
        case ItemState.Answered a -> answered.add(a.evidence());
        case ItemState.NotApplicable n -> notApplicable.add(n.reason());
      }
    }
    return !open.isEmpty()
        ? new ItemState.Open(Sentences.join(open, " "))
        : !answered.isEmpty()
            ? new ItemState.Answered(Sentences.join(answered, " "), Optional.empty())
            : new ItemState.NotApplicable(Sentences.join(notApplicable, " "));
  }

  private static ItemState answered(
      ItemState state, ChecklistItem item, List<Answer> answers, Fingerprint fingerprint) {
    if (!(state instanceof ItemState.Open open)) {
      return state;
    }
    Optional<Answer> last = answers.stream().filter(a -> a.item() == item).reduce((a, b) -> b);
    if (last.isEmpty()) {
      return state;
    }
    Answer answer = last.get();
    return answer.givenFor().equals(fingerprint)
        ? new ItemState.Answered(Prose.of("{}", answer.text()), Optional.of(answer.person()))
        : new ItemState.Open(open.question()
            .then(Prose.of(
                "{} answered for earlier statements or sizes; that answer has ended.",
                answer.person())));
  }
}
