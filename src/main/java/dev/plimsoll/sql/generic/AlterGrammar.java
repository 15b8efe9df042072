package dev.plimsoll.sql.generic;

import dev.plimsoll.sql.ColumnDefinition;
import dev.plimsoll.sql.DataType;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.Statement;
import dev.plimsoll.sql.Statement.AlterTable;
import dev.plimsoll.sql.Statement.Rename;
import dev.plimsoll.sql.Statement.TableCommand;
import dev.plimsoll.sql.Statement.Unmodelled;
import dev.plimsoll.sql.TableChange;
import dev.plimsoll.sql.TableChange.AddColumn;
import dev.plimsoll.sql.TableChange.AddConstraint;
import dev.plimsoll.sql.TableChange.AlterColumnType;
import dev.plimsoll.sql.TableChange.DropColumn;
import dev.plimsoll.sql.TableChange.DropConstraint;
import dev.plimsoll.sql.TableChange.DropDefault;
import dev.plimsoll.sql.TableChange.DropNotNull;
import dev.plimsoll.sql.TableChange.OtherChange;
import dev.plimsoll.sql.TableChange.SetDefault;
import dev.plimsoll.sql.TableChange.SetNotNull;
import dev.plimsoll.sql.TableChange.ValidateConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads ALTER TABLE. A command that is not one of those known for certain is an {@link OtherChange}. */
final class AlterGrammar {
  private final ColumnGrammar columns;
  private final ConstraintGrammar constraints;
  private final GenericExpressions expressions;

  AlterGrammar(
      ColumnGrammar columns, ConstraintGrammar constraints, GenericExpressions expressions) {
    this.columns = columns;
    this.constraints = constraints;
    this.expressions = expressions;
  }

  /** From behind ALTER TABLE. */
  Statement read(Cursor cursor) {
    boolean ifExists = cursor.accept("IF", "EXISTS");
    Optional<RelationName> table = cursor.relation();
    if (table.isEmpty()) {
      return new Unmodelled("ALTER TABLE", List.of());
    }
    Optional<Statement> rename = rename(cursor, table.get(), ifExists);
    if (rename.isPresent()) {
      return rename.get();
    }
    boolean unchecked = cursor.accept("WITH", "NOCHECK");
    boolean checked = cursor.accept("WITH", "CHECK");
    if (checked
        && cursor.accept(
            "CHECK",
            "CONSTRAINT")) { // SQL Server: looks at the rows; without WITH CHECK it does not
      int start = cursor.at() - 2;
      Optional<String> constraint = cursor.name();
      if (constraint.isPresent() && cursor.atEnd()) {
        TableChange validate = new ValidateConstraint(constraint.get());
        return new AlterTable(
            table.get(),
            ifExists,
            false,
            List.of(new TableCommand(validate, cursor.span(start, cursor.end()))));
      }
      cursor.goTo(start);
    }
    List<TableCommand> commands = new ArrayList<>();
    String repeated = "";
    for (Cursor command : cursor.list()) {
      // SQL Server and Oracle: ADD a int, b int and DROP COLUMN a, b
      String verb = verb(command).orElse(repeated);
      repeated = verb;
      commands.addAll(command(command, verb, unchecked));
    }
    return commands.isEmpty()
        ? new Unmodelled("ALTER TABLE", List.of(table.get()))
        : new AlterTable(table.get(), ifExists, false, commands);
  }

  private static Optional<Statement> rename(Cursor cursor, RelationName table, boolean ifExists) {
    int start = cursor.at();
    if (cursor.accept("RENAME")) {
      if (cursor.acceptAny("TO", "AS")
          || !cursor.lookingAtAny("COLUMN", "INDEX", "KEY", "CONSTRAINT")) {
        Optional<String> newName = cursor.relation().map(RelationName::name);
        if (newName.isPresent() && cursor.atEnd()) {
          return Optional.of(
              new Rename(Rename.Kind.TABLE, table, Optional.empty(), newName.get(), ifExists));
        }
      } else {
        Rename.Kind kind = switch (cursor.take().toUpperCase(Locale.ROOT)) {
          case "COLUMN" -> Rename.Kind.COLUMN;
          case "CONSTRAINT" -> Rename.Kind.CONSTRAINT;
          default -> Rename.Kind.OTHER;
        };
        Optional<String> part = cursor.name();
        boolean to = cursor.accept("TO");
        Optional<String> newName = cursor.name();
        if (to && newName.isPresent() && cursor.atEnd()) {
          return Optional.of(new Rename(kind, table, part, newName.get(), ifExists));
        }
      }
    }
    cursor.goTo(start);
    return Optional.empty();
  }

