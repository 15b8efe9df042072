package dev.plimsoll.checklist;

import dev.plimsoll.checklist.WayBack.Verdict;
import dev.plimsoll.migration.Down;
import dev.plimsoll.migration.Migration;
import dev.plimsoll.rules.Prose;
import dev.plimsoll.rules.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Is there a way back that really undoes the change? Run up and down in thought, and compared with the tables as they were. */
final class RollbackQuestion implements Assessor {

  private static final int MOST_REASONS = 3;

  @Override
  public ChecklistItem item() {
    return ChecklistItem.ROLLBACK;
  }

  @Override
  public ItemState assess(Subject subject) {
    if (subject.isCalm()) {
      return new ItemState.NotApplicable(Sentences.calm(subject));
    }
    List<Migration> missing = new ArrayList<>();
    List<Prose> open = new ArrayList<>();
    List<Prose> undone = new ArrayList<>();
    stepsByMigration(subject).forEach((migration, steps) -> {
      switch (verdict(subject, migration, steps)) {
        case Verdict.NothingToUndo nothing -> {}
        case Verdict.Undone ok -> undone.add(Prose.of("{}", Prose.code(migration.name())));
        case Verdict.Doubtful doubtful
        when migration.down() instanceof Down.Missing -> missing.add(migration);
        case Verdict.Doubtful doubtful ->
          open.add(Prose.of("{}: {}.", Prose.code(migration.name()), reasons(doubtful.reasons())));
      }
    });
    if (!missing.isEmpty()) {
      open.addFirst(missing(missing));
    }
    if (!subject.deployment().migrations().unread().isEmpty()) {
      open.add(Prose.of("What could not be read was not compared with a way back."));
    }
    if (!open.isEmpty()) {
      return new ItemState.Open(Prose.of(
          "{} How would it be undone?", Sentences.join(open.stream().limit(5).toList(), " ")));
    }
    return undone.isEmpty()
        ? new ItemState.NotApplicable(Prose.of("There is nothing to undo."))
        : new ItemState.Answered(
            Prose.of(
                "The down of {} undoes it: columns, indexes and constraints compared.",
                Sentences.list(undone, u -> u)),
            Optional.empty());
  }

  private static Verdict verdict(Subject subject, Migration migration, List<Step> steps) {
    WayBack wayBack = new WayBack(subject.deployment(), steps);
    if (wayBack.nothingToUndo()) {
      return new Verdict.NothingToUndo();
    }
    return switch (migration.down()) {
      case Down.Statements down -> wayBack.by(down);
      case Down.Missing missing ->
        doubtful(Prose.of("no way back; {} was expected", Prose.code(missing.expected())));
      case Down.Empty empty ->
        doubtful(Prose.of("its way back in {} does nothing", Prose.code(empty.file())));
      case Down.Refuses refuses ->
        doubtful(Prose.of("its way back in {} only fails", Prose.code(refuses.file())));
      case Down.NotInFormat not -> doubtful(Prose.of("no way back; {}", trim(not.reason())));
    };
  }

  private static Prose missing(List<Migration> migrations) {
    Migration first = migrations.getFirst();
    return migrations.size() == 1 && first.down() instanceof Down.Missing down
        ? Prose.of(
            "{} has no way back; {} was expected.",
            Prose.code(first.name()),
            Prose.code(down.expected()))
        : Prose.of("{} have no way back.", Sentences.names(migrations, Migration::name));
  }

  private static Verdict doubtful(Prose reason) {
    return new Verdict.Doubtful(List.of(reason));
  }

  private static Map<Migration, List<Step>> stepsByMigration(Subject subject) {
    Map<Migration, List<Step>> byMigration = new LinkedHashMap<>();
    subject
        .deployment()
        .steps()
        .forEach(s ->
            byMigration.computeIfAbsent(s.migration(), m -> new ArrayList<>()).add(s));
    return byMigration;
  }

  private static Prose reasons(List<Prose> reasons) {
    List<Prose> shown =
        new ArrayList<>(reasons.stream().distinct().limit(MOST_REASONS).toList());
    long more = reasons.stream().distinct().count() - shown.size();
    if (more > 0) {
      shown.add(Prose.of("and {} more", more));
    }
    return Sentences.join(shown, "; ");
  }

  private static String trim(String reason) {
    return reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
  }
}
