package dev.plimsoll.schema;

import dev.plimsoll.sql.ColumnDefinition;
import dev.plimsoll.sql.ConstraintDefinition;
import dev.plimsoll.sql.ConstraintDefinition.Check;
import dev.plimsoll.sql.ConstraintDefinition.Exclude;
import dev.plimsoll.sql.ConstraintDefinition.ForeignKey;
import dev.plimsoll.sql.ConstraintDefinition.NotNull;
import dev.plimsoll.sql.ConstraintDefinition.PrimaryKey;
import dev.plimsoll.sql.ConstraintDefinition.Unique;
import dev.plimsoll.sql.DataType;
import dev.plimsoll.sql.Expression;
import dev.plimsoll.sql.TableChange;
import dev.plimsoll.sql.TableChange.AddColumn;
import dev.plimsoll.sql.TableChange.AddConstraint;
import dev.plimsoll.sql.TableChange.AlterColumnType;
import dev.plimsoll.sql.TableChange.AttachPartition;
import dev.plimsoll.sql.TableChange.DetachPartition;
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
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What one command of ALTER TABLE makes of a table. */
final class TableChanges {

  private TableChanges() {}

  static Table apply(Table table, TableChange change) {
    return switch (change) {
      case AddColumn add ->
        table.column(add.column().name()).isPresent() ? table : addColumn(table, add.column());
      case DropColumn drop -> dropColumn(table, drop.column());
      case AlterColumnType alter ->
        column(table, alter.column(), c -> c.withType(storedType(alter.type())));
      case SetNotNull set -> column(table, set.column(), c -> c.withNotNull(true));
      case DropNotNull drop -> column(table, drop.column(), c -> c.withNotNull(false));
      case SetDefault set ->
        column(table, set.column(), c -> c.withDefault(Optional.of(set.value().sql())));
      case DropDefault drop -> column(table, drop.column(), c -> c.withDefault(Optional.empty()));
      case AddConstraint add -> addConstraint(table, add.constraint());
      case ValidateConstraint validate -> validate(table, validate.name());
      case DropConstraint drop -> dropConstraint(table, drop.name());
      case AttachPartition ignored -> table;
      case DetachPartition ignored -> table;
      case OtherChange ignored -> table;
    };
  }

  static Table addColumn(Table table, ColumnDefinition definition) {
    List<Column> columns = new ArrayList<>(table.columns());
    columns.add(SchemaChanges.column(definition));
    Table next = table.withColumns(columns);
    for (ConstraintDefinition constraint : definition.constraints()) {
      next = addConstraint(next, constraint);
    }
    return next;
  }

  static Table addConstraint(Table table, ConstraintDefinition definition) {
    return switch (definition) {
      case Check check ->
        with(table, name(check.name(), table, List.of(), "check"), check, !check.notValid());
      case ForeignKey key ->
        with(table, name(key.name(), table, key.columns(), "fkey"), key, !key.notValid());
      case NotNull notNull ->
        with(
            column(table, notNull.column(), c -> c.withNotNull(true)),
            name(notNull.name(), table, List.of(notNull.column()), "not_null"),
            notNull,
            !notNull.notValid());
      case Unique unique -> {
        String name = unique
            .name()
            .or(unique::usingIndex)
            .orElseGet(() -> name(unique.name(), table, unique.columns(), "key"));
        yield with(
            withIndex(table, name, unique.columns(), unique.usingIndex(), false),
            name,
            unique,
            true);
      }
      case PrimaryKey key -> {
        String name = key.name().or(key::usingIndex).orElse(table.name().name() + "_pkey");
        Table next = withIndex(table, name, key.columns(), key.usingIndex(), true);
        List<String> columns = next.index(name).map(Index::keys).orElse(key.columns());
        for (String column : columns) {
          next = column(next, column, c -> c.withNotNull(true));
        }
        yield with(next, name, key, true);
      }
      case Exclude exclude ->
        with(table, name(exclude.name(), table, List.of(), "excl"), exclude, true);
    };
  }

  static Table renameColumn(Table table, String from, String to) {
    Table next = column(table, from, c -> c.withName(to));
    return next.withIndexes(next.indexes().stream()
        .map(i -> new Index(
            i.name(),
            i.keys().stream().map(k -> k.equals(from) ? to : k).toList(),
            i.unique(),
            i.primary(),
            i.valid(),
            i.predicate(),
            i.method()))
        .toList());
  }

