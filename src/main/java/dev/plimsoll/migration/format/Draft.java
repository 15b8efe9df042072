package dev.plimsoll.migration.format;

import dev.plimsoll.migration.Down;
import dev.plimsoll.migration.Ignore;
import dev.plimsoll.migration.IgnoreComments;
import dev.plimsoll.migration.Migration;
import dev.plimsoll.migration.Migration.Problem;
import dev.plimsoll.migration.MigrationOrder;
import dev.plimsoll.migration.SourceFile.Change;
import dev.plimsoll.migration.TransactionMode;
import dev.plimsoll.sql.SourceSpan;
import java.util.ArrayList;
import java.util.List;

/** A migration that is being put together from the files that make it up. */
final class Draft {

  private final String format;
  private final String name;
  private final MigrationOrder order;
  private final Change change;
  private final Script up;
  private final List<Ignore> ignores = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private TransactionMode transactionMode = TransactionMode.TRANSACTION;
  private Down down = new Down.NotInFormat("The format has no way back.");

  Draft(String format, String name, MigrationOrder order, Change change, Script up) {
    this.format = format;
    this.name = name;
    this.order = order;
    this.change = change;
    this.up = up;
    instructionsOf(up);
  }

  Draft runs(TransactionMode mode) {
    transactionMode = mode;
    return this;
  }

  /** The way back, judged by what it says. */
  Draft back(Script script, TransactionMode mode) {
    down = Down.of(script.path(), script.content(), mode);
    instructionsOf(script);
    return this;
  }

  Draft noWayBack(Down why) {
    down = why;
    return this;
  }

  Draft problem(SourceSpan place, String message) {
    problems.add(new Problem(place, message));
    return this;
  }

  Draft problems(List<Problem> more) {
    problems.addAll(more);
    return this;
  }

  Migration finished() {
    return new Migration(
        format,
        name,
        order,
        change,
        up.source(),
        up.content().statements(),
        up.content().comments(),
        down,
        transactionMode,
        ignores,
        problems);
  }

  private void instructionsOf(Script script) {
    IgnoreComments instructions = IgnoreComments.in(script.content());
    ignores.addAll(instructions.ignores());
    problems.addAll(instructions.problems());
  }
}
