package dev.plimsoll.checklist;

import dev.plimsoll.migration.Down;
import dev.plimsoll.rules.Deployment;
import dev.plimsoll.rules.Exposure;
import dev.plimsoll.rules.Prose;
import dev.plimsoll.rules.Step;
import dev.plimsoll.schema.Column;
import dev.plimsoll.schema.Schema;
import dev.plimsoll.schema.SchemaChanges;
import dev.plimsoll.sql.DataType;
import dev.plimsoll.sql.NamedRelations;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.Statement;
import dev.plimsoll.sql.TableChange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a statement does that comparing the tables' shapes does not see: data that is gone, objects that are no tables, changes without a model.
 *
 * @param createdHere the tables that the migration has made so far: what is in them needs no way back
 */
record Undoing(Deployment deployment, Step step, Set<RelationName> createdHere) {

  /** Every value of the key's type is a value of these. */
  private static final Map<String, Set<String>> WIDER = Map.of(
      "int2", Set.of("int4", "int8", "numeric"),
      "int4", Set.of("int8", "numeric"),
      "int8", Set.of("numeric"),
      "varchar", Set.of("text"),
      "bpchar", Set.of("text"),
      "float4", Set.of("float8"),
      "timestamp", Set.of("timestamptz"),
      "timestamptz", Set.of("timestamp"),
      "json", Set.of("jsonb", "text"),
      "date", Set.of("timestamp", "timestamptz"));

  /** It changes nothing that would have to be undone. */
  static boolean isNeutral(Statement statement) {
    return switch (statement) {
      case Statement.SetSetting set -> true;
      case Statement.TransactionControl control -> true;
      case Statement.CommentOn comment -> true;
      case Statement.Select select -> true;
      case Statement.AlterTable alter ->
        alter.commands().stream()
            .allMatch(c -> c.change() instanceof TableChange.ValidateConstraint);
      case Statement.Unmodelled unmodelled ->
        Set.of("ANALYZE", "VACUUM", "REINDEX").contains(unmodelled.kind());
      default -> false;
    };
  }

  /**
   * @param before the tables before the statement
   * @param after the tables after it
   */
  List<Prose> doubts(Schema before, Schema after, Down.Statements down) {
    List<Prose> doubts = new ArrayList<>();
    switch (step.statement()) {
      case Statement.AlterTable alter -> alter(alter, before, doubts);
      case Statement.DropTable drop -> lost(drop.tables(), "the rows of {} are gone", doubts);
      case Statement.Truncate truncate ->
        lost(truncate.tables(), "the rows of {} are gone", doubts);
      case Statement.Delete delete ->
        lost(List.of(delete.table()), "deleted rows of {} do not come back", doubts);
      case Statement.Update update -> update(update, doubts);
      case Statement.Insert insert ->
        lost(
            List.of(insert.table()),
            "whether the rows inserted into {} are taken out again is not compared",
            doubts);
      case Statement.CreateObject create -> {
        if (!isDropped(create.name(), down)) {
          doubts.add(Prose.of(
              "{} {} is not dropped",
              create.kind().toLowerCase(Locale.ROOT),
              Prose.code(create.name())));
        }
      }
      case Statement.Unmodelled unmodelled
      when !isNeutral(unmodelled) ->
        doubts.add(Prose.of("whether {} is undone is not known", unmodelled.kind()));
      case Statement.Select select
      when step.impact().isOpaque() ->
        doubts.add(Prose.of("whether what {} does is undone is not known", Sentences.place(step)));
      case Statement.Opaque opaque -> doubts.add(Prose.of("a statement could not be read"));
      default -> {}
    }
    boolean shapes = step.statement() instanceof Statement.AlterTable
        || step.statement() instanceof Statement.CreateIndex
        || step.statement() instanceof Statement.DropIndex
        || step.statement() instanceof Statement.Rename;
    if (doubts.isEmpty() && shapes && !isSeen(before, after) && leavesNoTrace(before)) {
      doubts.add(Prose.of(
          "what {} changes is not in the catalog, so its way back cannot be compared",
          Sentences.place(step)));
    }
    return doubts;
  }

  private void alter(Statement.AlterTable alter, Schema before, List<Prose> doubts) {
    if (isUnimportant(alter.table())) {
      return;
    }
    for (Statement.TableCommand command : alter.commands()) {
      switch (command.change()) {
        case TableChange.DropColumn drop ->
          doubts.add(Prose.of(
              "the values of {} are gone, even when the column is added again",
              Prose.code(alter.table().within(Schema.DEFAULT_SCHEMA) + "." + drop.column())));
        case TableChange.AlterColumnType type -> {
          if (!keepsValues(before, alter.table(), type)) {
            doubts.add(Prose.of(
                "values of {} that the conversion changes do not come back",
                Prose.code(alter.table().within(Schema.DEFAULT_SCHEMA) + "." + type.column())));
          }
        }
        case TableChange.OtherChange other ->
          doubts.add(Prose.of("whether {} is undone is not compared", other.description()));
        default -> {}
      }
    }
  }

