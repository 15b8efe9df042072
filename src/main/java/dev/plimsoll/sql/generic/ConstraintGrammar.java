package dev.plimsoll.sql.generic;

import dev.plimsoll.sql.ConstraintDefinition;
import dev.plimsoll.sql.ConstraintDefinition.Check;
import dev.plimsoll.sql.ConstraintDefinition.ForeignKey;
import dev.plimsoll.sql.ConstraintDefinition.PrimaryKey;
import dev.plimsoll.sql.ConstraintDefinition.Unique;
import dev.plimsoll.sql.ReferentialAction;
import dev.plimsoll.sql.RelationName;
import java.util.List;
import java.util.Optional;

/** Reads constraints of columns and tables. */
final class ConstraintGrammar {
  private final GenericExpressions expressions;

  ConstraintGrammar(GenericExpressions expressions) {
    this.expressions = expressions;
  }

  /** A constraint written with a column; empty where none is next. */
  Optional<ConstraintDefinition> ofColumn(Cursor cursor, Optional<String> name, String column) {
    List<String> columns = List.of(column);
    if (cursor.accept("PRIMARY", "KEY") || (cursor.dialect().isMySql() && cursor.accept("KEY"))) {
      cursor.acceptAny("CLUSTERED", "NONCLUSTERED", "ASC", "DESC");
      cursor.accept("HASH");
      return Optional.of(new PrimaryKey(name, columns, Optional.empty()));
    }
    if (cursor.accept("UNIQUE")) {
      cursor.acceptAny("KEY", "CLUSTERED", "NONCLUSTERED");
      return Optional.of(new Unique(name, columns, Optional.empty(), false));
    }
    if (cursor.looking("CHECK", "(")) {
      return Optional.of(check(cursor, name, false));
    }
    return cursor.looking("REFERENCES")
        ? references(cursor, name, columns, false)
        : Optional.empty();
  }

  /**
   * A constraint of a table, with its name; empty where none is next or it is not read to its end.
   *
   * @param unchecked WITH NOCHECK is written before it
   */
  Optional<ConstraintDefinition> ofTable(Cursor cursor, boolean unchecked) {
    boolean named = cursor.accept("CONSTRAINT");
    boolean nameFollows = named && !cursor.lookingAtAny("PRIMARY", "UNIQUE", "FOREIGN", "CHECK");
    Optional<String> name = nameFollows ? cursor.name() : Optional.empty();
    Optional<ConstraintDefinition> constraint = body(cursor, name, unchecked);
    return constraint.filter(read -> storageOnly(cursor));
  }

  private Optional<ConstraintDefinition> body(
      Cursor cursor, Optional<String> name, boolean unchecked) {
    if (cursor.accept("PRIMARY", "KEY")) {
      indexKind(cursor);
      return cursor.names().map(columns -> new PrimaryKey(name, columns, Optional.empty()));
    }
    if (cursor.accept("UNIQUE")) {
      cursor.acceptAny("KEY", "INDEX");
      indexKind(cursor);
      boolean nameFollows = !cursor.looking("(") && !cursor.looking("USING");
      Optional<String> indexName = nameFollows ? cursor.name() : Optional.empty();
      indexKind(cursor);
      return cursor
          .names()
          .map(columns -> new Unique(name.or(() -> indexName), columns, Optional.empty(), false));
    }
    if (cursor.accept("FOREIGN", "KEY")) {
      Optional<String> indexName = cursor.looking("(") ? Optional.empty() : cursor.name();
      return cursor
          .names()
          .flatMap(columns -> references(cursor, name.or(() -> indexName), columns, unchecked));
    }
    return cursor.looking("CHECK", "(")
        ? Optional.of(check(cursor, name, unchecked))
        : Optional.empty();
  }

  private static void indexKind(Cursor cursor) {
    cursor.acceptAny("CLUSTERED", "NONCLUSTERED");
    if (cursor.accept("USING")) {
      cursor.take();
    }
  }

