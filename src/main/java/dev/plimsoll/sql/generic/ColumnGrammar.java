package dev.plimsoll.sql.generic;

import dev.plimsoll.sql.ColumnDefinition;
import dev.plimsoll.sql.ColumnDefinition.Generated;
import dev.plimsoll.sql.ConstraintDefinition;
import dev.plimsoll.sql.DataType;
import dev.plimsoll.sql.Expression;
import dev.plimsoll.sql.generic.Lexeme.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the definition of a column, strictly: a clause that is not known makes the whole definition unread. JSqlParser gives
 * an untyped list of words here, and accepts words that mean nothing.
 */
final class ColumnGrammar {
  private final GenericExpressions expressions;
  private final ConstraintGrammar constraints;

  ColumnGrammar(GenericExpressions expressions, ConstraintGrammar constraints) {
    this.expressions = expressions;
    this.constraints = constraints;
  }

  /** The column that the cursor's part defines; empty where it is not read to its end. */
  Optional<ColumnDefinition> read(Cursor cursor) {
    Optional<String> name = cursor.name();
    return name.isEmpty()
        ? Optional.empty()
        : type(cursor).flatMap(type -> new Clauses(cursor, name.get(), type).read());
  }

  /** A type with its modifiers; empty where none is next. */
  Optional<DataType> type(Cursor cursor) {
    Optional<String> first = cursor.isKind(Kind.WORD) || cursor.isKind(Kind.QUOTED_NAME)
        ? cursor.name()
        : Optional.empty();
    if (first.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder name = new StringBuilder(first.get().toLowerCase(Locale.ROOT));
    while (cursor.accept(".")) {
      name.append('.').append(cursor.name().orElse(""));
    }
    while (cursor.lookingAtAny("PRECISION", "VARYING", "LARGE", "OBJECT")
        || (cursor.looking("RAW") && name.toString().equals("long"))) {
      name.append(' ').append(cursor.take().toLowerCase(Locale.ROOT));
    }
    List<Integer> modifiers = new ArrayList<>();
    if (cursor.looking("(")) {
      modifiers(cursor.brackets(), name, modifiers);
    }
    typeSuffix(cursor, name);
    return Optional.of(new DataType(Optional.empty(), name.toString(), modifiers, 0));
  }

  /** Lengths and scales; other arguments, such as those of an enum, become part of the name. */
  private static void modifiers(Cursor arguments, StringBuilder name, List<Integer> into) {
    String all = arguments.rest();
    for (Cursor argument : arguments.list()) {
      String text = argument.rest();
      if (!text.matches("[0-9]{1,9}( +(?i:CHAR|BYTE))?")) {
        into.clear();
        name.append('(').append(all).append(')');
        return;
      }
      into.add(Integer.valueOf(text.split(" ")[0]));
    }
  }

  private static void typeSuffix(Cursor cursor, StringBuilder name) {
    while (true) {
      if (cursor.lookingAtAny("UNSIGNED", "SIGNED", "ZEROFILL", "BINARY")) {
        name.append(' ').append(cursor.take().toLowerCase(Locale.ROOT));
      } else if (cursor.accept("WITH", "TIME", "ZONE")) {
        name.append(" with time zone");
      } else if (cursor.accept("WITH", "LOCAL", "TIME", "ZONE")) {
        name.append(" with local time zone");
      } else if (cursor.accept("WITHOUT", "TIME", "ZONE")) {
        name.append(" without time zone");
      } else if (cursor.accept("CHARACTER", "SET") || cursor.accept("CHARSET")) {
        name.append(" character set ").append(cursor.take().toLowerCase(Locale.ROOT));
      } else {
        return;
      }
    }
  }

  /** The clauses behind a column's type, in any order. */
  private final class Clauses {
    private final Cursor cursor;
    private final String name;
    private final DataType type;
    private final List<ConstraintDefinition> found = new ArrayList<>();
    private boolean notNull;
    private boolean identity;
    private Optional<Expression> defaultValue = Optional.empty();
    private Optional<Generated> generated = Optional.empty();
    private Optional<String> collation = Optional.empty();

    Clauses(Cursor cursor, String name, DataType type) {
      this.cursor = cursor;
      this.name = name;
      this.type = type;
    }

    Optional<ColumnDefinition> read() {
      while (!cursor.atEnd()) {
        int before = cursor.at();
        if (!clause() || cursor.at() == before) {
          return Optional.empty();
        }
      }
      return Optional.of(new ColumnDefinition(
          name, type, notNull, defaultValue, generated, identity, collation, found));
    }

    private boolean clause() {
      if (cursor.accept("NOT", "NULL")) {
        notNull = true;
      } else if (cursor.accept("DEFAULT")) {
        return defaultValue();
      } else if (cursor.acceptAny("AUTO_INCREMENT", "AUTOINCREMENT")) {
        identity = true;
      } else if (cursor.accept("COLLATE")) {
        collation = Optional.of(cursor.take());
      } else if (cursor.accept("IDENTITY")) {
        identity(); // SQL Server, H2
      } else if (cursor.accept("GENERATED")) {
        return generated();
      } else if (cursor.accept("AS") || cursor.accept("VIRTUAL", "AS")) {
        return computed();
      } else {
        return constraint() || withoutEffect();
      }
      return true;
    }

    private void identity() {
      identity = true;
      notNull = true;
      if (cursor.looking("(")) {
        cursor.brackets();
      }
    }

    private boolean generated() {
      boolean always = cursor.accept("ALWAYS");
      boolean byDefault = !always && cursor.accept("BY", "DEFAULT");
      cursor.accept("ON", "NULL");
      if ((!always && !byDefault) || !cursor.accept("AS")) {
        return false;
      }
      if (cursor.accept("IDENTITY")) {
        identity();
        return true;
      }
      return computed();
    }

    private boolean computed() {
      if (!cursor.looking("(")) {
        return false;
      }
      Expression expression = expressions.value(cursor.brackets().rest());
      boolean stored = cursor.acceptAny("STORED", "PERSISTED", "PERSISTENT");
      cursor.accept("VIRTUAL");
      generated = Optional.of(new Generated(expression, stored));
      return true;
    }

    private boolean defaultValue() {
      cursor.accept("ON", "NULL"); // Oracle
      int from = cursor.at();
      cursor.acceptAny("-", "+");
      if (cursor.looking("(")) {
        cursor.brackets();
      } else if (cursor.accept("NEXT", "VALUE", "FOR")) {
        cursor.relation();
      } else if (!cursor.atEnd()) {
        cursor.take();
        while (cursor.accept(".")) {
          cursor.take();
        }
        if (cursor.looking("(")) {
          cursor.brackets();
        }
      }
      String text = cursor.text(from, cursor.at());
      defaultValue = Optional.of(expressions.value(text));
      return !text.isEmpty();
    }

    private boolean constraint() {
      boolean named = cursor.accept("CONSTRAINT");
      Optional<String> constraintName = named ? cursor.name() : Optional.empty();
      if (named && cursor.lookingAtAny("DEFAULT", "NOT", "NULL")) {
        return clause(); // SQL Server names defaults, Oracle names NOT NULL
      }
      Optional<ConstraintDefinition> constraint =
          constraints.ofColumn(cursor, constraintName, name);
      constraint.ifPresent(found::add);
      notNull |=
          constraint.filter(ConstraintDefinition.PrimaryKey.class::isInstance).isPresent();
      return constraint.isPresent();
    }

    /** Clauses that change nothing for the rows that exist. */
    private boolean withoutEffect() {
      if (cursor.acceptAny("COMMENT", "COLUMN_FORMAT", "STORAGE", "AFTER")) {
        cursor.take();
        return true;
      }
      if (cursor.accept("ON", "UPDATE")) {
        cursor.take();
        if (cursor.looking("(")) {
          cursor.brackets();
        }
        return true;
      }
      return cursor.acceptAny(
          "NULL", "FIRST", "VISIBLE", "INVISIBLE", "ROWGUIDCOL", "SPARSE", "ENABLE", "VALIDATE");
    }
  }
}
