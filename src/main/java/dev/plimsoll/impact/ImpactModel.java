package dev.plimsoll.impact;

import dev.plimsoll.sql.Statement;
import dev.plimsoll.sql.Statement.AlterTable;
import java.util.List;

/** What statements do on one engine. Pure: the same statement in the same situation has the same impact. */
public interface ImpactModel {

  Impact of(Statement statement, Situation situation);

  /** The impact of each command of an ALTER TABLE as if it stood alone, in their order. */
  default List<Impact> ofCommands(AlterTable statement, Situation situation) {
    return statement.commands().stream()
        .map(c -> of(
            new AlterTable(statement.table(), statement.ifExists(), statement.only(), List.of(c)),
            situation))
        .toList();
  }
}
