package dev.plimsoll.sql;

import java.util.List;
import java.util.Optional;

/** What a statement of SQL says, whatever engine it was written for. Where it stands is in {@link SqlStatement}. */
public sealed interface Statement {

  /** ALTER TABLE with one or more commands, which the server carries out as one. */
  record AlterTable(RelationName table, boolean ifExists, boolean only, List<TableCommand> commands)
      implements Statement {
    public AlterTable {
      commands = List.copyOf(commands);
    }
  }

  /** One command of an ALTER TABLE with its own place. */
  record TableCommand(TableChange change, SourceSpan span) {}

  /**
   * @param partitionOf the parent, when the table is made as its partition
   * @param partitioned the table is itself partitioned
   * @param fromQuery CREATE TABLE AS, SELECT INTO: reads other tables
   */
  record CreateTable(
      RelationName table,
      boolean ifNotExists,
      boolean temporary,
      List<ColumnDefinition> columns,
      List<ConstraintDefinition> constraints,
      Optional<RelationName> partitionOf,
      boolean partitioned,
      List<RelationName> inherits,
      boolean fromQuery)
      implements Statement {
    public CreateTable {
      columns = List.copyOf(columns);
      constraints = List.copyOf(constraints);
      inherits = List.copyOf(inherits);
    }
  }

  /**
   * @param keys column names, or expressions as written
   * @param only ON ONLY: a partitioned table's own index, without its partitions'
   * @param method {@code btree} unless stated
   */
  record CreateIndex(
      Optional<String> name,
      RelationName table,
      List<Expression> keys,
      Optional<Expression> where,
      boolean unique,
      boolean concurrently,
      boolean ifNotExists,
      boolean only,
      String method)
      implements Statement {
    public CreateIndex {
      keys = List.copyOf(keys);
    }
  }

  record DropIndex(
      List<RelationName> indexes, boolean concurrently, boolean ifExists, boolean cascade)
      implements Statement {
    public DropIndex {
      indexes = List.copyOf(indexes);
    }
  }

  record DropTable(List<RelationName> tables, boolean ifExists, boolean cascade)
      implements Statement {
    public DropTable {
      tables = List.copyOf(tables);
    }
  }

  record Truncate(List<RelationName> tables, boolean cascade) implements Statement {
    public Truncate {
      tables = List.copyOf(tables);
    }
  }

  /**
   * @param relation the relation that is renamed, or whose part is
   * @param part the old name of the column or constraint
   */
  record Rename(
      Kind kind, RelationName relation, Optional<String> part, String newName, boolean ifExists)
      implements Statement {
    public enum Kind {
      TABLE,
      COLUMN,
      CONSTRAINT,
      INDEX,
      OTHER
    }
  }

  /**
   * @param where absent: every row
   */
  record Update(RelationName table, List<String> columns, Optional<Expression> where)
      implements Statement {
    public Update {
      columns = List.copyOf(columns);
    }
  }

  /**
   * @param where absent: every row
   */
  record Delete(RelationName table, Optional<Expression> where) implements Statement {}

  /**
   * @param fromQuery the rows come from a query, not from VALUES
   */
  record Insert(RelationName table, boolean fromQuery, List<RelationName> reads)
      implements Statement {
    public Insert {
      reads = List.copyOf(reads);
    }
  }

  /**
   * A query.
   *
   * @param functions the functions it calls, lower case: they may do anything
   */
  record Select(List<RelationName> reads, List<String> functions) implements Statement {
    public Select {
      reads = List.copyOf(reads);
      functions = List.copyOf(functions);
    }
  }

  /**
   * SET and RESET.
   *
   * @param value absent for RESET and SET ... TO DEFAULT
   * @param local until the end of the transaction
   */
  record SetSetting(String name, Optional<String> value, boolean local) implements Statement {}

  record TransactionControl(Kind kind) implements Statement {
    public enum Kind {
      BEGIN,
      COMMIT,
      ROLLBACK,
      SAVEPOINT,
      OTHER
    }
  }

  /**
   * Makes something new that no existing table is touched for: a type, sequence, schema, extension, function, view, role.
   *
   * @param kind as SQL spells it, upper case
   * @param reads the relations that its definition names
   */
  record CreateObject(String kind, String name, List<RelationName> reads) implements Statement {
    public CreateObject {
      reads = List.copyOf(reads);
    }
  }

  /** COMMENT ON. */
  record CommentOn(String kind, Optional<RelationName> relation) implements Statement {}

  /**
   * A statement that the parser understands and for which there is no model of what it does.
   *
   * @param kind as SQL spells it, upper case: {@code CLUSTER}, {@code DO}
   * @param relations those that it names
   */
  record Unmodelled(String kind, List<RelationName> relations) implements Statement {
    public Unmodelled {
      relations = List.copyOf(relations);
    }
  }

  /**
   * A statement that could not be read.
   *
   * @param at where reading failed, where that is known
   */
  record Opaque(String reason, Optional<Position> at) implements Statement {}
}