  /** A backfill of a column that the migration itself has added goes with the column. */
  private void update(Statement.Update update, List<Prose> doubts) {
    boolean own = !update.columns().isEmpty()
        && update.columns().stream().allMatch(column -> isAddedHere(update.table(), column));
    if (!own) {
      lost(
          List.of(update.table()),
          "the values of {} that UPDATE replaces do not come back",
          doubts);
    }
  }

  private boolean isAddedHere(RelationName table, String column) {
    return deployment
        .changes(TableChange.AddColumn.class)
        .anyMatch(c -> c.step().migration() == step.migration()
            && c.step().index() < step.index()
            && c.table().in(Schema.DEFAULT_SCHEMA).equals(table.in(Schema.DEFAULT_SCHEMA))
            && c.command().column().name().equals(column));
  }

  private void lost(List<RelationName> tables, String template, List<Prose> doubts) {
    tables.stream()
        .filter(t -> !isUnimportant(t))
        .forEach(t -> doubts.add(Prose.of(template, t.within(Schema.DEFAULT_SCHEMA))));
  }

  private boolean isUnimportant(RelationName table) {
    Exposure exposure = deployment.exposure(table, step);
    return createdHere.contains(table.in(Schema.DEFAULT_SCHEMA))
        || exposure.isNew()
        || !exposure.mayHaveRows();
  }

  private static boolean keepsValues(
      Schema before, RelationName table, TableChange.AlterColumnType change) {
    Optional<DataType> old =
        before.table(table).flatMap(t -> t.column(change.column())).map(Column::type);
    if (old.isEmpty()
        || change.using().isPresent()
        || old.get().isArray()
        || change.type().isArray()) {
      return false;
    }
    if (!old.get().name().equals(change.type().name())) {
      return change.type().modifiers().isEmpty()
          && WIDER
              .getOrDefault(old.get().name(), Set.of())
              .contains(change.type().name());
    }
    List<Integer> from = old.get().modifiers();
    List<Integer> to = change.type().modifiers();
    return to.isEmpty() || (from.size() == 1 && to.size() == 1 && from.getFirst() <= to.getFirst());
  }

  /** Each of its changes shows in the shape of a table that is known, or outlined. */
  private boolean isSeen(Schema before, Schema after) {
    if (!(step.statement() instanceof Statement.AlterTable alter)) {
      return differs(before, after);
    }
    Schema at = before;
    for (Statement.TableCommand command : alter.commands()) {
      Schema next = SchemaChanges.apply(
          at,
          new Statement.AlterTable(
              alter.table(), alter.ifExists(), alter.only(), List.of(command)));
      if (!differs(at, next) && !(command.change() instanceof TableChange.ValidateConstraint)) {
        return false;
      }
      at = next;
    }
    return true;
  }

  private static boolean differs(Schema before, Schema after) {
    Set<RelationName> names = new HashSet<>(before.changedTables().keySet());
    names.addAll(after.changedTables().keySet());
    names.addAll(before.removedTables());
    names.addAll(after.removedTables());
    return names.stream().anyMatch(n -> !before.table(n).equals(after.table(n)));
  }

  /** The statement is about something that the outline of an unknown table does not hold. */
  private boolean leavesNoTrace(Schema before) {
    if (isNeutral(step.statement())) {
      return false;
    }
    if (step.statement() instanceof Statement.DropIndex drop) {
      return drop.indexes().stream().anyMatch(i -> before.tableOfIndex(i).isEmpty());
    }
    if (step.statement() instanceof Statement.Rename rename
        && rename.kind() == Statement.Rename.Kind.INDEX) {
      return before.tableOfIndex(rename.relation()).isEmpty();
    }
    return NamedRelations.of(step.statement()).stream()
        .anyMatch(t -> deployment.exposure(t, step).isUnknown());
  }

  private static boolean isDropped(String name, Down.Statements down) {
    String wanted = name.toLowerCase(Locale.ROOT);
    String bare = wanted.substring(wanted.lastIndexOf('.') + 1);
    return down.statements().stream()
        .map(s -> s.text().toLowerCase(Locale.ROOT))
        .anyMatch(text -> text.startsWith("drop") && text.contains(bare));
  }
}