  static Table renameConstraint(Table table, String from, String to) {
    Table next = table.withConstraints(table.constraints().stream()
        .map(c -> c.name().equals(from) ? new Constraint(to, c.definition(), c.validated()) : c)
        .toList());
    return renameIndex(next, from, to);
  }

  static Table renameIndex(Table table, String from, String to) {
    return table.withIndexes(table.indexes().stream()
        .map(i -> i.name().equals(from)
            ? new Index(to, i.keys(), i.unique(), i.primary(), i.valid(), i.predicate(), i.method())
            : i)
        .toList());
  }

  /** The name that PostgreSQL chooses for an index. */
  static String indexName(Table table, List<Expression> keys) {
    StringBuilder name = new StringBuilder(table.name().name());
    for (Expression key : keys) {
      name.append('_')
          .append(
              key.columns().size() == 1 && key.functions().isEmpty()
                  ? key.columns().iterator().next()
                  : "expr");
    }
    return name.append("_idx").toString();
  }

  /** serial is stored as integer, bigserial as bigint. */
  static DataType storedType(DataType type) {
    return switch (type.name()) {
      case "serial", "serial4" -> DataType.of("int4");
      case "bigserial", "serial8" -> DataType.of("int8");
      case "smallserial", "serial2" -> DataType.of("int2");
      default -> type;
    };
  }

  private static Table dropColumn(Table table, String name) {
    Predicate<List<String>> mentions = columns -> columns.contains(name);
    List<String> lostIndexes = table.indexes().stream()
        .filter(i -> mentions.test(i.keys())
            || i.predicate().filter(p -> Words.contain(p, name)).isPresent())
        .map(Index::name)
        .toList();
    return table
        .withColumns(
            table.columns().stream().filter(c -> !c.name().equals(name)).toList())
        .withIndexes(table.indexes().stream()
            .filter(i -> !lostIndexes.contains(i.name()))
            .toList())
        .withConstraints(table.constraints().stream()
            .filter(c -> !lostIndexes.contains(c.name()) && !uses(c.definition(), name))
            .toList());
  }

  private static boolean uses(ConstraintDefinition definition, String column) {
    return switch (definition) {
      case Check check -> check.condition().columns().contains(column);
      case ForeignKey key -> key.columns().contains(column);
      case Unique unique -> unique.columns().contains(column);
      case PrimaryKey key -> key.columns().contains(column);
      case NotNull notNull -> notNull.column().equals(column);
      case Exclude ignored -> false;
    };
  }

  private static Table dropConstraint(Table table, String name) {
    Optional<Constraint> gone = table.constraint(name);
    Table next = table
        .withConstraints(
            table.constraints().stream().filter(c -> !c.name().equals(name)).toList())
        .withIndexes(
            table.indexes().stream().filter(i -> !i.name().equals(name)).toList());
    return gone.map(Constraint::definition)
        .filter(NotNull.class::isInstance)
        .map(n -> column(next, ((NotNull) n).column(), c -> c.withNotNull(false)))
        .orElse(next);
  }

  private static Table validate(Table table, String name) {
    return table.withConstraints(table.constraints().stream()
        .map(c -> c.name().equals(name) ? new Constraint(name, c.definition(), true) : c)
        .toList());
  }

  private static Table with(
      Table table, String name, ConstraintDefinition definition, boolean validated) {
    List<Constraint> constraints = new ArrayList<>(table.constraints());
    constraints.removeIf(c -> c.name().equals(name));
    constraints.add(new Constraint(name, definition, validated));
    return table.withConstraints(constraints);
  }

  private static Table withIndex(
      Table table,
      String name,
      List<String> columns,
      Optional<String> usingIndex,
      boolean primary) {
    List<Index> indexes = new ArrayList<>(table.indexes());
    Optional<Index> existing = usingIndex.flatMap(table::index);
    existing.ifPresent(indexes::remove);
    indexes.add(new Index(
        name,
        existing.map(Index::keys).orElse(columns),
        true,
        primary,
        true,
        Optional.empty(),
        existing.map(Index::method).orElse("btree")));
    return table.withIndexes(indexes);
  }

  private static String name(
      Optional<String> given, Table table, List<String> columns, String suffix) {
    return given.orElseGet(() -> {
      String middle = columns.isEmpty() ? "" : String.join("_", columns) + "_";
      return table.name().name() + "_" + middle + suffix;
    });
  }

  private static Table column(Table table, String name, UnaryOperator<Column> change) {
    return table.withColumns(table.columns().stream()
        .map(c -> c.name().equals(name) ? change.apply(c) : c)
        .toList());
  }
}