  private ConstraintDefinition check(Cursor cursor, Optional<String> name, boolean unchecked) {
    cursor.accept("CHECK");
    String condition = cursor.brackets().rest();
    boolean notEnforced = cursor.accept("NOT", "ENFORCED");
    cursor.accept("ENFORCED");
    return new Check(
        name,
        expressions.condition(condition),
        unchecked || notEnforced || notValidated(cursor),
        false);
  }

  private static Optional<ConstraintDefinition> references(
      Cursor cursor, Optional<String> name, List<String> columns, boolean unchecked) {
    if (!cursor.accept("REFERENCES")) {
      return Optional.empty();
    }
    Optional<RelationName> table = cursor.relation();
    if (table.isEmpty()) {
      return Optional.empty();
    }
    List<String> referenced = cursor.names().orElse(List.of());
    ReferentialAction onDelete = ReferentialAction.NO_ACTION;
    ReferentialAction onUpdate = ReferentialAction.NO_ACTION;
    while (cursor.looking("ON", "DELETE")
        || cursor.looking("ON", "UPDATE")
        || cursor.looking("MATCH")) {
      if (cursor.accept("MATCH")) {
        cursor.take();
      } else if (cursor.accept("ON", "DELETE")) {
        onDelete = action(cursor);
      } else {
        cursor.accept("ON", "UPDATE");
        onUpdate = action(cursor);
      }
    }
    boolean deferrable = deferrable(cursor);
    return Optional.of(new ForeignKey(
        name,
        columns,
        table.get(),
        referenced,
        onDelete,
        onUpdate,
        unchecked || notValidated(cursor),
        deferrable));
  }

  private static ReferentialAction action(Cursor cursor) {
    if (cursor.accept("CASCADE")) {
      return ReferentialAction.CASCADE;
    }
    if (cursor.accept("RESTRICT")) {
      return ReferentialAction.RESTRICT;
    }
    if (cursor.accept("SET", "NULL")) {
      return ReferentialAction.SET_NULL;
    }
    if (cursor.accept("SET", "DEFAULT")) {
      return ReferentialAction.SET_DEFAULT;
    }
    cursor.accept("NO", "ACTION");
    return ReferentialAction.NO_ACTION;
  }

  private static boolean deferrable(Cursor cursor) {
    boolean not = cursor.accept("NOT", "DEFERRABLE");
    boolean deferrable = !not && cursor.accept("DEFERRABLE");
    if (cursor.accept("INITIALLY")) {
      cursor.acceptAny("DEFERRED", "IMMEDIATE");
    }
    return deferrable;
  }

  /** Oracle's ENABLE NOVALIDATE and DISABLE, H2's NOCHECK: rows that exist are not looked at. */
  private static boolean notValidated(Cursor cursor) {
    boolean disabled = cursor.accept("DISABLE");
    cursor.accept("ENABLE");
    boolean unchecked = cursor.accept("NOVALIDATE") || cursor.accept("NOCHECK");
    cursor.accept("VALIDATE");
    return disabled || unchecked;
  }

  /** What may follow and says only where or how the index is kept. */
  private static boolean storageOnly(Cursor cursor) {
    while (!cursor.atEnd()) {
      if (cursor.accept("USING", "INDEX")) {
        if (cursor.looking("TABLESPACE")) {
          continue;
        }
        cursor.relation();
      } else if (cursor.acceptAny("TABLESPACE", "USING", "COMMENT")) {
        cursor.take();
      } else if (cursor.looking("WITH", "(")) {
        cursor.accept("WITH");
        cursor.brackets();
      } else if (cursor.accept("ON")) {
        cursor.name(); // SQL Server: a filegroup
        if (cursor.looking("(")) {
          cursor.brackets();
        }
      } else if (!cursor.acceptAny("ENABLE", "VALIDATE", "VISIBLE")) {
        return false;
      }
    }
    return true;
  }
}