  private static Optional<String> verb(Cursor command) {
    if (command.looking("ADD")) {
      command.take();
      command.accept("COLUMN");
      return Optional.of("ADD");
    }
    if (command.looking("DROP", "COLUMN")) {
      command.take();
      command.take();
      return Optional.of("DROP COLUMN");
    }
    boolean starts = command.lookingAtAny(
        "DROP",
        "ALTER",
        "MODIFY",
        "CHANGE",
        "RENAME",
        "SET",
        "ENGINE",
        "ALGORITHM",
        "LOCK",
        "CONVERT",
        "DEFAULT",
        "COMMENT",
        "AUTO_INCREMENT",
        "PARTITION",
        "ENABLE",
        "DISABLE",
        "CHECK",
        "NOCHECK",
        "TRUNCATE",
        "EXCHANGE",
        "REBUILD",
        "SWITCH",
        "ORDER",
        "CHARACTER",
        "FORCE",
        "ROW_FORMAT",
        "REMOVE",
        "REORGANIZE",
        "COLLATE");
    return starts ? Optional.of("") : Optional.empty();
  }

  private List<TableCommand> command(Cursor command, String verb, boolean unchecked) {
    int start = command.start();
    List<TableChange> changes = switch (verb) {
      case "ADD" -> add(command, unchecked);
      case "DROP COLUMN" -> dropColumn(command).map(List::<TableChange>of).orElse(List.of());
      default -> other(command);
    };
    if (changes.isEmpty() || !command.atEnd()) {
      changes = List.of(new OtherChange(firstWords(command, start)));
    }
    return changes.stream()
        .map(change -> new TableCommand(change, command.span(start, command.end())))
        .toList();
  }

  private List<TableChange> add(Cursor command, boolean unchecked) {
    if (command.looking("(")) { // Oracle and MySQL: ADD (a int, b int)
      List<TableChange> all = new ArrayList<>();
      for (Cursor element : command.elements()) {
        List<TableChange> one = addOne(element, unchecked);
        if (one.isEmpty() || !element.atEnd()) {
          return List.of();
        }
        all.addAll(one);
      }
      return all;
    }
    return addOne(command, unchecked);
  }

