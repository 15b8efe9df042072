package dev.plimsoll.sql.generic;

import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.Statement;
import dev.plimsoll.sql.Statement.AlterTable;
import dev.plimsoll.sql.Statement.DropIndex;
import dev.plimsoll.sql.Statement.DropTable;
import dev.plimsoll.sql.Statement.TableCommand;
import dev.plimsoll.sql.Statement.Unmodelled;
import dev.plimsoll.sql.TableChange.OtherChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads DROP. */
final class DropGrammar {

  /** From behind DROP. */
  Statement read(Cursor cursor) {
    cursor.accept("TEMPORARY");
    if (cursor.acceptAny("TABLE", "TABLES")) {
      return table(cursor);
    }
    if (cursor.accept("INDEX")) {
      return index(cursor);
    }
    StringBuilder kind = new StringBuilder("DROP ");
    cursor.acceptAny("PUBLIC");
    if (cursor.looking("MATERIALIZED")) {
      kind.append(cursor.take()).append(' ');
    }
    kind.append(cursor.take());
    boolean isRelation = kind.toString().toUpperCase(Locale.ROOT).endsWith("VIEW")
        || kind.toString().equalsIgnoreCase("DROP SEQUENCE");
    cursor.accept("IF", "EXISTS");
    List<RelationName> relations =
        isRelation ? cursor.relation().map(List::of).orElse(List.of()) : List.of();
    return new Unmodelled(kind.toString().toUpperCase(Locale.ROOT), relations);
  }

  private static Statement table(Cursor cursor) {
    boolean ifExists = cursor.accept("IF", "EXISTS");
    List<RelationName> tables = new ArrayList<>();
    boolean cascade = false;
    boolean understood = true;
    for (Cursor element : cursor.list()) {
      element.relation().ifPresent(tables::add);
      ifExists |= element.accept("IF", "EXISTS"); // H2 of old
      cascade |= element.accept("CASCADE", "CONSTRAINTS") || element.accept("CASCADE");
      element.acceptAny("RESTRICT", "PURGE");
      understood &= element.atEnd();
    }
    return understood && !tables.isEmpty()
        ? new DropTable(tables, ifExists, cascade)
        : new Unmodelled("DROP TABLE", tables);
  }

  /** In MySQL and SQL Server an index belongs to a table, and dropping it is a change of that table. */
  private static Statement index(Cursor cursor) {
    int start = cursor.start();
    boolean ifExists = cursor.accept("IF", "EXISTS");
    Optional<RelationName> index = cursor.relation();
    if (index.isEmpty()) {
      return new Unmodelled("DROP INDEX", List.of());
    }
    if (cursor.accept("ON")) {
      Optional<RelationName> table = cursor.relation();
      OtherChange change = new OtherChange("DROP INDEX");
      return table
          .<Statement>map(t -> new AlterTable(
              t,
              ifExists,
              false,
              List.of(new TableCommand(change, cursor.span(start, cursor.end())))))
          .orElseGet(() -> new Unmodelled("DROP INDEX", List.of()));
    }
    boolean existsBehind = cursor.accept("IF", "EXISTS"); // H2 of old
    return cursor.atEnd()
        ? new DropIndex(List.of(index.get()), false, ifExists || existsBehind, false)
        : new Unmodelled("DROP INDEX", List.of(index.get()));
  }
}
