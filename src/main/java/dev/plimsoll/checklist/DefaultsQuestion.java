package dev.plimsoll.checklist;

import dev.plimsoll.impact.Outcome;
import dev.plimsoll.rules.Change;
import dev.plimsoll.rules.Deployment;
import dev.plimsoll.rules.Exposure;
import dev.plimsoll.rules.Prose;
import dev.plimsoll.rules.Step;
import dev.plimsoll.schema.Schema;
import dev.plimsoll.sql.ColumnDefinition;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.Statement.Update;
import dev.plimsoll.sql.TableChange.AddColumn;
import dev.plimsoll.sql.TableChange.SetDefault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Are the defaults right for the rows that exist? No program can know; it can ask about just the value that they get. */
final class DefaultsQuestion implements Assessor {

  @Override
  public ChecklistItem item() {
    return ChecklistItem.DEFAULTS;
  }

  @Override
  public ItemState assess(Subject subject) {
    if (subject.isCalm()) {
      return new ItemState.NotApplicable(Sentences.calm(subject));
    }
    Deployment deployment = subject.deployment();
    List<Prose> asked = new ArrayList<>();
    List<Prose> filled = new ArrayList<>();
    deployment.changes(AddColumn.class).filter(c -> matters(deployment, c)).forEach(change -> {
      Optional<Step> update = updateOf(deployment, change);
      if (update.isPresent()) {
        filled.add(Prose.of(
            "{} is filled by the UPDATE at {}",
            Prose.code(change.table().within(Schema.DEFAULT_SCHEMA) + "."
                + change.command().column().name()),
            Sentences.place(update.get())));
      } else {
        added(deployment, change).ifPresent(asked::add);
      }
    });
    deployment.changes(SetDefault.class).filter(c -> matters(deployment, c)).forEach(change -> {
      if (!isAddedHere(deployment, change.table(), change.command().column(), change.step())) {
        asked.add(Prose.of(
            "{} keep what they have in {}; only new ones get {}. Is that right?",
            capital(Sentences.existingRows(exposure(deployment, change))),
            Prose.code(change.command().column()),
            Prose.code(change.command().value().sql())));
      }
    });
    if (!asked.isEmpty()) {
      return new ItemState.Open(sentences(asked));
    }
    if (subject.isOpaque()) {
      return new ItemState.Open(
          Prose.of("What could not be read may give existing rows a value: is it right for them?"));
    }
    return filled.isEmpty()
        ? new ItemState.NotApplicable(
            Prose.of("No existing row gets a value that its owner did not write."))
        : new ItemState.Answered(Prose.of("{}.", Sentences.list(filled, f -> f)), Optional.empty());
  }

  private static Exposure exposure(Deployment deployment, Change<?> change) {
    return deployment.exposure(change.table().within(Schema.DEFAULT_SCHEMA), change.step());
  }

  private static boolean matters(Deployment deployment, Change<?> change) {
    Exposure exposure = exposure(deployment, change);
    return !exposure.isNegligible()
        && exposure.mayHaveRows()
        && !(change.impact().outcome() instanceof Outcome.Fails);
  }

  private static Optional<Prose> added(Deployment deployment, Change<AddColumn> change) {
    ColumnDefinition column = change.command().column();
    if (column.generated().isPresent() || column.identity() || column.type().isSerial()) {
      return Optional.empty();
    }
    String value =
        column.defaultValue().filter(d -> !d.isNull()).map(d -> d.sql()).orElse("NULL");
    Exposure exposure = exposure(deployment, change);
    return Optional.of(Prose.of(
        "{} get {}. Is that right for them?",
        capital(Sentences.existingRows(exposure)),
        Prose.code(column.name() + " = " + value)));
  }

  /** A later statement of the same deployment that writes the column. */
  private static Optional<Step> updateOf(Deployment deployment, Change<AddColumn> change) {
    RelationName table = change.table().in(Schema.DEFAULT_SCHEMA);
    String column = change.command().column().name();
    return deployment
        .statements(Update.class)
        .filter(s -> s.index() > change.step().index())
        .filter(s -> s.statement() instanceof Update update
            && update.table().in(Schema.DEFAULT_SCHEMA).equals(table)
            && update.columns().contains(column))
        .findFirst();
  }

  /** Then the question was asked, or answered, for the column as a whole. */
  private static boolean isAddedHere(
      Deployment deployment, RelationName table, String column, Step before) {
    return deployment
        .changes(AddColumn.class)
        .anyMatch(c -> c.step().index() <= before.index()
            && c.table().in(Schema.DEFAULT_SCHEMA).equals(table.in(Schema.DEFAULT_SCHEMA))
            && c.command().column().name().equals(column));
  }

  private static Prose sentences(List<Prose> asked) {
    int shown = Math.min(asked.size(), 6);
    Prose all = Sentences.join(asked.subList(0, shown), " ");
    return asked.size() == shown
        ? all
        : all.then(Prose.of("And so for {} more.", asked.size() - shown));
  }

  private static Prose capital(Prose prose) {
    List<Prose.Part> parts = new ArrayList<>(prose.parts());
    String first = parts.getFirst().text();
    parts.set(0, new Prose.Plain(Character.toUpperCase(first.charAt(0)) + first.substring(1)));
    return new Prose(parts);
  }
}