  private List<TableChange> addOne(Cursor command, boolean unchecked) {
    int start = command.at();
    if (command.lookingAtAny(
        "INDEX", "KEY", "FULLTEXT", "SPATIAL", "PARTITION", "PERIOD", "SYSTEM")) {
      return List.of();
    }
    if (command.lookingAtAny("CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "DEFAULT")) {
      Optional<TableChange> constraint = constraints
          .ofTable(command, unchecked)
          .<TableChange>map(AddConstraint::new)
          .or(() -> {
            command.goTo(start);
            return namedDefault(command);
          });
      return constraint.map(List::of).orElse(List.of());
    }
    boolean ifNotExists = command.accept("IF", "NOT", "EXISTS");
    Optional<ColumnDefinition> column = columns.read(command);
    return column
        .<List<TableChange>>map(read -> List.of(new AddColumn(read, ifNotExists)))
        .orElse(List.of());
  }

  /** SQL Server: ADD CONSTRAINT name DEFAULT value FOR column. */
  private Optional<TableChange> namedDefault(Cursor command) {
    if (command.accept("CONSTRAINT")) {
      command.name();
    }
    if (!command.accept("DEFAULT")) {
      return Optional.empty();
    }
    int from = command.at();
    int to = command.find("FOR");
    String value = command.text(from, to);
    command.goTo(Math.min(command.end(), to + 1));
    return command.name().map(column -> new SetDefault(column, expressions.value(value)));
  }

  private static Optional<TableChange> dropColumn(Cursor command) {
    boolean ifExists = command.accept("IF", "EXISTS");
    Optional<String> column = command.name();
    boolean cascade = command.accept("CASCADE", "CONSTRAINTS") || command.accept("CASCADE");
    command.accept("RESTRICT");
    return column.map(name -> new DropColumn(name, ifExists, cascade));
  }

  private List<TableChange> other(Cursor command) {
    if (command.accept("DROP")) {
      return drop(command);
    }
    if (command.accept("MODIFY")) {
      return modify(command);
    }
    if (command.accept("ALTER")) {
      command.accept("COLUMN");
      return alterColumn(command);
    }
    if (command.accept("CHANGE")) {
      return change(command);
    }
    return List.of();
  }

  private static List<TableChange> drop(Cursor command) {
    if (command.acceptAny("CONSTRAINT", "CHECK") || command.accept("FOREIGN", "KEY")) {
      boolean ifExists = command.accept("IF", "EXISTS");
      Optional<String> name = command.name();
      boolean cascade = command.accept("CASCADE");
      return name.<List<TableChange>>map(n -> List.of(new DropConstraint(n, ifExists, cascade)))
          .orElse(List.of());
    }
    if (command.lookingAtAny(
        "INDEX", "KEY", "PRIMARY", "PARTITION", "UNIQUE", "PERIOD", "SYSTEM")) {
      return List.of();
    }
    if (command.looking("(")) { // Oracle: DROP (a, b)
      return command
          .names()
          .<List<TableChange>>map(names -> new ArrayList<>(
              names.stream().map(name -> new DropColumn(name, false, false)).toList()))
          .orElse(List.of());
    }
    return dropColumn(command).map(List::<TableChange>of).orElse(List.of()); // MySQL: DROP a
  }

  /** MySQL restates the whole column: what is not said is lost, NOT NULL and the default too. Oracle keeps it. */
  private List<TableChange> modify(Cursor command) {
    command.accept("COLUMN");
    if (!command.looking("(")) {
      return modifyOne(command);
    }
    List<TableChange> all = new ArrayList<>();
    for (Cursor element : command.elements()) {
      List<TableChange> one = modifyOne(element);
      if (one.isEmpty()) {
        return List.of();
      }
      all.addAll(one);
    }
    return all;
  }

  /** CHANGE a a ... is MODIFY a ...; with two names it renames and retypes at once, for which there is no model. */
  private List<TableChange> change(Cursor command) {
    command.accept("COLUMN");
    Optional<String> name = command.name();
    int start = command.at();
    boolean same = name.isPresent() && name.equals(command.name());
    command.goTo(start);
    return same ? modifyOne(command) : List.of();
  }

  private List<TableChange> modifyOne(Cursor command) {
    int start = command.at();
    Optional<String> name = command.name();
    if (name.isPresent() && (command.looking("NOT", "NULL") || command.looking("NULL"))) {
      boolean not = command.accept("NOT");
      command.accept("NULL");
      return command.atEnd()
          ? List.of(not ? new SetNotNull(name.get()) : new DropNotNull(name.get()))
          : List.of();
    }
    command.goTo(start);
    Optional<ColumnDefinition> column = columns.read(command);
    return column.map(read -> restated(read, command.dialect().isMySql())).orElse(List.of());
  }

  private static List<TableChange> restated(ColumnDefinition column, boolean whole) {
    if (!column.constraints().isEmpty() || column.generated().isPresent()) {
      return List.of();
    }
    List<TableChange> changes = new ArrayList<>();
    changes.add(
        new AlterColumnType(column.name(), column.type(), Optional.empty(), column.collation()));
    if (column.notNull()) {
      changes.add(new SetNotNull(column.name()));
    } else if (whole) {
      changes.add(new DropNotNull(column.name()));
    }
    if (column.defaultValue().isPresent()) {
      changes.add(new SetDefault(column.name(), column.defaultValue().get()));
    } else if (whole) {
      changes.add(new DropDefault(column.name()));
    }
    return changes;
  }

  private List<TableChange> alterColumn(Cursor command) {
    Optional<String> name = command.name();
    if (name.isEmpty()) {
      return List.of();
    }
    String column = name.get();
    if (command.accept("SET", "DEFAULT")) {
      String value = command.rest();
      command.goTo(command.end());
      return List.of(new SetDefault(column, expressions.value(value)));
    }
    if (command.accept("DROP", "DEFAULT")) {
      return List.of(new DropDefault(column));
    }
    if (command.accept("SET", "NOT", "NULL")) {
      return List.of(new SetNotNull(column));
    }
    if (command.accept("DROP", "NOT", "NULL") || command.accept("SET", "NULL")) {
      return List.of(new DropNotNull(column));
    }
    boolean standard = command.accept("SET", "DATA", "TYPE") || command.accept("TYPE");
    if (!standard && command.lookingAtAny("SET", "DROP", "ADD", "RENAME", "RESTART")) {
      return List.of();
    }
    Optional<DataType> type = columns.type(command);
    if (type.isEmpty()) {
      return List.of();
    }
    List<TableChange> changes = new ArrayList<>();
    Optional<String> collation =
        command.accept("COLLATE") ? Optional.of(command.take()) : Optional.empty();
    changes.add(new AlterColumnType(column, type.get(), Optional.empty(), collation));
    if (command.accept("NOT", "NULL")) {
      changes.add(new SetNotNull(column));
    } else if (command.accept("NULL")) {
      changes.add(new DropNotNull(column));
    }
    return changes;
  }

  /** The keywords with which a command begins, without the names behind them. */
  private static String firstWords(Cursor command, int start) {
    command.goTo(start);
    String first = command.take().toUpperCase(Locale.ROOT);
    boolean second = command.lookingAtAny(
        "INDEX",
        "KEY",
        "PRIMARY",
        "UNIQUE",
        "FOREIGN",
        "CONSTRAINT",
        "COLUMN",
        "PARTITION",
        "FULLTEXT",
        "SPATIAL",
        "TO",
        "UNUSED",
        "TABLESPACE",
        "TRIGGER",
        "CHARACTER",
        "KEYS",
        "CHECK",
        "BY");
    String name = second ? command.take() : "";
    if (name.equalsIgnoreCase("PRIMARY") || name.equalsIgnoreCase("FOREIGN")) {
      name += " KEY";
    }
    return (first + " " + name).strip().toUpperCase(Locale.ROOT);
  }
}
