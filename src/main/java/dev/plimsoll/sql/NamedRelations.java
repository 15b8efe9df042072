package dev.plimsoll.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tables that a statement names as what it is about. */
public final class NamedRelations {

  private NamedRelations() {}

  public static List<RelationName> of(Statement statement) {
    return switch (statement) {
      case Statement.AlterTable alter -> List.of(alter.table());
      case Statement.CreateTable create -> List.of(create.table());
      case Statement.CreateIndex create -> List.of(create.table());
      case Statement.DropIndex ignored -> List.of();
      case Statement.DropTable drop -> drop.tables();
      case Statement.Truncate truncate -> truncate.tables();
      case Statement.Rename rename ->
        rename.kind() == Statement.Rename.Kind.INDEX ? List.of() : List.of(rename.relation());
      case Statement.Update update -> List.of(update.table());
      case Statement.Delete delete -> List.of(delete.table());
      case Statement.Insert insert -> plus(insert.table(), insert.reads());
      case Statement.Select select -> select.reads();
      case Statement.CommentOn comment -> optional(comment.relation());
      case Statement.CreateObject create -> create.reads();
      case Statement.Unmodelled unmodelled -> unmodelled.relations();
      case Statement.SetSetting ignored -> List.of();
      case Statement.TransactionControl ignored -> List.of();
      case Statement.Opaque ignored -> List.of();
    };
  }

  private static List<RelationName> plus(RelationName first, List<RelationName> others) {
    List<RelationName> all = new ArrayList<>(others);
    all.addFirst(first);
    return all;
  }

  private static List<RelationName> optional(Optional<RelationName> name) {
    return name.map(List::of).orElse(List.of());
  }
}
