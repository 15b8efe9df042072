package dev.plimsoll.schema;

import dev.plimsoll.sql.ColumnDefinition;
import dev.plimsoll.sql.ConstraintDefinition;
import dev.plimsoll.sql.DataType;
import dev.plimsoll.sql.Expression;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.Statement;
import dev.plimsoll.sql.Statement.AlterTable;
import dev.plimsoll.sql.Statement.CreateIndex;
import dev.plimsoll.sql.Statement.CreateTable;
import dev.plimsoll.sql.Statement.DropIndex;
import dev.plimsoll.sql.Statement.DropTable;
import dev.plimsoll.sql.Statement.Rename;
import dev.plimsoll.sql.TableChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What a statement that has gone through makes of the tables. */
public final class SchemaChanges {

  private SchemaChanges() {}

  /** The tables after the statement. Statements on tables that are not known leave the schema as it is. */
  public static Schema apply(Schema schema, Statement statement) {
    return switch (statement) {
      case CreateTable create -> createTable(schema, create);
      case AlterTable alter -> alterTable(schema, alter);
      case CreateIndex create -> createIndex(schema, create);
      case DropIndex drop -> dropIndexes(schema, drop);
      case DropTable drop -> dropTables(schema, drop);
      case Rename rename -> rename(schema, rename);
      case Statement.Truncate ignored -> schema;
      case Statement.Update ignored -> schema;
      case Statement.Delete ignored -> schema;
      case Statement.Insert ignored -> schema;
      case Statement.Select ignored -> schema;
      case Statement.SetSetting ignored -> schema;
      case Statement.TransactionControl ignored -> schema;
      case Statement.CreateObject ignored -> schema;
      case Statement.CommentOn ignored -> schema;
      case Statement.Unmodelled ignored -> schema;
      case Statement.Opaque ignored -> schema;
    };
  }

  private static Schema createTable(Schema schema, CreateTable create) {
    if (create.ifNotExists() && schema.table(create.table()).isPresent()) {
      return schema;
    }
    RelationName name = create.table().in(Schema.DEFAULT_SCHEMA);
    Optional<Table> parent = create.partitionOf().flatMap(schema::table);
    Table table = new Table(
        name,
        create.partitioned() ? TableKind.PARTITIONED : TableKind.TABLE,
        parent.map(Table::columns).orElse(List.of()),
        List.of(),
        List.of(),
        create.partitionOf().map(p -> p.in(Schema.DEFAULT_SCHEMA)));
    for (ColumnDefinition column : create.columns()) {
      table = TableChanges.addColumn(table, column);
    }
    for (ConstraintDefinition constraint : create.constraints()) {
      table = TableChanges.addConstraint(table, constraint);
    }
    return schema.with(table, true);
  }

  private static Schema alterTable(Schema schema, AlterTable alter) {
    Schema next = schema;
    for (Statement.TableCommand command : alter.commands()) {
      next = switch (command.change()) {
        case TableChange.AttachPartition attach ->
          change(
              next,
              attach.partition(),
              t -> t.withPartitionOf(Optional.of(alter.table().in(Schema.DEFAULT_SCHEMA))));
        case TableChange.DetachPartition detach ->
          change(next, detach.partition(), t -> t.withPartitionOf(Optional.empty()));
        default -> next;
      };
    }
    return change(next, alter.table(), table -> {
      Table changed = table;
      for (Statement.TableCommand command : alter.commands()) {
        changed = TableChanges.apply(changed, command.change());
      }
      return changed;
    });
  }

  private static Schema createIndex(Schema schema, CreateIndex create) {
    return change(schema, create.table(), table -> {
      String name = create.name().orElseGet(() -> TableChanges.indexName(table, create.keys()));
      if (table.index(name).isPresent()) {
        return table;
      }
      List<Index> indexes = new ArrayList<>(table.indexes());
      indexes.add(new Index(
          name,
          create.keys().stream().map(Expression::sql).toList(),
          create.unique(),
          false,
          !(create.only() && table.kind() == TableKind.PARTITIONED),
          create.where().map(Expression::sql),
          create.method()));
      return table.withIndexes(indexes);
    });
  }

  private static Schema dropIndexes(Schema schema, DropIndex drop) {
    Schema next = schema;
    for (RelationName index : drop.indexes()) {
      Optional<Table> owner = next.tableOfIndex(index);
      if (owner.isPresent()) {
        next = change(
            next,
            owner.get().name(),
            table -> table.withIndexes(table.indexes().stream()
                .filter(i -> !i.name().equals(index.name()))
                .toList()));
      }
    }
    return next;
  }

  private static Schema dropTables(Schema schema, DropTable drop) {
    Schema next = schema;
    for (RelationName name : drop.tables()) {
      for (RelationName partition : next.allPartitionsOf(name)) {
        next = next.without(partition);
      }
      next = next.without(name);
    }
    return next;
  }

  private static Schema rename(Schema schema, Rename rename) {
    RelationName relation = rename.relation();
    return switch (rename.kind()) {
      case TABLE -> {
        Optional<Table> table = schema.table(relation);
        if (table.isEmpty()) {
          yield schema;
        }
        boolean created = schema.isCreated(relation);
        RelationName target = table.get().name().sibling(rename.newName());
        yield schema.without(relation).with(table.get().withName(target), created);
      }
      case COLUMN ->
        change(
            schema,
            relation,
            t -> rename
                .part()
                .map(old -> TableChanges.renameColumn(t, old, rename.newName()))
                .orElse(t));
      case CONSTRAINT ->
        change(
            schema,
            relation,
            t -> rename
                .part()
                .map(old -> TableChanges.renameConstraint(t, old, rename.newName()))
                .orElse(t));
      case INDEX ->
        schema
            .tableOfIndex(relation)
            .map(owner -> change(
                schema,
                owner.name(),
                t -> TableChanges.renameIndex(t, relation.name(), rename.newName())))
            .orElse(schema);
      case OTHER -> schema;
    };
  }

  private static Schema change(Schema schema, RelationName name, UnaryOperator<Table> change) {
    Optional<Table> table = schema.table(name);
    return table.map(t -> schema.with(change.apply(t), schema.isCreated(name))).orElse(schema);
  }

  /** The column that a definition makes. */
  static Column column(ColumnDefinition definition) {
    Optional<String> defaultSql = definition.defaultValue().map(Expression::sql);
    if (definition.type().isSerial()) {
      defaultSql = Optional.of("nextval");
    }
    DataType type = TableChanges.storedType(definition.type());
    return new Column(
        definition.name(),
        type,
        definition.notNull(),
        defaultSql,
        definition.generated().isPresent());
  }
}
